import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from index.annotations import Entity, Quote
from search.engine import Engine
from tests.web.fake import DOCUMENTS, TESTSSON, FakeEngine, NoEngine
from tests.web.html import Node, read

ClientOf = Callable[[Engine], FlaskClient]
BOSTAD = "/releases/p.2018.bostad"


def get(client: FlaskClient, address: str) -> Node:
    response = client.get(address)
    assert response.status_code == 200
    return read(response.text)


def test_the_link_to_the_original_lands_on_the_first_sentence_that_matches(client: FlaskClient) -> None:
    lead = "https://www.regeringen.se/p.2018.bostad/#:~:text=Det%20handlar%20om%20bostad"
    links = [a.attrs["href"] for a in get(client, f"{BOSTAD}?q=bostad").all("a") if "Läs hos regeringen.se" in a.text]
    assert links == [lead, lead]
    item = get(client, f"{BOSTAD}?q=rapport")
    assert item.link("Läs hos").endswith("#:~:text=Skriv%20en%20rapport")
    plain = get(client, BOSTAD)
    assert (
        plain.link("Läs hos") == plain.one("span", class_="address").text == "https://www.regeringen.se/p.2018.bostad/"
    )


def test_a_page_met_by_a_search_is_the_same_page(client: FlaskClient) -> None:
    (canonical,) = get(client, f"{BOSTAD}?q=bostad&page=1").all("link", rel="canonical")
    assert canonical.attrs["href"] == BOSTAD


def test_a_hit_leads_to_its_sentence_at_the_source(client: FlaskClient) -> None:
    link = get(client, "/?q=skola").one("article").one("a", class_="original")
    assert link.attrs["href"] == "https://www.regeringen.se/p.2020.skola/#:~:text=Ett%20uppdrag%20om%20skola"
    assert link.attrs["aria-label"] == "regeringen.se: Uppdrag om skola"
    assert not get(client, "/?q=titel").one("article").all("a", class_="original")


def test_matches_in_the_text_are_counted_and_can_be_gone_to(client: FlaskClient) -> None:
    page = get(client, f"{BOSTAD}?q=ett+rapport")
    assert "2 träffar i texten" in page.text
    assert page.link("Hoppa till första träffen") == "#match-1"
    assert [(m.attrs["id"], m.text) for m in page.one("div", class_="text").all("mark")] == [
        ("match-1", "Ett"),
        ("match-2", "rapport"),
    ]
    for address in (BOSTAD, f"{BOSTAD}?q=handlar"):  # the latter stands in the lead, which is seen anyway
        assert "Hoppa till" not in get(client, address).text


def test_others_are_shown_in_time_and_by_likeness_and_none_twice(client: FlaskClient) -> None:
    page = get(client, f"{BOSTAD}?q=bostad")
    course = page.one("ol", class_="course")
    assert [li.attrs.get("aria-current") for li in course.all("li")] == [None, "true"]
    assert course.link("segregation") == "/releases/p.span"
    assert "Det du läser nu 12 april 2018" in course.text
    alike = page.one("ul", class_="others")
    assert [a.attrs["href"] for a in alike.all("a")] == ["/releases/p.2020.skola", "/releases/p.ond"]


def test_where_there_is_no_other_there_is_no_heading_for_it(client_of: ClientOf) -> None:
    page = get(client_of(FakeEngine(DOCUMENTS[:1])), BOSTAD)
    assert not {"Liknande", "Tidigare och senare om samma sak"} & {h.text for h in page.all("h2")}


def test_the_facts_say_who_is_quoted(client_of: ClientOf) -> None:
    first = DOCUMENTS[0]
    speakers = (TESTSSON, None, Entity("someone", "Någon Annan"), TESTSSON)
    quotes = tuple(Quote(n, n + 1, speaker, speaker == TESTSSON) for n, speaker in enumerate(speakers))
    document = replace(first, annotations=replace(first.annotations, quotes=quotes))
    facts = get(client_of(FakeEngine((document,))), BOSTAD).one("section", class_="side facts")
    said = next(div for div in facts.all("div") if "Citeras" in div.text)
    assert [li.text for li in said.all("li")] == ["Test Testsson", "Någon Annan"]
    assert [a.attrs["href"] for a in said.all("a")] == ["/ministers/test-testsson"]


def test_citations_can_be_copied_and_kept(client: FlaskClient) -> None:
    cite = get(client, BOSTAD).one("details", id="cite")
    running, bib, ris = (p.text for p in cite.all("p") if "copied-text" in (p.attrs["class"] or ""))
    assert running.startswith("Regeringskansliet, Finansdepartementet. ”Uppdrag om bostad”. Pressmeddelande 12 april")
    assert bib.startswith("@online{p.2018.bostad,")
    assert ris.startswith("TY - GOVDOC AU - Finansdepartementet")
    assert cite.link(".bib") == f"{BOSTAD}/cite.bib"
    assert cite.link(".ris") == f"{BOSTAD}/cite.ris"


@pytest.mark.parametrize(
    ("form", "mimetype", "begins"),
    [
        ("bib", "application/x-bibtex", "@online{"),
        ("ris", "application/x-research-info-systems", "TY  - GOVDOC\r\n"),
    ],
)
def test_a_citation_is_a_file(client: FlaskClient, form: str, mimetype: str, begins: str) -> None:
    response = client.get(f"{BOSTAD}/cite.{form}")
    assert response.headers["Content-Type"] == f"{mimetype}; charset=utf-8"
    assert response.headers["Content-Disposition"] == f"attachment; filename=p.2018.bostad.{form}"
    assert response.text.startswith(begins)
    assert client.get(f"/en{BOSTAD}/cite.{form}").text == response.text


@pytest.mark.parametrize("address", ["/releases/none/cite.bib", f"{BOSTAD}/cite.exe"])
def test_there_is_no_other_file(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_without_an_index_a_citation_says_so(client_of: ClientOf) -> None:
    assert client_of(NoEngine()).get(f"{BOSTAD}/cite.bib").status_code == 503


def test_machines_are_told_what_the_release_is(client: FlaskClient) -> None:
    (found,) = get(client, "/releases/p.ond").all("script", type="application/ld+json")
    assert json.loads(str(found.parts[0]))["headline"] == "<script>alert(1)</script> titel"
    english = get(client, f"/en{BOSTAD}").one("script", type="application/ld+json")
    assert json.loads(str(english.parts[0]))["url"] == f"/en{BOSTAD}"


def test_on_english_pages_what_is_swedish_says_so(client: FlaskClient) -> None:
    page = get(client, f"/en{BOSTAD}?q=bostad")
    swedish = [node for node in page.all("*") if node.attrs.get("lang") == "sv"]
    assert {"Uppdrag om segregation", "Uppdrag om skola", "Boverket"} <= {a.text for n in swedish for a in _links(n)}
    levels = [int(h.tag[1]) for h in page.all("*") if h.tag in {"h1", "h2", "h3", "h4"}]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _links(node: Node) -> list[Node]:
    return [node] if node.tag == "a" else node.all("a")
