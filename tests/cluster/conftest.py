"""One cluster for all tests that ask for it, whole again after each."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from index.opensearch.connection import Connection
from index.store import DataFolder
from tests.cluster import Cluster, ask
from tests.cluster.trial import Trial

_NUMBERS = count()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three nodes; tests may kill and pause them, and use indexes with names of their own."""
    with Cluster.start(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(autouse=True)
def mended(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that used the cluster, every node runs again."""
    yield
    if "cluster" in request.fixturenames:
        request.getfixturevalue("cluster").mend()


@pytest.fixture
def connection(cluster: Cluster) -> Iterator[Connection]:
    """A name of its own in the cluster, with a copy of everything; nothing of it is left after the test."""
    own = Connection(tuple(cluster.urls), name=f"trial{next(_NUMBERS)}", replicas=1, timeout=5.0)
    yield own
    cluster.mend()
    ask(f"{cluster.url(0)}/{own.name}-*", "DELETE")


@pytest.fixture
def trial(connection: Connection, tmp_path: Path) -> Trial:
    """A data folder that is published under that name."""
    return Trial(connection, DataFolder(tmp_path / "data"))
