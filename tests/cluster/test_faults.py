"""Nodes are killed and paused while people search and while an index is made: answers are whole, late ones are none."""

import json
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from index.errors import ClusterUnavailable
from index.opensearch.bulk import Item, Sender
from search.query import Query, Sort
from tests.cluster import Cluster
from tests.cluster.load import MARGIN, is_a_pause, loaded, service
from tests.cluster.test_nodes import manager
from tests.cluster.trial import Trial
from tests.reliability.rounds import CHANGED, RELEASES

pytestmark = pytest.mark.cluster


@pytest.fixture
def spread(trial: Trial) -> Trial:
    """A round in three parts, each with a copy, so that every node has to do with every answer."""
    spread = replace(trial, connection=replace(trial.connection, shards=3))
    spread.rebuild(1)
    return spread


def test_a_node_is_killed_while_people_search(spread: Trial, cluster: Cluster) -> None:
    with loaded(spread.connection) as load:
        time.sleep(3)
        moment = time.monotonic()
        cluster.kill(manager(cluster, seen_by=0))  # the hardest one to lose: another must be elected
        time.sleep(7)
        calm = time.monotonic()
        time.sleep(3)
    load.tell("a killed node", moment)
    assert len(load.since(moment)) > 50
    assert set(load.since(calm)) == {200}
    cluster.mend()
    assert spread.round == 1


def test_a_node_hangs_while_people_search(spread: Trial, cluster: Cluster) -> None:
    with loaded(spread.connection) as load:
        time.sleep(2)
        moment = time.monotonic()
        hung = (manager(cluster, seen_by=0) + 1) % 3
        cluster.stop_for_a_while(hung)
        time.sleep(8)
        cluster.resume(hung)
        time.sleep(4)
        calm = time.monotonic()
        time.sleep(2)
    load.tell("a node that hangs", moment)
    assert set(load.since(calm)) == {200}


def holding(trial: Trial, index: str) -> int:
    """The number of the node that has the first copy of an index."""
    rows = trial.ask(f"_cat/shards/{index}?format=json&h=prirep,node")
    (name,) = (row["node"] for row in rows if row["prirep"] == "p")
    return int(name.removeprefix("node-"))


@pytest.fixture
def bit_by_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each release in a request of its own, for which nobody waits long."""
    monkeypatch.setattr("index.opensearch.bulk.BYTES", 1)
    monkeypatch.setattr("index.opensearch.bulk.ANSWER", 10.0)


def kill_meanwhile(trial: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the node that has what is written killed once four releases are."""
    usual, sent = Sender._once, [0]

    def once(self: Sender, index: str, chunk: list[Item]) -> list[Item]:
        sent[0] += 1
        if sent[0] == 5:
            cluster.kill(holding(trial, index))
        return usual(self, index, chunk)

    monkeypatch.setattr(Sender, "_once", once)


@pytest.mark.usefixtures("bit_by_bit")
@pytest.mark.parametrize("command", ["rebuild", "update"])
def test_a_node_is_killed_while_releases_are_sent(
    trial: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    trial.rebuild(0)
    with monkeypatch.context() as patched:
        kill_meanwhile(trial, cluster, patched)
        start = time.monotonic()
        trial.rebuild(2) if command == "rebuild" else trial.update(2)
        print(f"{command}: {time.monotonic() - start:.1f} s with a node killed in the middle")
    assert trial.round == 2, "what was acknowledged is there"
    cluster.mend()
    assert trial.round == 2
    assert len(trial.kept()) == RELEASES


@pytest.mark.usefixtures("bit_by_bit")
def test_when_the_only_copy_is_lost_a_rebuild_says_so_and_what_answered_still_does(
    trial: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.rebuild(1)
    monkeypatch.setattr("index.opensearch.bulk.ANSWER", 2.0)
    alone = replace(trial, connection=replace(trial.connection, replicas=0), patience=3.0)
    with monkeypatch.context() as patched, pytest.raises(ClusterUnavailable, match="run the command again when it"):
        kill_meanwhile(alone, cluster, patched)
        alone.rebuild(2)
    assert trial.round == 1
    cluster.mend()
    alone.rebuild(2)
    assert (trial.round, len(trial.indexes)) == (2, 4)


def test_a_part_that_is_lost_is_never_left_out(trial: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.opensearch.catalog._SLOW", 3.0)  # the cluster waits for a minute for the part to be seen
    parts = replace(trial, connection=replace(trial.connection, shards=3, replicas=0, timeout=3.0))
    parts.rebuild(1)
    engine, published = parts.engine, parts.published
    engine.prepare()
    cluster.kill(2)
    cluster.wait("red")
    everything = Query("skolan", size=RELEASES)
    answered = []
    for asked in (
        lambda: engine.search(everything),
        lambda: list(engine.export(everything)),
        lambda: [engine.get(f"r{n}") for n in range(RELEASES)],
        lambda: [engine.related(f"r{n}") for n in range(RELEASES)],
        lambda: parts.catalog.count(published.index),
        lambda: dict(parts.catalog.digests(published)),
        lambda: parts.catalog.require(published.index, RELEASES),
    ):
        with suppress(ClusterUnavailable):
            answered.append(asked())
    assert answered == []
    cluster.mend()
    assert parts.round == 1


def test_an_export_across_a_killed_node_is_whole_or_ends_with_an_error(
    spread: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opensearch.engine._STEP", 4)
    engine = spread.engine
    exports = [engine.export(Query("", sort=Sort.OLDEST)) for _ in range(6)]
    begun = [[next(export).release.id] for export in exports]
    cluster.kill(2)
    failed = 0
    for ids, export in zip(begun, exports, strict=True):
        try:
            ids += [found.release.id for found in export]
            assert len(set(ids)) == len(ids) == RELEASES
        except ClusterUnavailable:
            failed += 1
    print(f"{failed} of {len(exports)} exports ended with an error")
    cluster.wait("yellow")
    assert len(list(engine.export(Query("")))) == RELEASES


def test_without_a_majority_of_nodes_nothing_is_wrong_and_nothing_lost(
    trial: Trial, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.opensearch.catalog._SLOW", 2.0)
    trial = replace(trial, connection=replace(trial.connection, timeout=2.0))
    trial.rebuild(0)
    trial.update(1)
    before, after = (service(trial.connection).test_client() for _ in range(2))
    assert before.get("/?q=skolan").status_code == 200
    cluster.kill(1)
    cluster.kill(2)
    for client in (before, after):  # one that had read the index, and one that is started now
        told = []
        for address in ("/api/v1/search?q=varv0", "/?q=skolan", "/en/?q=skolan"):
            start = time.monotonic()
            answer = client.get(address)
            told.append(answer.status_code)
            assert time.monotonic() - start < trial.connection.timeout + MARGIN
            if answer.status_code != 200 or address.startswith("/api"):
                assert is_a_pause(address, answer) or json.loads(answer.data)["total"] == RELEASES - CHANGED
        print(f"without a majority: {told}")
    start = time.monotonic()
    for run in (trial.rebuild, trial.update):
        with pytest.raises(ClusterUnavailable, match="Try again in a while"):
            run(3)
    assert time.monotonic() - start < 2 * (trial.connection.timeout + MARGIN)
    cluster.mend()
    assert trial.round == 1
    trial.update(3)
    assert trial.round == 3
