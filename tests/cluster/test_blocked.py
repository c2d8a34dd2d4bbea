"""A cluster, or an index, that is read-only: people search on, runs say what to do, and do it when that is done."""

from collections.abc import Callable, Iterator

import pytest

from index.build import Summary
from index.errors import ClusterRefused
from search.query import Query
from tests.cluster import Cluster, ask
from tests.cluster.load import service
from tests.cluster.trial import Trial
from tests.reliability.rounds import RELEASES

pytestmark = pytest.mark.cluster
Run = Callable[[Trial, int], Summary]


@pytest.fixture
def block(cluster: Cluster) -> Iterator[Callable[[object], None]]:
    """Sets ``cluster.blocks.read_only``; None lifts it."""

    def block(value: object) -> None:
        body = {"persistent": {"cluster.blocks.read_only": value}}
        assert ask(f"{cluster.url(0)}/_cluster/settings", "PUT", body)[0] == 200

    yield block
    block(None)


@pytest.mark.parametrize("run", [Trial.rebuild, Trial.update])
def test_a_cluster_that_is_read_only(trial: Trial, block: Callable[[object], None], run: Run) -> None:
    trial.rebuild(1)
    block(True)
    with pytest.raises(ClusterRefused, match=r"read-only\. Have whoever runs it lift the block"):
        run(trial, 2)
    engine, client = trial.engine, service(trial.connection).test_client()
    assert trial.round == 1
    assert len(list(engine.export(Query("skolan")))) == RELEASES
    assert client.get("/?q=skolan").status_code == 200
    block(None)
    run(trial, 2)
    assert trial.round == 2


def test_an_index_that_is_read_only_because_the_disk_is_full(trial: Trial) -> None:
    """What the cluster does by itself at its flood stage. It would be waited for in vain."""
    trial.rebuild(0)
    index = trial.published.index

    def block(value: object) -> None:
        trial.ask(f"{index}/_settings", "PUT", {"index.blocks.read_only_allow_delete": value})

    block(True)
    with pytest.raises(ClusterRefused, match="Make room there, then run it again"):
        trial.update(2)
    assert trial.engine.search(Query("varv0")).total == RELEASES
    block(None)
    trial.update(2)
    assert (trial.round, trial.published.index) == (2, index)
