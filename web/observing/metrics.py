"""Figures for Prometheus, added up over all workers.

Import this only once ``PROMETHEUS_MULTIPROC_DIR`` is set: the client looks there for how to count when it is imported.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from index.errors import IndexUnavailable
from search.engine import Engine
from search.page import Status

# Seconds. A search is answered in about a millisecond, a page in a few; what takes longer is an export or a fault.
_SECONDS = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 1.0, 4.0)
_HITS = (0, 1, 10, 100, 1000)


class Metrics:
    """What is counted while requests are answered. Make one, before workers part from their master."""

    def __init__(self) -> None:
        made = CollectorRegistry()  # whose values this process alone has; what is given out is read from the files
        self._requests = Counter(
            "pressok_requests", "Requests that were answered.", ["endpoint", "method", "status"], registry=made
        )
        self._seconds = Histogram(
            "pressok_request_seconds",
            "Time in the application, waiting for its turn included, sending not.",
            ["endpoint"],
            buckets=_SECONDS,
            registry=made,
        )
        self._working = Gauge(
            "pressok_requests_in_progress",
            "Requests that are being answered or wait for their turn.",
            multiprocess_mode="livesum",
            registry=made,
        )
        self._hits = Histogram("pressok_search_hits", "What first pages found.", buckets=_HITS, registry=made)
        self._empty = Counter("pressok_searches_without_hits", "First pages that found nothing.", registry=made)
        self._kept = cache(self._of)  # finding them by their labels costs more than counting

    def begin(self) -> None:
        """A request has come."""
        self._working.inc()

    def end(self, endpoint: str, method: str, status: str, seconds: float) -> None:
        """It is answered. What is given is one of a few words each, never something that a client chose."""
        self._working.dec()
        requests, times = self._kept(endpoint, method, status)
        requests.inc()
        times.observe(seconds)

    def _of(self, endpoint: str, method: str, status: str) -> tuple[Counter, Histogram]:
        return self._requests.labels(endpoint, method, status), self._seconds.labels(endpoint)

    def found(self, hits: int) -> None:
        """A first page told of so many hits."""
        self._hits.observe(hits)
        if not hits:
            self._empty.inc()


class _Index(Collector):
    """What the index is, as whichever worker answers sees it; nothing where there is none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of now."""
        try:
            status = self._engine.status()
        except IndexUnavailable:
            return
        yield GaugeMetricFamily("pressok_generation", "The number of the generation.", int(status.generation))
        yield GaugeMetricFamily("pressok_releases", "The releases in it.", status.releases)
        for name, text, at in _times(status):
            if at:
                yield GaugeMetricFamily(f"pressok_{name}_age_seconds", text, (datetime.now(UTC) - at).total_seconds())


def _times(status: Status) -> Iterator[tuple[str, str, datetime | None]]:
    newest = date.fromisoformat(status.newest) if status.newest else None
    published = datetime.combine(newest, time(), UTC) if newest else None
    yield "newest_release", "Since the day (its beginning, UTC) of the newest release.", published
    updated = datetime.fromisoformat(status.updated) if status.updated else None
    yield "last_update", "Since the sources were last read to the end, new releases or none.", updated
    yield "generation", "Since the generation was made.", datetime.fromisoformat(status.created)


def exposition(engine: Engine) -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(_Index(engine))
    return generate_latest(registry)
