"""A release that means harm, in a real browser that may run scripts: everything in it is text."""

import os
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from index.annotations import DateSpan
from index.release import Link
from search.local import LocalEngine
from tests.builders import document, month, publish
from tests.web.chromium import BROWSER, DRIVER, browsing, serving

pytestmark = pytest.mark.browser

RUN = "window.harmed=1;alert(1)"
SCRIPT = f"</script></title></textarea>--><script>{RUN}</script>"
PICTURE = f"<img src=x onerror={RUN}><svg onload={RUN}>"
QUOTED = f'"\' autofocus onfocus={RUN} style=color:red x="'
TEMPLATE = "{{ 7*7 }}{% raw %}${7*7}"
HARM = f"skadlig {SCRIPT} {PICTURE} {QUOTED} {TEMPLATE}"
ADDRESSES = (
    *("javascript:window.harmed=1", "JaVaScRiPt:window.harmed=1", " javascript:window.harmed=1"),
    *("java\tscript:window.harmed=1", "vbscript:x", '//x" onclick=1', f"data:text/html,<script>{RUN}</script>"),
)
SPOKEN = f"Skadlig {PICTURE} sägs här"


def hostile(number: int, span: DateSpan) -> dict[str, object]:
    return {
        "span": span,
        "title": f"{HARM} {number}",
        "summary": HARM,
        "body": f"– {SPOKEN}, säger Två.\n\n{HARM}\n\n- {HARM}\n\n[skadlig](javascript:window.harmed=1)\n\n<{HARM}>",
        "url": ADDRESSES[number],
        "type": f"tal{PICTURE}",
        "contact": HARM,
        "updated": SCRIPT,
        "senders": (HARM,),
        "categories": (HARM,),
        "links": tuple(Link(HARM, address) for address in ADDRESSES),
        "attachments": tuple(Link(HARM, address) for address in ADDRESSES),
        "ministers": (f"Två {PICTURE}",),
        "departments": (f"Dep {PICTURE}",),
        "agencies": (f"Verket {PICTURE}{SCRIPT}",),
        "quotes": [(f"Två {PICTURE}", SPOKEN)],
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    publish(folder, [document(f"tal.2018.04.{n}", **hostile(n, month(2018, n + 1))) for n in range(7)])  # type: ignore[arg-type]
    with serving(LocalEngine(folder)) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    if not (BROWSER and DRIVER) and "CI" not in os.environ:
        pytest.skip("install Chromium and its driver to test in a browser (Debian: chromium, chromium-driver)")
    with browsing(tmp_path_factory.mktemp("profile"), "--window-size=1280,1600", scripts=True) as browser:
        yield browser


LINKS = "return [...document.querySelectorAll('a, form, area')].map(e => new URL(e.href || e.action).protocol)"
HANDLERS = """return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])
    .filter(a => a.name.startsWith('on') || a.name == 'style' || a.name == 'srcdoc').map(a => a.name)"""
FOREIGN = """return [...document.querySelectorAll(
    'script:not([type="application/ld+json"]), img, iframe, object, embed')]
    .map(e => e.getAttribute('src')).filter(a => !a?.startsWith('/static/'))"""


def harmless(browser: Chrome) -> None:
    """No script has run, and there is nothing to click or load that would."""
    assert browser.execute_script("return window.harmed ?? null") is None  # an open dialog would raise here
    assert set(browser.execute_script(LINKS)) <= {"http:", "https:"}
    assert browser.execute_script(HANDLERS) == []
    assert browser.execute_script(FOREIGN) == []
    assert [entry["message"] for entry in browser.get_log("browser") if "Security Policy" in entry["message"]] == []


PAGES = [
    *("/", "/?q=skadlig", "/?q=skadlig&in=quotes", "/en/?q=skadlig", "/releases/tal.2018.04.0?q=skadlig"),
    *("/releases/tal.2018.04.4", "/en/releases/tal.2018.04.6", "/facets/agency", "/facets/minister", "/facets/type"),
    *("/trends?q=skadlig", "/help"),
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_shows_it_as_text(chromium: Chrome, site: str, address: str) -> None:
    chromium.get(site + address)

    harmless(chromium)
    if address not in ("/trends?q=skadlig", "/help"):
        assert "<img src=x onerror" in chromium.find_element(By.TAG_NAME, "body").text


def test_the_pages_of_names_show_it_as_text(chromium: Chrome, site: str) -> None:
    for facet in ("minister", "agency", "department"):
        chromium.get(f"{site}/?q=skadlig")
        chromium.get(f"{site}/releases/tal.2018.04.1")
        pages = f"a[href*='/{'agencies' if facet == 'agency' else facet + 's'}/']"
        chromium.get(str(chromium.find_element(By.CSS_SELECTOR, pages).get_attribute("href")))
        harmless(chromium)
        assert "<img src=x onerror" in chromium.find_element(By.TAG_NAME, "h1").text


@pytest.mark.parametrize("query", [HARM, SCRIPT, PICTURE, QUOTED, "</script><script>window.harmed=1</script>"])
def test_what_is_typed_is_text_too(chromium: Chrome, site: str, query: str) -> None:
    for path in ("/", "/trends", "/releases/tal.2018.04.2"):
        chromium.get(site + path)
        chromium.execute_script(
            "location.search = new URLSearchParams({q: arguments[0], minister: arguments[0]})", query
        )
        WebDriverWait(chromium, 30).until(lambda b: "q=" in b.current_url)
        harmless(chromium)


def test_a_page_that_a_script_swaps_in_is_text_too(chromium: Chrome, site: str) -> None:
    chromium.get(f"{site}/?q=skadlig")
    chromium.execute_script("window.same = true")
    year = chromium.find_element(By.CSS_SELECTOR, "[aria-labelledby=facet-year] a")
    chromium.execute_script("arguments[0].click()", year)
    WebDriverWait(chromium, 30).until(lambda b: "year=" in b.current_url and b.find_elements(By.CLASS_NAME, "active"))

    assert chromium.execute_script("return window.same"), "the page was swapped, not loaded anew"
    harmless(chromium)


FOR_PROGRAMS = [
    *("/feed.atom?q=skadlig", "/opensearch.xml", "/sitemap.xml", "/api/v1/search?q=skadlig", "/suggest.json?q=skad"),
    *("/export.ris", "/static/x/<script>"),
]


@pytest.mark.parametrize("address", FOR_PROGRAMS)
def test_what_is_for_programs_runs_nothing_when_it_is_looked_at(chromium: Chrome, site: str, address: str) -> None:
    chromium.get(site + address)

    assert chromium.execute_script("return window.harmed ?? null") is None


def test_a_string_is_never_made_html_by_accident(chromium: Chrome, site: str) -> None:
    chromium.get(f"{site}/help")

    refused = chromium.execute_script(
        "try { document.createElement('div').innerHTML = '<b>x</b>'; return '' } catch (e) { return e.name }"
    )
    assert refused == "TypeError"
    chromium.get_log("browser")  # which has the refusal, and is emptied so
