"""The way through the site in a browser that runs no scripts, over the releases that come with the project."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from tests.web.browser.conftest import require_chromium
from tests.web.chromium import browsing

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    require_chromium()
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,1600") as browser:
        yield browser


def hits(browser: Chrome) -> list[str]:
    return [a.text for a in browser.find_elements(By.CSS_SELECTOR, ".hits h3 a")]


def heading(browser: Chrome) -> str:
    return browser.find_element(By.TAG_NAME, "h1").text


def facet(browser: Chrome, key: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f"[aria-labelledby=facet-{key}]")


def words(element: WebElement) -> list[str]:
    """The element's words. (The driver itself takes what lies in a closed fold for unseen, even where the
    style sheet shows it: hence this, and the mouse in :func:`press`.)"""
    return (element.get_attribute("textContent") or "").split()


def press(browser: Chrome, element: WebElement) -> None:
    """Click where the element is, with the mouse."""
    ActionChains(browser).scroll_to_element(element).move_to_element(element).click().perform()


@contextmanager
def another_page(browser: Chrome) -> Iterator[None]:
    """What is done inside leads to another page: go on when that is there, however long it takes to come."""
    before = browser.find_element(By.TAG_NAME, "html")
    yield
    # The driver may also fail for a moment when it is asked of an element while the page goes away.
    wait = WebDriverWait(browser, 30, ignored_exceptions=[WebDriverException])
    wait.until(staleness_of(before))
    wait.until(lambda b: b.execute_script("return document.readyState") == "complete")


def visible(browser: Chrome, element: WebElement) -> bool:
    return bool(browser.execute_script("return arguments[0].checkVisibility()", element))


def search(browser: Chrome, site: str, text: str) -> None:
    browser.get(site)
    browser.find_element(By.ID, "q").send_keys(text)
    with another_page(browser):
        browser.find_element(By.CSS_SELECTOR, "form[role=search] button").click()


def click_first(browser: Chrome, key: str) -> tuple[str, int]:
    """Choose the first value of a facet; its name and the count that it promised."""
    link = facet(browser, key).find_element(By.TAG_NAME, "a")
    name = " ".join(words(link.find_element(By.CLASS_NAME, "name")))
    count = int(words(link.find_element(By.CLASS_NAME, "count"))[0])
    with another_page(browser):
        press(browser, link)
    return name, count


def test_search_narrow_read_and_go_back(chromium: Chrome, site: str) -> None:
    search(chromium, site, "segregation")
    everything = hits(chromium)
    assert visible(chromium, facet(chromium, "minister")), "a wide screen shows the filters"
    assert len(everything) > 1
    assert "segregation" in heading(chromium)
    assert chromium.find_elements(By.CSS_SELECTOR, ".hits mark")

    minister, promised = click_first(chromium, "minister")
    assert len(hits(chromium)) == promised < len(everything)
    assert "minister=" in chromium.current_url

    agency, promised = click_first(chromium, "agency")
    assert len(hits(chromium)) == promised
    active = chromium.find_element(By.CLASS_NAME, "active").text
    assert minister in active and agency in active

    for field, text in (("from", "2014"), ("to", "2024-06")):
        press(chromium, chromium.find_element(By.ID, field))
        ActionChains(chromium).send_keys(text).perform()
    with another_page(chromium):
        press(chromium, chromium.find_element(By.CSS_SELECTOR, ".dates button"))
    assert "from=2014" in chromium.current_url and "to=2024-06" in chromium.current_url
    narrowed, address = hits(chromium), chromium.current_url
    assert narrowed

    with another_page(chromium):
        chromium.find_element(By.CSS_SELECTOR, ".hits h3 a").click()
    assert heading(chromium) == narrowed[0]
    assert minister in chromium.find_element(By.CSS_SELECTOR, ".facts").text
    assert chromium.find_elements(By.CSS_SELECTOR, "article mark")
    original = chromium.find_element(By.CSS_SELECTOR, "article a.button").get_attribute("href")
    assert original and original.startswith("https://www.regeringen.se/")

    with another_page(chromium):
        chromium.find_element(By.CSS_SELECTOR, ".back a").click()
    assert (chromium.current_url, hits(chromium)) == (address, narrowed)

    with another_page(chromium):
        chromium.find_element(By.CSS_SELECTOR, ".active .clear").click()
    assert hits(chromium) == everything


def test_a_date_filter_leaves_out_what_was_not_published_then(chromium: Chrome, site: str) -> None:
    chromium.get(f"{site}/?from=2016&to=2016")
    found = int(heading(chromium).split()[0])
    chosen = facet(chromium, "year").find_elements(By.TAG_NAME, "a")
    counts = {words(a)[0]: int(words(a)[1]) for a in chosen}
    assert counts["2016"] == found > 0
    chromium.get(site)
    assert len(facet(chromium, "year").find_elements(By.TAG_NAME, "a")) > len(chosen)


def test_a_phone_folds_the_filters_away(chromium: Chrome, site: str) -> None:
    chromium.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    )
    try:
        chromium.get(f"{site}/?q=skola")
        assert not visible(chromium, facet(chromium, "minister"))
        chromium.find_element(By.CSS_SELECTOR, ".filters > summary").click()
        assert visible(chromium, facet(chromium, "minister"))
        size = chromium.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        assert size["width"] <= 390, "the page scrolls sideways"
    finally:
        chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_browser_has_nothing_to_complain_of(chromium: Chrome, site: str) -> None:
    chromium.get_log("browser")  # type: ignore[no-untyped-call]
    for path in ("/", "/?q=segregation", "/?from=x", "/nothing"):
        chromium.get(site + path)
    messages = [entry["message"] for entry in chromium.get_log("browser")]  # type: ignore[no-untyped-call]
    assert not [m for m in messages if "Failed to load resource" not in m]
