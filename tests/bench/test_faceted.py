import json
import sqlite3
from pathlib import Path

import pytest

from bench import datasette_site
from bench.faceted.common import Peer
from bench.faceted.with_fts5 import FTS5
from bench.faceted.with_whoosh import StockWhoosh, from_stored
from index.document import Document
from tests.builders import document, month

DOCUMENTS = [
    document("a", title="Skogen", body="Här finns en älg.", span=month(2018, 4), ministers=["Ada Ek"]),
    document("b", title="Älgar i skogar", body="Två älgar.", span=month(2019, 1), ministers=["Ada Ek", "Bo Al"]),
    document("c", title="Havet", summary="Om en älg i skogen.", span=month(2019, 2)),
    document("d", title="Älgen", body="Bara den."),
]


def renamed(one: Document) -> Document:
    return document(one.release.id, title="Havet", body=one.release.body)


@pytest.fixture(params=["FTS5", "Whoosh", "Whoosh, stored", "tantivy"])
def peer(request: pytest.FixtureRequest) -> Peer:
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="only in the bench environment")
        from bench.faceted.with_tantivy import Tantivy

        return Tantivy()
    if request.param == "FTS5":
        return FTS5()
    return StockWhoosh(facet=from_stored) if "stored" in request.param else StockWhoosh()


def test_peers_find_all_words_by_their_stems_in_title_summary_and_body(peer: Peer) -> None:
    peer.add(DOCUMENTS)
    found = peer.ask("älgarna skogen")
    assert (found.total, set(found.ids)) == (3, {"a", "b", "c"})
    assert peer.ask("älgarna havet skogen").ids == ["c"]
    assert peer.ask("tåget").total == 0


def test_a_peer_finds_what_was_put_in_the_place_of_a_release(peer: Peer) -> None:
    peer.add(DOCUMENTS)
    peer.replace([renamed(DOCUMENTS[0])])
    assert set(peer.ask("havet älg").ids) == {"a", "c"}
    assert set(peer.ask("skogen").ids) == {"b", "c"}


def test_fts5_counts_each_value_once_per_hit() -> None:
    peer = FTS5()
    peer.add(DOCUMENTS)
    counts = sorted(count for _, count in peer.ask("älg skog").counts)
    assert counts == [1, 1, 2, 2]  # 2018, Bo Al; 2019, Ada Ek


@pytest.mark.parametrize("peer", [StockWhoosh(), StockWhoosh(facet=from_stored)])
def test_whoosh_counts_each_value_once_per_hit(peer: Peer) -> None:
    peer.add(DOCUMENTS)
    counts = peer.ask("älg skog").counts
    assert counts["year"] == {"2018": 1, "2019": 2}
    assert {key: n for key, n in counts["minister"].items() if key} == {"ada-ek": 2, "bo-al": 1}


def test_tantivy_counts_each_value_once_per_hit() -> None:
    pytest.importorskip("tantivy", reason="only in the bench environment")
    from bench.faceted.with_tantivy import Tantivy

    peer = Tantivy()
    peer.add(DOCUMENTS)
    counts = peer.ask("älg skog").counts
    assert sorted(bucket["doc_count"] for bucket in counts["year"]["buckets"]) == [1, 2]
    assert sorted(bucket["doc_count"] for bucket in counts["minister"]["buckets"]) == [1, 2]


@pytest.mark.parametrize("bodies", [True, False])
def test_the_table_for_datasette_has_facets_as_json(tmp_path: Path, bodies: bool) -> None:
    datasette_site.write(tmp_path / "releases.db", DOCUMENTS, bodies=bodies)
    database = sqlite3.connect(tmp_path / "releases.db")
    cursor = database.execute("select * from release where number = 2")
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    database.close()
    assert json.loads(row["minister"]) == ["ada-ek", "bo-al"]
    assert ("body" in row) == bodies


def test_a_page_of_tantivy_holds_titles_marked_snippets_and_every_facet() -> None:
    pytest.importorskip("tantivy", reason="only in the bench environment")
    from bench.faceted.with_snippets import TantivyPage

    peer = TantivyPage()
    peer.add(DOCUMENTS)
    found = peer.ask("älg skogen")
    shown, counts = found.counts
    assert ("a", "Skogen") in [row[:2] for row in shown]
    assert any("<b>älg</b>" in row[2] for row in shown)
    assert sum(bucket["doc_count"] for bucket in counts["year"]["buckets"]) == 3
