"""Feeds and exports in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from search.local import LocalEngine
from tests.web.chromium import BROWSER, DRIVER, browsing, serving

pytestmark = pytest.mark.browser

FEEDS = 'link[type="application/atom+xml"]'


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not (BROWSER and DRIVER) and "CI" not in os.environ:
        pytest.skip("install Chromium and its driver to test in a browser (Debian: chromium, chromium-driver)")
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,1600", scripts=True) as browser:
        yield browser


def told(browser: Chrome) -> list[tuple[str | None, str | None]]:
    """The feeds that the page's head tells readers of: address and title."""
    return [(e.get_attribute("href"), e.get_attribute("title")) for e in browser.find_elements(By.CSS_SELECTOR, FEEDS)]


def test_the_feed_is_that_of_the_search_after_a_swap(chromium: Chrome, sample_data: Path) -> None:
    with serving(LocalEngine(sample_data)) as site:
        chromium.get(f"{site}/?q=skola")
        chromium.execute_script("window.same = true")
        year_link = chromium.find_element(By.CSS_SELECTOR, "[aria-labelledby=facet-year] a")
        chromium.execute_script("arguments[0].click()", year_link)
        WebDriverWait(chromium, 30).until(
            lambda b: "year=" in b.current_url and b.find_elements(By.CLASS_NAME, "active")
        )
        assert chromium.execute_script("return window.same"), "the page was swapped, not loaded anew"
        year = chromium.current_url.partition("year=")[2][:4]
        expected = [(f"{site}/feed.atom?q=skola&year={year}", f"Pressök: skola · {year}")]
        assert told(chromium) == expected
        link = chromium.find_element(By.CSS_SELECTOR, ".take a")
        assert link.get_attribute("href") == expected[0][0]
