"""Suggestions while typing: found, chosen and put away with keys and mouse, and never in the way."""

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from tests.web.browser.doing import by_loading, focused, in_place, one, press, run, text, texts, until

pytestmark = pytest.mark.browser

ANSWERING = """
const [suggestions] = arguments, ours = window.fetch;
window.asked = [];
window.fetch = (url, options) => {
  if (!String(url).includes("/suggest")) return ours(url, options);
  window.asked.push(options.signal);
  return Promise.resolve(new Response(JSON.stringify({ suggestions })));
};
"""


def suggestions(browser: Chrome) -> list[str]:
    return texts(browser, "#suggestions:not([hidden]) [role=option]")


def type_text(browser: Chrome, typed: str) -> list[str]:
    """Type into the box; the suggestions for it."""
    one(browser, "#q").send_keys(typed)
    until(browser, lambda: suggestions(browser))
    return suggestions(browser)


def answer_with(browser: Chrome, *found: tuple[str, str, str | None, int]) -> None:
    """Let these be the suggestions, whatever is typed."""
    rows = [dict(zip(("text", "kind", "value", "count"), row, strict=True)) for row in found]
    run(browser, ANSWERING, rows)


def state(browser: Chrome) -> tuple[str | None, str | None]:
    box = one(browser, "#q")
    return box.get_attribute("aria-expanded"), box.get_attribute("aria-activedescendant")


def test_suggestions_say_what_they_are_and_how_many(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    assert one(browser, "#q").get_attribute("role") == "combobox"
    assert state(browser) == ("false", None)
    (first, *_) = type_text(browser, "naturv")
    assert first.startswith("Naturvårdsverket Myndighet ") and first.endswith(" träffar")
    assert state(browser) == ("true", None)
    count = len(suggestions(browser))
    assert text(browser, "[role=status]#announcement") == f"{count} förslag. Nå dem med piltangenterna."
    answer_with(browser, ("ett", "phrase", None, 4))
    one(browser, "#q").send_keys("å")
    until(browser, lambda: text(browser, "#announcement") == "Ett förslag. Nå det med piltangenterna.")


def test_a_single_hit_is_one_and_a_phrase_has_no_count_of_hits(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    answer_with(browser, ("Boverket", "agency", "boverket", 1), ("ett", "phrase", None, 4))
    one(browser, "#q").send_keys("xy")
    until(browser, lambda: suggestions(browser) == ["Boverket Myndighet 1 träff", "ett"])


@pytest.mark.parametrize(("prefix", "kind"), [("", "Myndighet"), ("/en", "Agency")])
def test_a_name_leads_to_all_that_has_it(browser: Chrome, site: str, prefix: str, kind: str) -> None:
    browser.get(f"{site}{prefix}/?q=skola&type=tal")
    one(browser, "#q").clear()
    assert kind in type_text(browser, "naturv")[0]
    press(browser, Keys.DOWN)
    assert state(browser) == ("true", "suggestion-0")
    assert one(browser, "#suggestion-0").get_attribute("aria-selected") == "true"
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert browser.current_url == f"{site}{prefix}/?agency=naturvardsverket"
    assert focused(browser).tag_name == "h1"


def test_a_title_leads_to_its_release(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/help")
    titles = [s.removesuffix(" Dokument") for s in type_text(browser, "vingårdar")]
    with by_loading(browser):
        one(browser, "#suggestions [data-kind=title]").click()
    assert "/releases/pressmeddelanden.2024.07." in browser.current_url
    assert text(browser, "h1") in titles


def test_a_phrase_and_a_title_of_several_are_searched_for(browser: Chrome, site: str) -> None:
    for kind in ("phrase", "title"):
        browser.get(f"{site}/?q=myndighet&type=artikel")
        answer_with(browser, ("statlig utredning", kind, None, 4))
        type_text(browser, " ut")
        press(browser, Keys.UP)
        with in_place(browser):
            press(browser, Keys.ENTER)
        assert browser.current_url == f"{site}/?q=statlig+utredning&type=artikel"


def test_enter_searches_for_what_was_typed_when_nothing_is_chosen(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    type_text(browser, "naturv")
    press(browser, Keys.DOWN, Keys.END)
    assert state(browser) == ("true", None), "End goes back to the text"
    with in_place(browser):
        press(browser, Keys.ENTER)
    assert browser.current_url == f"{site}/?q=naturv"
    assert suggestions(browser) == []
    assert type_text(browser, "årdsverket"), "the new page's box has suggestions too"


def test_the_keys_go_round_through_the_text(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    answer_with(browser, ("ett", "phrase", None, 4), ("två", "phrase", None, 3))
    type_text(browser, "ab")
    seen = []
    for key in (Keys.DOWN, Keys.DOWN, Keys.DOWN, Keys.UP):
        press(browser, key)
        seen.append(state(browser)[1])
    assert seen == ["suggestion-0", "suggestion-1", None, "suggestion-1"]
    assert one(browser, "#q").get_attribute("value") == "ab"


def test_escape_closes_then_clears_and_tab_leaves(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    type_text(browser, "naturv")
    press(browser, Keys.ESCAPE)
    assert (state(browser), one(browser, "#q").get_attribute("value")) == (("false", None), "naturv")
    press(browser, Keys.ESCAPE)
    assert one(browser, "#q").get_attribute("value") == ""
    type_text(browser, "naturv")
    press(browser, Keys.DOWN, Keys.TAB)
    assert focused(browser).tag_name == "button"
    assert state(browser) == ("false", None)
    assert browser.current_url == f"{site}/"


def test_little_is_asked_and_what_is_outdated_is_dropped(browser: Chrome, site: str) -> None:
    browser.get(f"{site}/")
    answer_with(browser, ("ett", "phrase", None, 4))
    one(browser, "#q").send_keys("n")
    run(browser, "return new Promise((done) => setTimeout(done, 300))")
    assert run(browser, "return window.asked.length") == 0
    type_text(browser, "a")
    assert run(browser, "return window.asked.length") == 1
    one(browser, "#q").send_keys("t")
    assert run(browser, "return window.asked[0].aborted")


@pytest.mark.parametrize(
    "answer", ["Promise.reject(new TypeError())", "Promise.resolve(new Response('', { status: 503 }))"]
)
def test_without_an_answer_there_is_just_a_box(browser: Chrome, site: str, answer: str) -> None:
    browser.get(f"{site}/")
    run(browser, f"window.fetch = () => {{ window.asked = true; return {answer}; }}")
    one(browser, "#q").send_keys("natur")
    until(browser, lambda: run(browser, "return window.asked"))
    assert state(browser) == ("false", None)
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]


def test_nothing_moves_when_suggestions_come(browser: Chrome, site: str) -> None:
    places = "return [...document.querySelectorAll('h1, h2, footer')].map((e) => e.getBoundingClientRect().top)"
    browser.get(f"{site}/")
    before = run(browser, places)
    type_text(browser, "naturv")
    assert run(browser, places) == before
    assert len(browser.find_elements(By.ID, "suggestions")) == 1
