"""What bench/ asks of a cluster works on a real one; how fast is not for a test to say."""

from pathlib import Path

import pytest

pytest.importorskip("tantivy", reason="only in the bench environment")
pytest.importorskip("scipy", reason="only in the bench environment")

from bench.cluster import at, publish
from bench.relevance_cluster import exported
from bench.scale_engines import index
from bench.scale_out import indexed, remove
from bench.server_analysis import ServerAnalysis, Way
from index.swedish.lexicon import Lexicon
from search.opensearch import OpenSearchEngine
from tests.builders import document
from tests.cluster import Cluster

pytestmark = pytest.mark.cluster
DOCUMENTS = [
    document("a", title="Musik på gatan", body="Ett torg med musik."),
    document("b", title="Om gatumusik"),
    document("c", title="Världshälsoorganisationen svarar"),
]
LEXICON = Lexicon.learn({"gatumusik": 3, "gata": 9, "gatan": 9, "musik": 9})


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> ServerAnalysis:
    made = ServerAnalysis(at(cluster.urls, "by-the-server"))
    made.make(DOCUMENTS, LEXICON)
    return made


@pytest.mark.parametrize(
    ("text", "found"), [("musiken", {"a", "b"}), ("gatorna", {"a", "b"}), ("WHO", {"c"}), ("vindar", set())]
)
def test_the_servers_analysis_knows_stems_compounds_and_names(
    server: ServerAnalysis, text: str, found: set[str]
) -> None:
    assert set(server.rank(Way(""))(text)) == found
    assert server.page(Way(""), text) == len(found)


def test_parts_of_a_compound_that_is_asked_for_are_found_apart(server: ServerAnalysis) -> None:
    assert server.rank(Way("", parts=0.5))("gatumusik")[0] == "b"
    assert "a" in server.rank(Way("", parts=0.5))("gatumusik")


def test_what_is_published_is_found_in_the_engines_order(cluster: Cluster) -> None:
    to = at(cluster.urls, "ready")
    publish(to, DOCUMENTS)
    assert set(exported(OpenSearchEngine(to), "musik")) == {"a", "b"}


def test_making_an_index_and_changing_it_is_measured(cluster: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(one.to_json() + "\n" for one in DOCUMENTS), encoding="utf-8")
    figures = indexed(cluster, "measured", path)
    assert min(figures.values()) > 0
    assert figures["copies"] > figures["disk"]
    remove(cluster, "measured")
    assert index(",".join(cluster.urls), "measured", str(path))["update"] > 0
