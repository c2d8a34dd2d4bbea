"""Everything can be done with the keyboard, the focus is seen, and what changes is said."""

import pytest
from selenium.webdriver import Chrome, Keys

from tests.web.browser.doing import focus, focused, in_place, one, press, run, screen, step_back, text, texts, until

pytestmark = pytest.mark.browser

IN_VIEW = """
const at = document.activeElement;
const { top, bottom, left, right } = at.getBoundingClientRect();
const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
return top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1 &&
  (at.contains(above) || above.contains(at));
"""


def name_of_focused(browser: Chrome) -> str:
    return " ".join((focused(browser).get_attribute("textContent") or "").split())


def test_the_first_tab_offers_to_skip_to_the_content(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    press(browser, Keys.TAB)
    assert name_of_focused(browser) == "Till innehållet"
    assert run(browser, IN_VIEW)
    press(browser, Keys.ENTER)
    press(browser, Keys.TAB)
    assert run(browser, "return Boolean(document.activeElement.closest('main'))")
    assert browser.current_url.endswith("/?q=myndighet#content")


@pytest.mark.parametrize("width", [1280, 320])
def test_tab_goes_through_the_page_as_it_is_read_and_is_seen_at_each_stop(
    browser: Chrome, site: str, width: int
) -> None:
    screen(browser, width, 700)
    browser.get(f"{site}/?q=myndighet&type=pressmeddelande")
    run(browser, "window.stops = []")
    stop = """
    const stop = document.activeElement, style = getComputedStyle(stop), before = stops.at(-1);
    const inOrder = !before || Boolean(before.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
    stops.push(stop);
    return [inOrder, style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
    """
    for _ in range(40):
        press(browser, Keys.TAB)
        said = name_of_focused(browser)
        assert run(browser, stop) == [True, True], said
        assert run(browser, IN_VIEW), said


def test_a_facet_keeps_the_focus_when_it_is_chosen_and_given_up(browser: Chrome, site: str) -> None:
    screen(browser, 1280, 700)
    browser.get(f"{site}/?q=myndighet")
    link = "[aria-labelledby=facet-agency] li:nth-child(3) a"
    name = text(browser, f"{link} .name")
    focus(browser, link)
    for pressed in ("true", None):
        with in_place(browser):
            press(browser, Keys.ENTER)
        assert name_of_focused(browser).startswith(name)
        assert focused(browser).get_attribute("aria-current") == pressed
        assert run(browser, "return Boolean(document.activeElement.closest('[aria-labelledby=facet-agency]'))")
        assert run(browser, IN_VIEW)


def test_the_focus_goes_to_the_heading_when_a_filter_is_taken_away_above_the_hits(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet&type=pressmeddelande")
    focus(browser, ".active a")
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert focused(browser).tag_name == "h1"


def test_the_next_page_is_read_from_its_heading(browser: Chrome, site: str) -> None:
    screen(browser, 1280, 700)
    browser.get(f"{site}/?q=myndighet")
    focus(browser, ".paging a[rel=next]")
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert focused(browser).tag_name == "h1"
    assert run(browser, "return scrollY") == 0


def test_how_many_hits_there_are_is_said_when_it_changes(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    said = "[role=status]#announcement"
    assert text(browser, said) == ""
    focus(browser, "[aria-labelledby=facet-type] a")
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert text(browser, said) == text(browser, "h1") != ""


def open_dialog(browser: Chrome) -> None:
    focus(browser, "a[data-values=agency]")
    press(browser, Keys.ENTER)
    until(browser, lambda: run(browser, "return Boolean(document.querySelector('dialog[open]'))"))


def test_the_dialog_of_all_values_keeps_the_focus_and_gives_it_back(browser: Chrome, site: str) -> None:
    screen(browser, 1280, 500)
    browser.get(f"{site}/?q=myndighet")
    open_dialog(browser)
    outside = "const at = document.activeElement; return at !== document.body && !at.closest('dialog')"
    for step in (lambda: press(browser, Keys.TAB), lambda: step_back(browser)):
        for _ in range(20):
            step()
            assert not run(browser, outside)
            assert run(browser, IN_VIEW), name_of_focused(browser)
    press(browser, Keys.ESCAPE)
    until(browser, lambda: not run(browser, "return document.querySelector('dialog')"))
    assert focused(browser).get_attribute("data-values") == "agency"


def test_all_values_are_narrowed_by_typing_and_one_is_chosen(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/?q=myndighet")
    open_dialog(browser)
    press(browser, "naturv")
    assert texts(browser, "dialog li:not([hidden]) .name") == ["Naturvårdsverket"]
    assert text(browser, "dialog [role=status]").startswith("1 / ")
    press(browser, Keys.TAB)
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert "agency=naturvardsverket" in browser.current_url
    assert run(browser, "return Boolean(document.activeElement.closest('[aria-labelledby=facet-agency]'))")


def test_the_sheet_of_a_phone_closes_with_escape_and_gives_the_focus_back(browser: Chrome, site: str) -> None:
    screen(browser, 390, 844)
    browser.get(f"{site}/?q=myndighet")
    focus(browser, "#filters > summary")
    press(browser, Keys.ENTER)
    until(browser, lambda: one(browser, ".sheet-end button").is_displayed())
    for _ in range(25):
        press(browser, Keys.TAB)
        assert run(browser, "return Boolean(document.activeElement.closest('#filters'))"), "it left the sheet"
        assert run(browser, IN_VIEW), name_of_focused(browser)
    press(browser, Keys.ESCAPE)
    until(browser, lambda: not one(browser, ".sheet-end button").is_displayed())
    assert run(browser, "return document.activeElement.matches('#filters > summary')")
