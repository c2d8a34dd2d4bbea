"""What a page loads: little, from nowhere else, and without an error."""

import pytest
from selenium.webdriver import Chrome

from tests.web.browser.doing import run
from tests.web.browser.page_types import EVERY_PAGE

pytestmark = pytest.mark.browser

MOST = 100_000  # bytes of page, styles and scripts together, as they are sent: packed
MOST_UNPACKED = 120_000  # the same before it is packed
LOADED = """
const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
return entries.map((e) => [e.name, e.encodedBodySize, e.decodedBodySize]);
"""


@EVERY_PAGE
def test_a_page_has_no_error_and_asks_nobody_else(browser: Chrome, site: str, address: str) -> None:
    browser.get(site + address)
    messages = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    own_status = f"{site}{address} - Failed to load resource"
    assert [m for m in messages if not m.startswith(own_status)] == []
    assert [name for name, *_ in run(browser, LOADED) if not name.startswith(f"{site}/")] == []


@pytest.mark.parametrize("address", ["/", "/?q=myndighet"])
def test_the_search_page_is_light(browser: Chrome, site: str, address: str) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.get(site + address)
    browser.execute_cdp_cmd("Network.disable", {})
    sizes = {name: (sent, unpacked) for name, sent, unpacked in run(browser, LOADED)}
    assert {name.rpartition(".")[2] for name in sizes} >= {"js", "css"} and all(sent for sent, _ in sizes.values())
    told = "\n".join(f"{sent:7,} {unpacked:7,} {name.removeprefix(site)}" for name, (sent, unpacked) in sizes.items())
    assert sum(sent for sent, _ in sizes.values()) < MOST, told
    assert sum(unpacked for _, unpacked in sizes.values()) < MOST_UNPACKED, told
