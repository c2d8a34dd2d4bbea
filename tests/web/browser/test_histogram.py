"""The bars of hits over time, with mouse, keyboard and finger."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.web.chromium import BROWSER, DRIVER, browsing, serving
from tests.web.fake import FakeEngine

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving(FakeEngine()) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not (BROWSER and DRIVER) and "CI" not in os.environ:
        pytest.skip("install Chromium and its driver to test in a browser (Debian: chromium, chromium-driver)")
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,1600", scripts=True) as browser:
        yield browser


@pytest.fixture
def start(chromium: Chrome, site: str) -> Chrome:
    """A browser on the start page, where the bars are the years from 2016 to 2020. A full load would end ``stayed``."""
    chromium.get(site)
    wait(chromium, lambda: chromium.find_elements(By.CSS_SELECTOR, ".bars [tabindex='0']"))
    chromium.execute_script("window.stayed = true")
    return chromium


def wait(browser: Chrome, until: Any) -> None:
    """Wait; an element that is asked for may be swapped for another meanwhile."""
    wait = WebDriverWait(browser, 20, poll_frequency=0.05, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda _: until())


def bars(browser: Chrome) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, ".bars > li > *")


def shown(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, ".levels li:last-child").text


def readout(browser: Chrome) -> str:
    return browser.find_element(By.CSS_SELECTOR, "[data-readout]").text


def has_come_to(browser: Chrome, query: str, time: str) -> bool:
    """Whether the page was swapped in place for that of ``query``, which shows ``time``."""
    wait(browser, lambda: browser.current_url.endswith(query))
    wait(browser, lambda: shown(browser) == time)
    return bool(browser.execute_script("return window.stayed"))


def test_a_click_leads_into_a_year_and_back_leads_out(start: Chrome) -> None:
    ActionChains(start).move_to_element(bars(start)[2]).perform()
    assert readout(start) == "2018: 2 träffar, 1 med osäkert datum"
    ActionChains(start).click().perform()
    assert has_come_to(start, "/?from=2018&to=2018", "2018")
    assert start.find_element(By.TAG_NAME, "h1").text == "2 träffar"
    assert len(bars(start)) == 12
    start.back()
    assert has_come_to(start, "/", "2016–2020")


def test_a_drag_over_bars_chooses_them_all(start: Chrome) -> None:
    years = bars(start)
    ActionChains(start).click_and_hold(years[3]).move_to_element(years[2]).move_to_element(years[1]).perform()
    assert readout(start) == "2017–2019"
    assert len(start.find_elements(By.CSS_SELECTOR, ".bars > .chosen")) == 3
    ActionChains(start).release().perform()
    assert has_come_to(start, "/?from=2017&to=2019", "2017–2019")
    assert len(bars(start)) == 36
    start.find_element(By.LINK_TEXT, "Alla år").click()
    assert has_come_to(start, "/", "2016–2020")


def test_escape_gives_up_a_drag(start: Chrome, site: str) -> None:
    years = bars(start)
    ActionChains(start).click_and_hold(years[0]).move_to_element(years[2]).send_keys(Keys.ESCAPE).release().perform()
    assert not start.find_elements(By.CSS_SELECTOR, ".bars > .chosen")
    ActionChains(start).click_and_hold(years[0]).send_keys(Keys.ESCAPE).release().perform()
    assert start.current_url == f"{site}/"
    years[1].click()
    assert has_come_to(start, "/?from=2017&to=2017", "2017")


def test_the_keyboard_goes_from_bar_to_bar_and_chooses_several(start: Chrome) -> None:
    start.execute_script("document.querySelector(\".bars [tabindex='0']\").focus()")
    ActionChains(start).send_keys(Keys.ARROW_RIGHT).perform()
    assert readout(start) == "2017: 1 träff, 1 med osäkert datum"
    ActionChains(start).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    assert readout(start) == start.find_element(By.ID, "announcement").get_attribute("textContent") == "2017–2019"
    ActionChains(start).send_keys(Keys.ENTER).perform()
    assert has_come_to(start, "/?from=2017&to=2019", "2017–2019")
    wait(start, lambda: start.switch_to.active_element in bars(start))
    ActionChains(start).send_keys(Keys.END, Keys.HOME, Keys.ENTER).perform()
    assert has_come_to(start, "/?from=2017&to=2017-01", "januari 2017")


def test_a_finger_chooses_too_and_nothing_is_wider_than_a_phone(start: Chrome, site: str) -> None:
    screen = {"width": 320, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    start.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    start.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        start.get(f"{site}/?from=2018&to=2020")
        start.execute_script("window.stayed = true; document.querySelector('.bars').scrollIntoView({block: 'center'})")
        assert start.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]["width"] <= 320
        touch_action = start.find_element(By.CLASS_NAME, "bars").value_of_css_property("touch-action")
        assert touch_action == "pan-y", "the page can be scrolled from here"
        place = "const at = document.querySelector('.bars').getBoundingClientRect(); return [at.x, at.y, at.width]"
        left, top, width = start.execute_script(place)
        touch = [("touchStart", 0.5), ("touchMove", 3), ("touchMove", 5.5), ("touchEnd", None)]
        for kind, months in touch:
            points = [] if months is None else [{"x": left + width * months / 36, "y": top + 40}]
            start.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert has_come_to(start, "/?from=2018&to=2018-06", "januari–juni 2018")
    finally:
        start.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        start.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_browser_has_nothing_to_complain_of(chromium: Chrome) -> None:
    assert not chromium.get_log("browser")  # type: ignore[no-untyped-call]
