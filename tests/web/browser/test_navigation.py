"""What changes is put in place without loading the page anew, and the address always says what is shown."""

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from tests.web.browser.doing import by_loading, click, in_place, one, press, run, screen, text, texts, until

pytestmark = pytest.mark.browser

FACET = "[aria-labelledby=facet-{}] li:nth-child({}) a"


def hits(browser: Chrome) -> list[str]:
    return texts(browser, ".hits h3")


def test_facets_are_chosen_in_place_and_back_and_forward_show_what_was(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    seen = [(browser.current_url, text(browser, "h1"), hits(browser))]
    for key in ("type", "agency"):
        promised = text(browser, FACET.format(key, 2) + " .count").split()[0]
        with in_place(browser):
            click(browser, FACET.format(key, 2))
        assert f"{key}=" in browser.current_url
        assert text(browser, "h1").split()[0] == promised
        assert text(browser, "h1").split()[0] in browser.title
        seen.append((browser.current_url, text(browser, "h1"), hits(browser)))
    for go, state in ((browser.back, seen[1]), (browser.back, seen[0]), (browser.forward, seen[1])):
        with in_place(browser):
            go()
        assert (browser.current_url, text(browser, "h1"), hits(browser)) == state
    browser.refresh()
    assert (browser.current_url, text(browser, "h1"), hits(browser)) == seen[1]


def test_a_search_from_the_start_is_shown_in_place_and_back_leads_to_the_start(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    start = text(browser, "h1")
    one(browser, "#q").send_keys("myndighet")
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert browser.current_url == f"{site}/?q=myndighet"
    assert "myndighet" in text(browser, "h1")
    assert not browser.find_elements(By.CLASS_NAME, "hero")
    with in_place(browser):
        browser.back()
    assert text(browser, "h1") == start
    assert one(browser, ".hero #q").get_attribute("value") == ""
    assert len(browser.find_elements(By.ID, "q")) == 1


def test_pages_sorts_and_dates_are_shown_in_place(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    with in_place(browser):
        click(browser, ".paging [rel=next]")
    assert browser.current_url.endswith("page=2")
    assert one(browser, ".hits").get_attribute("start") == "21"
    with in_place(browser):
        click(browser, ".sorts li:nth-child(3) a")
    assert "sort=oldest" in browser.current_url and "page=" not in browser.current_url
    assert text(browser, ".sorts [aria-current]") == "Äldst"
    one(browser, "#from").send_keys("2020")
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert "from=2020" in browser.current_url and "sort=oldest" in browser.current_url
    assert "to=" not in browser.current_url, "what is left empty is no part of the address"
    assert one(browser, "#from").get_attribute("value") == "2020"


def test_the_link_to_the_other_language_follows_what_is_shown(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    with in_place(browser):
        click(browser, FACET.format("type", 1))
    shown = browser.current_url
    with by_loading(browser):
        click(browser, "#language")
    assert browser.current_url == shown.replace(site, f"{site}/en")
    with in_place(browser):
        click(browser, FACET.format("agency", 1))
    assert browser.current_url.startswith(f"{site}/en/?")


def test_the_sheet_of_a_phone_stays_open_while_one_chooses(browser: Chrome, site: str) -> None:
    screen(browser, 390, 844)
    browser.get(f"{site}/?q=myndighet")
    one(browser, "#filters > summary").click()
    with in_place(browser):
        click(browser, FACET.format("type", 1))
    button = one(browser, ".sheet-end button")
    assert button.is_displayed() and text(browser, "h1").split()[0] in button.text
    assert run(browser, "return document.querySelector('.result').inert")
    button.click()
    until(browser, lambda: not button.is_displayed())
    assert not run(browser, "return document.querySelector('.result').inert")


def test_without_an_answer_the_page_is_loaded(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    run(browser, "window.fetch = () => Promise.reject(new TypeError('there is no network'))")
    promised = text(browser, FACET.format("type", 1) + " .count").split()[0]
    with by_loading(browser):
        click(browser, FACET.format("type", 1))
    assert text(browser, "h1").split()[0] == promised
    run(browser, "window.fetch = () => Promise.reject(new TypeError('there is no network'))")
    with by_loading(browser):
        click(browser, "[data-values=agency]")
    assert "/facets/agency" in browser.current_url


def test_an_error_is_shown_on_its_own_page(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    one(browser, "#from").send_keys("igår")
    with by_loading(browser):
        press(browser, Keys.ENTER)
    assert text(browser, "main.error .overline") == "Fel 400"


def test_a_place_on_the_page_is_gone_to_without_fetching_anything(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/help")
    run(browser, "window.stayed = true; performance.clearResourceTimings()")
    click(browser, "main nav a")
    assert "#" in browser.current_url
    browser.back()
    until(browser, lambda: "#" not in browser.current_url)
    assert run(browser, "return [window.stayed, performance.getEntriesByType('resource').length]") == [True, 0]
