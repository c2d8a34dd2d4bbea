"""The help page, and every example on it through the real engine."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.arrays.made import Arrays
from index.store import DataFolder
from search import language
from search.language import FIELDS
from search.local import LocalEngine, lookup
from search.query import Query
from tests.builders import publish
from tests.oracle import Oracle
from tests.search.contract import DOCUMENTS
from tests.web.html import read
from web import params
from web.app import create_app
from web.pages.help import PARTS, SPEECH

EXAMPLES = [example for part in PARTS if part is not SPEECH for example in part.examples]


def finds_all_of_it(folder: Path, query: Query) -> bool:
    """Whether the first hit has every clause, so that it is not there for some of the words only."""
    engine = LocalEngine(folder)
    hits = engine.search(query).hits
    found = engine.get(hits[0].facts.id) if hits else None
    lexicon = Arrays.load(DataFolder(folder).current().path).lexicon
    return found is not None and bool(Oracle([found], lexicon).match(query).complete)


@pytest.mark.parametrize("query", [example.query for example in EXAMPLES], ids=lambda query: query.text)
def test_every_example_finds_something_in_the_releases_that_come_with_the_project(
    sample_data: Path, query: Query
) -> None:
    assert finds_all_of_it(sample_data, query)


@pytest.mark.corpus
@pytest.mark.parametrize("query", [example.query for part in PARTS for example in part.examples])
def test_every_example_finds_something_in_the_real_corpus(corpus_data: Path, query: Query) -> None:
    assert finds_all_of_it(corpus_data, query)


def test_the_page_shows_every_example_as_a_link_to_its_search(client: FlaskClient) -> None:
    page = read(client.get("/help").text)
    for part in PARTS:
        section = page.one("section", **{"aria-labelledby": part.key})
        assert section.one("h2").text == part.title
        assert [dt.text for dt in section.all("dt")] == [
            f"{e.query.text} + {e.chosen}" if e.chosen else e.query.text for e in part.examples
        ]
        for example, link in zip(part.examples, section.all("a"), strict=True):
            shown = read(client.get(link.attrs["href"] or "").text)
            assert shown.one("input", id="q").attrs["value"] == example.query.text
            box = shown.one("input", id="in")
            assert ("checked" in box.attrs) == (example.query.scope == "quotes")


def test_the_limits_told_are_those_that_there_are(client: FlaskClient) -> None:
    told = read(client.get("/help").text).one("section", **{"aria-labelledby": "granser"}).text
    numbers = (params.MAX_LENGTH, language.MAX_ATOMS, params.MAX_DEPTH, language.MAX_PHRASE, lookup.MAX_EXPANSION)
    assert numbers == (500, 32, 10_000, 10, 50)
    for number in ("500 tecken", "32 första", "10\u00a0000", "tio första", "femtio vanligaste"):
        assert number in told or number.replace("\u00a0", " ") in told


def test_every_field_has_an_example_with_its_swedish_name() -> None:
    typed = " ".join(example.query.text for part in PARTS for example in part.examples)
    swedish = {field: name for name, field in reversed(FIELDS.items())}
    assert [name for name in swedish.values() if f"{name}:" not in typed] == []


def test_it_is_linked_from_the_top_of_every_page_and_from_the_empty_result(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS)
    client = create_app(LocalEngine(tmp_path)).test_client()
    for address in ("/", "/releases/a", "/releases/none"):
        assert read(client.get(address).text).all("header")[0].link("Sökhjälp") == "/help"
    empty = read(client.get("/?q=typ:dikt").text)
    assert empty.one("div", class_="empty").link("sökhjälpen") == "/help"
