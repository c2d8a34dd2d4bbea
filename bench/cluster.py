"""A cluster to measure: three real nodes on this machine, as a server runs them and not as a test does.

The tests' nodes start quickly (`tests/cluster/server.py`); these compile what is hot to the end, collect garbage beside
the work, and have all their heap from the start.
"""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.document import Document
from index.opensearch.connection import Connection
from index.opensearch.publisher import OpenSearchPublisher
from index.store import DataFolder
from tests.cluster import Cluster

HEAP = "1g"
JVM = (f"-Xms{HEAP}", "-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC")
REPLICAS = 1
_PATIENCE = 60.0  # seconds for one answer: a measurement tells how long it takes, it does not give up


@contextmanager
def running() -> Iterator[Cluster]:
    """Three nodes with :data:`HEAP` each; gone afterwards."""
    with tempfile.TemporaryDirectory() as name, Cluster.start(Path(name), heap=HEAP, jvm=JVM) as cluster:
        yield cluster


def at(urls: Sequence[str], name: str) -> Connection:
    """A connection for an index of this name, in one shard, with :data:`REPLICAS`."""
    return Connection(tuple(urls), name=name, timeout=_PATIENCE, replicas=REPLICAS)


def publish(to: Connection, documents: Iterable[Document], *, afresh: bool = True) -> None:
    """Publish documents with our publisher: a new index, or into the one that answers."""
    with tempfile.TemporaryDirectory() as scratch:
        publisher = OpenSearchPublisher(to, DataFolder(Path(scratch)))
        publisher.begin(afresh=afresh)
        for document in documents:
            publisher.add(document, document.release.content_hash())
        publisher.publish(datetime.now(UTC).isoformat(), {})
