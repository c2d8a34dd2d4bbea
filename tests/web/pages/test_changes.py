from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.document import Version
from index.release import Link, Release
from search.engine import Engine
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.html import Node, read
from web.pages.changes import _OTHERS, _PARTS, MOST

ClientOf = Callable[[Engine], FlaskClient]
BOSTAD = DOCUMENTS[0]
PAGE = "/releases/p.2018.bostad/changes"


def changed(*earlier: Release) -> FakeEngine:
    """An engine that has the first document's earlier versions, seen on the first days of 2024."""
    versions = tuple(Version(n, f"2024-01-{n:02}T10:00:00Z", release) for n, release in enumerate(earlier, start=1))
    known = replace(BOSTAD.provenance, changed="2024-05-03T10:00:00Z", versions=len(earlier) + 1)
    present = replace(BOSTAD, provenance=known)
    return FakeEngine((present, *DOCUMENTS[1:]), earlier={BOSTAD.release.id: versions})


def page_of(client: FlaskClient, address: str = PAGE) -> Node:
    response = client.get(address)
    assert response.status_code == 200
    return read(response.text)


FIRST = replace(BOSTAD.release, title="Uppdrag om hus", links=())
SECOND = replace(BOSTAD.release, body=BOSTAD.release.body.replace("Skriv en rapport", "Skriv en lång rapport"))


def test_what_changed_and_when_is_told_newest_first(client_of: ClientOf) -> None:
    page = page_of(client_of(changed(FIRST, SECOND)))
    assert [h.text for h in page.all("h2")] == ["3 maj 2024", "2 januari 2024"]
    newest, oldest = page.all("section")
    assert [p.text for p in newest.all("p", class_="overline")] == ["Version 3 av 3"]
    assert [d.text for d in newest.all("del")] == ["[borttaget: lång ]"]
    assert not newest.all("ins")
    assert [h.text for h in oldest.all("h3")] == ["Rubrik", "Text"]
    assert [i.text for i in oldest.all("ins")] == ["[tillagt: bostad ]", "[tillagt: lång ]"]
    assert "Också ändrat: länkarna." in oldest.text
    assert "oförändrade stycken" in newest.text


def test_it_is_in_both_languages_and_not_for_search_engines(client_of: ClientOf) -> None:
    client = client_of(changed(FIRST))
    for address, language in ((PAGE, "sv"), (f"/en{PAGE}", "en")):
        page = page_of(client, address)
        assert page.one("html").attrs["lang"] == language
        assert page.one("meta", name="robots").attrs["content"] == "noindex"
        assert {node.attrs["lang"] for node in page.all("div", class_="compared")} == {"sv"}
        assert [span.attrs.get("lang") for span in page.all("div", class_="compared")[0].one("del").all("span")] == [
            language,
            None,
        ]


def test_the_release_leads_to_its_changes_when_there_are_any(client_of: ClientOf, client: FlaskClient) -> None:
    for earlier, said in (((FIRST,), "Ändrad 3 maj 2024"), ((FIRST, SECOND), "Ändrad 2 gånger, senast 3 maj 2024")):
        page = page_of(client_of(changed(*earlier)), "/releases/p.2018.bostad")
        assert page.link(said) == PAGE
    assert "Ändrad" not in page_of(client, "/releases/p.2018.bostad").text


def test_a_release_that_never_changed_says_so_and_an_unknown_one_has_no_page(client: FlaskClient) -> None:
    page = page_of(client)
    assert "har inte ändrats sedan den hämtades 2 januari 2024" in page.text
    assert not page.all("section")
    assert client.get("/releases/none/changes").status_code == 404


def test_what_only_looks_different_is_told_in_words(client_of: ClientOf) -> None:
    page = page_of(client_of(changed(replace(BOSTAD.release, body=BOSTAD.release.body.replace("## ", "")))))
    assert "Ändrat: textens uppställning." in page.text
    assert not page.all("h3")


def test_only_the_latest_changes_are_shown_and_the_others_are_led_to(client_of: ClientOf) -> None:
    releases = [replace(BOSTAD.release, title=f"Uppdrag {n}") for n in range(MOST + 5)]
    client = client_of(changed(*releases))
    page = page_of(client)
    assert len(page.all("section")) == MOST
    versions = client.get(page.link("Alla versioner")).get_json()["versions"]
    assert [v["number"] for v in versions] == list(range(MOST + 6, 0, -1))


def test_what_a_source_holds_is_no_html(client_of: ClientOf) -> None:
    text = client_of(changed(replace(BOSTAD.release, title="<script>alert(1)</script>"))).get(PAGE).text
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_every_field_of_a_release_is_compared() -> None:
    assert {name for name, _ in (*_PARTS, *_OTHERS)} == {f.name for f in fields(Release)} - {"id"}


@pytest.mark.parametrize("name", [name for name, _ in _OTHERS])
def test_each_other_field_that_changed_is_named(client_of: ClientOf, name: str) -> None:
    another: dict[str, Any] = {name: (Link("a", "b"),) if name in ("links", "attachments") else "x"}
    other = replace(BOSTAD.release, **another)
    assert f"Ändrat: {dict(_OTHERS)[name]!s}." in page_of(client_of(changed(other))).text


def test_a_hit_that_is_gone_from_its_source_says_so(client_of: ClientOf) -> None:
    gone = replace(BOSTAD, provenance=replace(BOSTAD.provenance, removed="2024-05-03T10:00:00Z"))
    page = page_of(client_of(FakeEngine((gone, DOCUMENTS[1]))), "/?q=uppdrag")
    assert ["borttaget hos källan" in hit.text for hit in page.all("li", class_="hit")] == [True, False]
