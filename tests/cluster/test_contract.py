"""What every engine must do, by the engine on a cluster: the suite of the local engine, unchanged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from index.document import Document, Version
from index.opensearch.connection import Connection
from index.opensearch.publisher import OpenSearchPublisher
from index.store import DataFolder
from search.opensearch import OpenSearchEngine
from tests.builders import NOW
from tests.cluster import Cluster, ask
from tests.search.contract import EngineContract, Publish
from tests.search.profiles import ProfileContract
from tests.search.relations import RelatedContract
from tests.search.timelines import TimelineContract

pytestmark = pytest.mark.cluster
_NUMBERS = count()


@pytest.fixture(scope="module")
def published(cluster: Cluster) -> Iterator[dict[tuple[object, ...], OpenSearchEngine]]:
    """The engines by what they answer over: making an index takes longer than asking one."""
    yield {}
    # They have no copies: with a node that is killed later, some would be lost.
    ask(f"{cluster.url(0)}/contract*", "DELETE")


@pytest.fixture
def publish(cluster: Cluster, tmp_path: Path, published: dict[tuple[object, ...], OpenSearchEngine]) -> Publish:
    connection = Connection(tuple(cluster.urls), timeout=30.0, replicas=0)

    def publish(
        documents: Iterable[Document], earlier: Mapping[str, Sequence[Version]] | None = None
    ) -> OpenSearchEngine:
        held, before = tuple(documents), {key: tuple(versions) for key, versions in (earlier or {}).items()}
        key = (held, tuple(before.items()))
        if key not in published:
            own = replace(connection, name=f"contract{next(_NUMBERS)}")
            publisher = OpenSearchPublisher(own, DataFolder(tmp_path))
            publisher.begin(afresh=True)
            for one in held:
                publisher.add(one, one.release.content_hash(), before.get(one.release.id, ()))
            publisher.publish(NOW, {})
            published[key] = OpenSearchEngine(own)
        return published[key]

    return publish


class TestContract(EngineContract):
    """It does what every engine must."""


class TestRelated(RelatedContract):
    """And finds what goes before and after as every engine must."""


class TestProfiles(ProfileContract):
    """And profiles as every engine must."""


class TestTimelines(TimelineContract):
    """And counts by period as every engine must."""
