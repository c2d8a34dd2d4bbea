"""A release's page in a real browser: going to what matches, copying, and landing on a sentence."""

import os
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from search.page import Marked
from tests.web.chromium import BROWSER, DRIVER, browsing, serving
from tests.web.fake import DOCUMENTS, FakeEngine
from web.release.fragments import landing

pytestmark = pytest.mark.browser

SENTENCES = (
    "– Nu, äntligen, får R&D-byn, som väntat länge, sin AI-strategi (50 % klar), säger Test Testsson.",
    "En kort mening med kläm i.",
)
BODY = "\n\n".join([*("Utfyllnad.\nRad." for _ in range(80)), SENTENCES[0], *("Mer." for _ in range(80)), SENTENCES[1]])
ADDRESS = "/releases/p.2018.bostad"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    document = replace(DOCUMENTS[0], release=replace(DOCUMENTS[0].release, body=BODY))
    with serving(FakeEngine((document,))) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not (BROWSER and DRIVER) and "CI" not in os.environ:
        pytest.skip("install Chromium and its driver to test in a browser (Debian: chromium, chromium-driver)")
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,800", scripts=True) as browser:
        yield browser


def in_view(browser: Chrome, text: str) -> bool:
    """Whether the paragraph with this text can be seen without scrolling."""
    script = """const found = [...document.querySelectorAll(".text p")].find((p) => p.textContent === arguments[0]);
        const box = found.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight;"""
    return bool(browser.execute_script(script, text))


@pytest.mark.parametrize(("sentence", "word"), [(SENTENCES[0], "AI-strategi"), (SENTENCES[1], "kläm")])
def test_an_address_lands_on_its_sentence(chromium: Chrome, site: str, sentence: str, word: str) -> None:
    at = sentence.index(word)
    address = landing(f"{site}{ADDRESS}", Marked(sentence, ((at, at + len(word)),)))
    assert address
    chromium.get("about:blank")
    chromium.get(address)
    WebDriverWait(chromium, 5).until(lambda browser: in_view(browser, sentence))


def test_the_first_match_is_one_click_away(chromium: Chrome, site: str) -> None:
    chromium.get(f"{site}{ADDRESS}?q=kläm")
    assert not in_view(chromium, SENTENCES[1])
    chromium.find_element(By.CSS_SELECTOR, 'a[href="#match-1"]').click()
    assert urlsplit(chromium.current_url).fragment == "match-1"
    WebDriverWait(chromium, 5).until(lambda browser: in_view(browser, SENTENCES[1]))


def test_a_citation_is_copied_and_that_is_said(chromium: Chrome, site: str) -> None:
    chromium.get(f"{site}{ADDRESS}")
    granted = {"origin": site, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    chromium.execute_cdp_cmd("Browser.grantPermissions", granted)
    chromium.find_element(By.CSS_SELECTOR, "#cite summary").click()
    buttons = chromium.find_elements(By.CSS_SELECTOR, "#cite button")
    assert [button.text for button in buttons] == ["Kopiera"] * 3
    buttons[2].click()
    WebDriverWait(chromium, 5).until(lambda _: buttons[2].text == "Kopierat")
    assert chromium.find_element(By.ID, "announcement").get_attribute("textContent") == "Kopierat"
    copied = chromium.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied.startswith("TY  - GOVDOC\n")
    assert copied.endswith("\nER  - ")
    assert not chromium.get_log("browser")
