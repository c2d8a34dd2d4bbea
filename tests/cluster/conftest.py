"""One cluster for all tests that ask for it, whole again after each."""

from collections.abc import Iterator

import pytest

from tests.cluster import Cluster


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
