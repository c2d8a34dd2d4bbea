"""What a page loads: little, from nowhere else, and without an error."""

import pytest
from selenium.webdriver import Chrome

from tests.web.browser.doing import run
from tests.web.browser.page_types import EVERY_PAGE

pytestmark = pytest.mark.browser

MOST = 100_000  # bytes of page, styles and scripts together, as they are before they are compressed
LOADED = """
const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
return entries.map((e) => [e.name, e.decodedBodySize]);
"""


@EVERY_PAGE
def test_a_page_has_no_error_and_asks_nobody_else(browser: Chrome, site: str, address: str) -> None:
    browser.get(site + address)
    messages = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    own_status = f"{site}{address} - Failed to load resource"
    assert [m for m in messages if not m.startswith(own_status)] == []
    assert [name for name, _ in run(browser, LOADED) if not name.startswith(f"{site}/")] == []


@pytest.mark.parametrize("address", ["/", "/?q=myndighet"])
def test_the_search_page_is_light(browser: Chrome, site: str, address: str) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.get(site + address)
    browser.execute_cdp_cmd("Network.disable", {})
    sizes = dict(run(browser, LOADED))
    assert {name.rpartition(".")[2] for name in sizes} >= {"js", "css"} and all(sizes.values())
    told = [f"{size:7,} {name.removeprefix(site)}" for name, size in sizes.items()]
    assert sum(sizes.values()) < MOST, "\n".join([f"{sum(sizes.values()):,} bytes:", *told])
