"""A cluster that takes little at once gets everything in the end, and people are told to wait."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.errors import ClusterUnavailable
from index.opensearch.bulk import Sender, Writing
from search.query import Query
from tests.builders import document
from tests.cluster import Cluster, ask
from tests.cluster.load import loaded
from tests.cluster.trial import Trial
from tests.reliability.rounds import RELEASES

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A node that takes little at once, and one that only coordinates: it is number 1."""
    little = {
        "thread_pool.search.size": "1",
        "thread_pool.search.queue_size": "1",
        "indexing_pressure.memory.limit": "1mb",
    }
    with Cluster.start(
        tmp_path_factory.mktemp("small"), nodes=1, coordinating=1, heap="256m", settings=little
    ) as started:
        yield started


@pytest.fixture
def little(trial: Trial, small: Cluster) -> Trial:
    """A data folder that is published there."""
    small.mend()
    return replace(trial, connection=replace(trial.connection, urls=tuple(reversed(small.urls)), replicas=0))


def rejected(small: Cluster) -> int:
    """How often the small cluster has refused to take what it was sent."""
    found = ask(f"{small.url(0)}/_nodes/stats/indexing_pressure")[1]["nodes"].values()
    totals = [node["indexing_pressure"]["memory"]["total"] for node in found]
    return sum(total["coordinating_rejections"] + total["primary_rejections"] for total in totals)


def test_a_cluster_that_takes_little_at_once_gets_everything_in_the_end(little: Trial, small: Cluster) -> None:
    """Several send at once what it takes of one alone."""
    index = little.connection.name + "-000009"
    bulky = b'{"text": "' + b"x" * 400_000 + b'"}'
    with ThreadPoolExecutor(6) as pool:
        senders = [
            pool.submit(Sender(little.connection).send, index, [Writing(f"{n}-{i}", 1, bulky)])
            for n in range(6)
            for i in range(10)
        ]
        for sender in senders:
            sender.result()
    little.ask(f"{index}/_refresh", "POST")
    assert little.ask(f"{index}/_count")["count"] == 60
    assert rejected(small) > 0
    print(f"refused {rejected(small)} times")
    little.ask(index, "DELETE")


def test_what_a_cluster_never_takes_ends_with_advice(little: Trial) -> None:
    impatient = replace(little, patience=1.0)
    start = time.monotonic()
    big = document("a", body=" ".join(f"ord{n * 7919 % 1_000_003}" for n in range(60_000)))  # hardly to be packed
    with pytest.raises(ClusterUnavailable, match=r"did not take 1 documents within 1 s: .* run the command again"):
        impatient.publish([big])
    assert time.monotonic() - start < 10
    assert impatient.catalog.answering == ()


def test_more_searches_than_a_cluster_can_take_are_told_to_wait(little: Trial) -> None:
    little.rebuild(1)
    with loaded(little.connection) as load:
        moment = time.monotonic()
        time.sleep(4)
    load.tell("too many searches", moment)
    statuses = [status for _, _, status in load.answers]
    assert statuses.count(200) > 0 and statuses.count(503) > 0
    assert little.round == 1


def test_when_the_coordinating_node_is_gone_the_next_one_is_asked(little: Trial, small: Cluster) -> None:
    little.rebuild(1)
    engine = little.engine
    engine.prepare()
    small.kill(1)
    start = time.monotonic()
    for _ in range(20):
        assert engine.search(Query("skolan")).total == RELEASES
    assert time.monotonic() - start < 10
    little.rebuild(2)
    assert little.round == 2
