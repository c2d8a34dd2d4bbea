"""An engine that is started at a bad moment, or whose index goes away under it."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.errors import ClusterUnavailable
from index.opensearch.catalog import Catalog
from search.engine import Engine
from search.opensearch import OpenSearchEngine, snapshot
from search.opensearch.asking import Asking
from search.opensearch.vocabulary import Vocabulary
from search.query import Query
from tests.cluster import Cluster
from tests.cluster.load import MARGIN
from tests.cluster.trial import Trial
from tests.reliability.rounds import RELEASES, asked

pytestmark = pytest.mark.cluster


def refused(engine: OpenSearchEngine) -> float:
    """After how many seconds an engine says that the cluster can't answer."""
    start = time.monotonic()
    with pytest.raises(ClusterUnavailable):
        engine.search(Query("skolan"))
    return time.monotonic() - start


def test_an_engine_that_is_started_while_the_cluster_hangs_answers_once_it_does(trial: Trial, cluster: Cluster) -> None:
    trial.rebuild(1)
    engine = OpenSearchEngine(replace(trial.connection, timeout=1.5))
    for i in range(3):
        cluster.stop_for_a_while(i)
    engine.prepare()  # a service starts all the same
    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(refused, [engine] * 8)) < 1.5 + MARGIN, "they wait side by side"
    cluster.mend()
    time.sleep(1)  # a node that failed is left alone for a while
    assert engine.search(Query("skolan")).total == RELEASES


def test_an_index_that_takes_longer_to_read_than_an_answer_may_is_read_all_the_same(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.rebuild(1)
    read = []

    def slow(catalog: Catalog, asking: Asking) -> Vocabulary:
        read.append(asking)
        time.sleep(2)
        return Vocabulary(catalog, asking)

    monkeypatch.setattr(snapshot, "Vocabulary", slow)
    engine = OpenSearchEngine(replace(trial.connection, timeout=1.0))
    with ThreadPoolExecutor(4) as pool:
        assert max(pool.map(refused, [engine] * 4)) < 1.0 + MARGIN
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            assert engine.search(Query("skolan")).total == RELEASES
            break
        except ClusterUnavailable:
            continue
    assert len(read) == 1, "it is read once for all"


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: asked(engine) == 3,
        lambda engine: engine.get("r3").release.title == "Skolan varv3",
        lambda engine: len(engine.versions("r3")) == 3,
        lambda engine: len(engine.similar("r3", 20)) == RELEASES - 1,
        lambda engine: {found.release.title for found in engine.export(Query("skolan"))} == {"Skolan varv3"},
    ],
)
def test_when_the_index_is_gone_the_one_that_took_its_place_answers(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Engine], bool]
) -> None:
    """Two rebuilds in the time until it is looked for something newer: what was read of the first is of no use."""
    monkeypatch.setattr(snapshot, "LOOKED_AFTER", 1e9)
    trial.rebuild(1)
    engine = trial.engine
    assert asked(engine) == 1
    for number in (2, 3):
        trial.rebuild(number)
    assert trial.indexes[0] == "000002"
    assert ask(engine)
