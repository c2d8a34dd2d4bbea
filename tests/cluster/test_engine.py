"""What only the engine on a cluster has to do: notice what is new, page far down, and answer from several shards."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Document
from index.errors import ClusterUnavailable, NoGeneration
from index.opensearch.connection import Connection, within
from index.opensearch.publisher import OpenSearchPublisher
from index.store import DataFolder
from search.local import LocalEngine
from search.opensearch import OpenSearchEngine, engine, snapshot
from search.page import Page
from search.query import Filters, Query, Scope, Sort
from tests import builders
from tests.builders import document, month
from tests.search.contract import DOCUMENTS, counts, ids

pytestmark = pytest.mark.cluster
SKOLA = [document(f"r{n:03}", span=month(2020, 1 + n % 12), title="Skola", agencies=["Skolverket"]) for n in range(60)]


@pytest.fixture
def connection(connection: Connection) -> Connection:
    """One without copies: nothing is killed here."""
    return replace(connection, timeout=30.0, replicas=0)


def publish(connection: Connection, documents: Iterable[Document], at: str = builders.NOW, **how: bool) -> str:
    publisher = OpenSearchPublisher(connection, DataFolder(Path("unused")))
    held = publisher.begin(afresh=how.get("afresh", True))
    for one in documents:
        if held.get(one.release.id) != one.release.content_hash():
            publisher.add(one, one.release.content_hash())
    return publisher.publish(at, {})


def until(said: Callable[[], bool], patience: float = 20.0) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if said():
            return True
        time.sleep(0.1)
    return False


def test_without_an_index_it_names_the_command_and_answers_as_soon_as_there_is_one(connection: Connection) -> None:
    asked = OpenSearchEngine(connection)
    with pytest.raises(NoGeneration, match="pressok rebuild"):
        asked.search(Query())
    publish(connection, DOCUMENTS)
    assert asked.status().releases == 7


def test_an_update_is_found_at_once_and_its_names_a_moment_later(connection: Connection) -> None:
    publish(connection, DOCUMENTS)
    asked = OpenSearchEngine(connection)
    assert asked.search(Query("älvdal")).total == 0
    new = document("new", span=month(2024, 1), title="Älvdalen får tåg", agencies=["Trafikverket"])
    publish(connection, [new], "2024-06-01T00:00:00Z", afresh=False)
    assert ids(asked.search(Query("älvdalen", verbatim=True))) == ["new"]
    assert until(lambda: "trafikverket" in counts(asked.search(Query()), "agency"))
    status = asked.status()
    assert (status.generation, status.releases, status.newest) == ("000001.1", 8, "2024-01-01")
    assert "Älvdalen får tåg" in [found.text for found in asked.suggest("älvd")]


def test_another_index_is_noticed_while_the_one_before_answers(connection: Connection) -> None:
    publish(connection, SKOLA[:50])
    asked = OpenSearchEngine(connection)
    assert asked.search(Query("skola")).total == 50
    publish(connection, SKOLA, "2024-06-01T00:00:00Z")
    seen: list[int] = []

    def renewed() -> bool:
        seen.append(asked.search(Query("skola")).total)
        return seen[-1] == 60

    assert until(renewed)
    assert set(seen) <= {50, 60}


def test_an_index_that_is_removed_at_once_is_followed_by_the_next_within_the_same_answer(
    connection: Connection,
) -> None:
    publish(connection, SKOLA[:50])
    asked = OpenSearchEngine(connection)
    assert asked.search(Query("skola")).total == 50
    publish(connection, SKOLA, "2024-06-01T00:00:00Z")
    OpenSearchPublisher(connection, DataFolder(Path("unused"))).remove_old()
    assert asked.search(Query("skola")).total == 60


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_beyond_the_window_are_walked_to(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    publish(connection, SKOLA)
    asked = OpenSearchEngine(connection)
    whole = ids(asked.search(Query("skola", sort=sort, size=60)))
    monkeypatch.setattr(engine, "WINDOW", 15)
    monkeypatch.setattr(engine, "_STEP", 7)
    pages: list[Page] = [asked.search(Query("skola", sort=sort, page=number, size=10)) for number in range(1, 8)]
    assert [release_id for page in pages for release_id in ids(page)] == whole
    assert {page.total for page in pages} == {60}
    assert [one.release.id for one in asked.export(Query("skola", sort=sort))] == whole


def test_several_shards_answer_as_one(connection: Connection, tmp_path: Path) -> None:
    documents = [*DOCUMENTS, *SKOLA]
    publish(replace(connection, shards=3), documents)
    builders.publish(tmp_path, documents)
    there, here = OpenSearchEngine(connection), LocalEngine(tmp_path)
    for query in (
        Query("skola"),
        Query("segregation skolor"),
        Query("polisen"),
        Query("skola", Filters.of(agency=["skolverket"], year=["2020"]), size=7, page=3),
        Query(sort=Sort.OLDEST, size=100),
    ):
        found, expected = there.search(query), here.search(query)
        assert (ids(found), found.total, found.matching) == (ids(expected), expected.total, expected.matching)
        assert found.facets == expected.facets
        assert [hit.score for hit in found.hits] == pytest.approx([hit.score for hit in expected.hits], rel=0.1)


def test_who_can_not_wait_for_the_index_to_be_read_is_told_so_and_it_is_read_all_the_same(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(connection, DOCUMENTS)
    asked = OpenSearchEngine(connection)
    read = snapshot.Snapshot

    def slowly(*args: object) -> object:
        time.sleep(1.0)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshot, "Snapshot", slowly)
    with within(0.2), pytest.raises(ClusterUnavailable, match="Try again"):
        asked.status()
    assert until(lambda: asked.status().releases == 7)


LETTERS = "abcdefghijklmnoprstuvy"
WIDE = [document(f"w{n}", title=" ".join(f"{letter}ord{n}" for letter in LETTERS), body="Skolan.") for n in range(60)]


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize(
    "text",
    [
        "skolan aord* bord*",
        "titel:aord* titel:bord* cord*",
        "aord* OR bord* cord1 dord*",
        " ".join(f"{letter}ord*" for letter in LETTERS),
        " ".join(f"{letter}ord*" for letter in LETTERS) + " finnsinte",
        " ".join(f"{letter}ord{n}" for n in range(3) for letter in LETTERS[:10]),
    ],
)
def test_whatever_is_typed_is_not_too_much_for_a_cluster(
    connection: Connection, tmp_path: Path, text: str, scope: Scope
) -> None:
    """It takes 1,024 leaves in a query, and a word with an asterisk stands for fifty."""
    publish(connection, WIDE)
    builders.publish(tmp_path, WIDE)
    asked, local = OpenSearchEngine(connection), LocalEngine(tmp_path)
    found, expected = (one.search(Query(text, scope=scope)) for one in (asked, local))
    assert (found.total, found.matching) == (expected.total, expected.matching)
    assert len(list(asked.export(Query(text, scope=scope)))) == expected.total
