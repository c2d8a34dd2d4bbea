"""Nodes join, are missed when they are gone, and come back with what they held."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import Cluster, ClusterError, ask

SETTINGS = {"number_of_shards": 1, "number_of_replicas": 2}


@pytest.fixture
def notes(cluster: Cluster) -> Iterator[str]:
    """The only index that there is, with a copy on each node and one document."""
    ask(f"{cluster.url(0)}/*", "DELETE")  # without copies, others would be lost with the node that is killed
    assert ask(f"{cluster.url(0)}/notes", "PUT", {"settings": SETTINGS})[0] == 200
    assert ask(f"{cluster.url(0)}/notes/_doc/1?refresh=true", "PUT", {"text": "En anteckning"})[0] == 201
    cluster.wait("green")
    yield "notes"
    cluster.mend()
    ask(f"{cluster.url(0)}/notes", "DELETE")


def found(url: str) -> int:
    """How many documents of the index a node finds for a word."""
    status, answer = ask(f"{url}/notes/_search?q=anteckning&allow_partial_search_results=false")
    assert status == 200, answer
    return int(answer["hits"]["total"]["value"])


def manager(cluster: Cluster, seen_by: int) -> int:
    """The number of the node that manages the cluster."""
    rows = ask(f"{cluster.url(seen_by)}/_cat/cluster_manager?format=json")[1]
    return int(rows[0]["node"].removeprefix("node-"))


@pytest.mark.cluster
def test_three_nodes_join(cluster: Cluster) -> None:
    rows = ask(f"{cluster.url(2)}/_cat/nodes?format=json&h=name,ip,node.role")[1]
    assert sorted(row["name"] for row in rows) == ["node-0", "node-1", "node-2"]
    assert {row["ip"] for row in rows} == {"127.0.0.1"}
    assert {row["node.role"] for row in rows} == {"dim"}


@pytest.mark.cluster
def test_every_node_answers_and_without_one_the_others_do(cluster: Cluster, notes: str) -> None:
    assert [found(url) for url in cluster.urls] == [1, 1, 1]
    gone = manager(cluster, seen_by=0)  # the hardest one to lose: another must be elected
    cluster.kill(gone)
    cluster.wait("yellow", timeout=15)
    assert [found(cluster.url(i)) for i in cluster.running] == [1, 1]
    with pytest.raises(OSError, match="refused"):
        ask(cluster.url(gone))
    cluster.start_again(gone)
    cluster.wait("green")
    assert [found(url) for url in cluster.urls] == [1, 1, 1]


@pytest.mark.cluster
def test_a_node_that_hangs_is_missed_and_may_come_back(cluster: Cluster, notes: str) -> None:
    hung = (manager(cluster, seen_by=0) + 1) % 3
    cluster.stop_for_a_while(hung)
    began = time.monotonic()
    cluster.wait("yellow", timeout=30)
    assert time.monotonic() - began > 0.5, "nobody can know as early as that"
    assert [found(cluster.url(i)) for i in cluster.running] == [1, 1]
    with pytest.raises(TimeoutError):
        ask(cluster.url(hung), timeout=0.5)
    cluster.resume(hung)
    cluster.wait("green")
    assert found(cluster.url(hung)) == 1


@pytest.mark.cluster
def test_the_filters_and_scripts_that_an_engine_needs_are_there(cluster: Cluster) -> None:
    chain = ["lowercase", {"type": "stemmer_override", "rules": ["möss => mus"]}, "delimited_term_freq"]
    status, answer = ask(
        f"{cluster.url(0)}/_analyze", "POST", {"tokenizer": "whitespace", "filter": chain, "text": "Möss|3"}
    )
    assert (status, [token["token"] for token in answer["tokens"]]) == (200, ["möss"]), answer
    script = {"script": {"lang": "painless", "source": "Math.max(params.a, 2) * 3", "params": {"a": 5}}}
    assert ask(f"{cluster.url(0)}/_scripts/painless/_execute", "POST", script) == (200, {"result": "15.0"})


@pytest.mark.cluster
def test_a_node_that_only_coordinates_joins_and_nothing_is_left_at_the_end(tmp_path: Path) -> None:
    with Cluster.start(tmp_path, nodes=1, coordinating=1, heap="256m") as small:
        rows = ask(f"{small.url(1)}/_cat/nodes?format=json&h=name,node.role")[1]
        assert {row["name"]: row["node.role"] for row in rows} == {"node-0": "dim", "node-1": "-"}
        urls = small.urls
    for url in urls:
        with pytest.raises(OSError, match="refused"):
            ask(url)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["node-0.log", "node-1.log"]


@pytest.mark.cluster
def test_a_node_that_does_not_come_up_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ClusterError, match=r"(?s)node-0 ended by itself with 1; .*Address already in use"):
            Cluster.start(tmp_path, nodes=1, ports=[port])


def test_a_missing_tool_is_told_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.cluster.server.BUILD", tmp_path / "build")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClusterError, match=r"mvn is not installed; .* apt-get install maven"):
        Cluster.start(tmp_path / "data")


def test_a_folder_with_the_data_of_another_cluster_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "node-0").mkdir()
    with pytest.raises(ClusterError, match="remove it first"):
        Cluster.start(tmp_path)
    assert (tmp_path / "node-0").is_dir()
