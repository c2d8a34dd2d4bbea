"""axe-core on every type of page, in both languages and themes, on a wide screen and at 320 pixels.

320 CSS pixels are also what a screen of 1280 has left at a zoom of 400 %.
"""

from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys

from tests.web.browser.doing import one, prefer, press, run, screen, text, until
from tests.web.browser.page_types import EVERY_PAGE

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320
WHAT = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """
const [what, done] = arguments;
axe.run(document, { runOnly: what, resultTypes: ["violations"] }).then(
  (found) => done(found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}: ${n.html}`))),
  (error) => done([String(error)]));
"""


def faults(browser: Chrome, what: dict[str, Any] = WHAT) -> list[str]:
    return list(browser.execute_async_script(RUN, what))  # type: ignore[no-untyped-call]


def no_faults_in_either_theme(browser: Chrome) -> None:
    prefer(browser, color_scheme="light")
    found = faults(browser)
    prefer(browser, color_scheme="dark")
    found += [f"dark: {fault}" for fault in faults(browser, COLOURS)]
    assert not found, "\n".join(found)


@EVERY_PAGE
def test_axe_finds_nothing(browser: Chrome, site: str, axe: str, address: str) -> None:
    screen(browser, WIDE)
    browser.get(site + address)
    run(browser, axe)
    no_faults_in_either_theme(browser)
    screen(browser, NARROW)
    no_faults_in_either_theme(browser)


def test_axe_finds_nothing_in_suggestions(browser: Chrome, site: str, axe: str) -> None:
    screen(browser, NARROW)
    browser.get(site)
    run(browser, axe)
    one(browser, "#q").send_keys("regering")
    until(browser, lambda: one(browser, "#suggestions").is_displayed())
    press(browser, Keys.DOWN)
    no_faults_in_either_theme(browser)


def test_axe_finds_nothing_in_the_dialog_of_all_values(browser: Chrome, site: str, axe: str) -> None:
    screen(browser, NARROW)
    browser.get(f"{site}/?q=myndighet")
    run(browser, axe)
    run(browser, "document.querySelector('#filters').open = true; document.querySelector('[data-values]').click()")
    until(browser, lambda: run(browser, "return document.querySelector('dialog[open]')"))
    no_faults_in_either_theme(browser)


def test_axe_finds_nothing_in_the_sheet_of_filters(browser: Chrome, site: str, axe: str) -> None:
    screen(browser, NARROW)
    browser.get(f"{site}/?q=myndighet&type=pressmeddelande")
    run(browser, axe)
    one(browser, "#filters > summary").click()
    until(browser, lambda: one(browser, ".sheet-end button").is_displayed())
    no_faults_in_either_theme(browser)


# WCAG 1.4.12: what a reader may set spacing to without losing anything.
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
"""
CUT = """
const clipped = (e) => e && (getComputedStyle(e).clipPath === "inset(50%)" || clipped(e.parentElement));  // on purpose
const unseen = (e) => e.closest("[hidden], .table, pre[tabindex]") || clipped(e) || !e.checkVisibility();
const larger = (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
const isCut = (e) => e.textContent.trim() && larger(e) && getComputedStyle(e).overflow !== "visible";
const isOutside = (e) => e.getBoundingClientRect().right > innerWidth + 1;
const found = [...document.querySelectorAll("body *")].filter((e) => !unseen(e) && (isCut(e) || isOutside(e)));
return found.map((e) => e.outerHTML.slice(0, 160));
"""


@EVERY_PAGE
def test_nothing_is_cut_off_or_out_of_reach_at_320_pixels(browser: Chrome, site: str, address: str) -> None:
    screen(browser, NARROW)
    browser.get(site + address)
    assert run(browser, "return document.documentElement.scrollWidth") <= NARROW, "the page scrolls sideways"
    run(browser, SPACED)
    cut = run(browser, CUT)
    assert not cut, "\n".join(cut)


def test_nothing_moves_for_who_wants_no_motion(browser: Chrome, site: str) -> None:
    moving = """return [...document.querySelectorAll("*")].filter((e) => {
      const s = getComputedStyle(e);
      return [...s.transitionDuration.split(","), ...s.animationDuration.split(",")].some((t) => parseFloat(t) > 0);
    }).length"""
    prefer(browser, reduced_motion="reduce")
    browser.get(f"{site}/?q=myndighet")
    run(browser, "document.querySelector('main').setAttribute('aria-busy', 'true')")
    assert run(browser, moving) == 0
    prefer(browser, reduced_motion="no-preference")
    assert run(browser, moving) > 0, "nothing moves at all: then this test needs no second half"
    assert text(browser, "h1")
