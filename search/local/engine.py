"""The local engine: parse, match, filter, count, order, show."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

from index.document import Document
from index.errors import IndexUnavailable
from index.store import DataFolder
from index.text import flat
from search.language import parse
from search.local.facets import count_facets, filtered
from search.local.matching import Matches, match, ordered
from search.local.similar import similar_numbers
from search.local.snapshot import Snapshot
from search.page import Hit, Marked, Page, Status, Suggestion
from search.query import Query
from search.snippet import Marker

_log = logging.getLogger(__name__)


class LocalEngine:
    """An :class:`search.engine.Engine` over the published generation of a data folder.

    It notices when another generation is published. If that one can't be opened, it goes on answering from
    the one it has and says so in the log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = DataFolder(folder)
        self._opening = Lock()
        self._signature: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None

    def _now(self) -> Snapshot:
        signature = self._folder.signature()
        if self._snapshot and signature == self._signature:
            return self._snapshot
        with self._opening:
            if self._snapshot is None or signature != self._signature:
                self._reopen()
                self._signature = signature
            assert self._snapshot is not None  # noqa: S101 - _reopen() either set it or raised
            return self._snapshot

    def _reopen(self) -> None:
        try:
            self._snapshot = Snapshot(self._folder.current())
        except IndexUnavailable as error:
            if self._snapshot is None:
                raise
            _log.error("Still answering from generation %s: %s", self._snapshot.generation.number, error)

    def search(self, query: Query) -> Page:
        """The page of the result that ``query`` asks for."""
        start = time.perf_counter()
        snapshot = self._now()
        tree = parse(query.text)
        with snapshot.lock:
            found = match(snapshot, tree)
            under = filtered(snapshot, query, set(found.clauses))
        numbers = ordered(snapshot, found, under.numbers, query.sort)
        facets = count_facets(snapshot, query, under)
        offset = (query.page - 1) * query.size
        marker = Marker.of(tree)
        hits = tuple(_hit(snapshot, n, found.scores[n], marker) for n in numbers[offset : offset + query.size])
        took = (time.perf_counter() - start) * 1000
        return Page(query, found.matching, len(numbers), took, hits, facets)

    def get(self, release_id: str) -> Document | None:
        """The release with this id, or None."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        return None if number is None else snapshot.document(number)

    def mark(self, text: str, query_text: str) -> Marked:
        """``text`` with the words of ``query_text`` marked."""
        return Marker.of(parse(query_text)).mark(text)

    def similar(self, release_id: str, size: int = 5) -> tuple[Hit, ...] | None:
        """Releases that share the words that set this one apart; None when there is no such release."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        if number is None:
            return None
        document = snapshot.document(number)
        with snapshot.lock:
            alike = similar_numbers(snapshot.searcher, number, document.release, size)
        nothing = Marker(frozenset(), ())
        return tuple(_hit(snapshot, n, score, nothing) for n, score in alike)

    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is being typed."""
        return self._now().completions.of(text, size)

    def export(self, query: Query) -> Iterator[Document]:
        """Every release of the result in its order."""
        snapshot = self._now()
        with snapshot.lock:
            found: Matches = match(snapshot, parse(query.text))
            under = filtered(snapshot, query, set(found.clauses))
        return map(snapshot.document, ordered(snapshot, found, under.numbers, query.sort))

    def status(self) -> Status:
        """What is published."""
        generation = self._now().generation
        counts = generation.manifest.counts
        return Status(
            generation=generation.number,
            created=generation.manifest.created,
            releases=counts["releases"],
            first=counts["first"],
            last=counts["last"],
            by_type=counts["by_type"],
            by_year=counts["by_year"],
        )


def _hit(snapshot: Snapshot, number: int, score: float, marker: Marker) -> Hit:
    document = snapshot.document(number)
    release, annotations = document.release, document.annotations
    text = f"{release.summary} {flat(release.body)}".strip()
    return Hit(
        id=release.id,
        url=release.url,
        title=release.title,
        type=release.type,
        summary=release.summary,
        span=annotations.span,
        ministers=annotations.ministers,
        departments=annotations.departments,
        agencies=annotations.agencies,
        categories=annotations.categories,
        score=round(score, 4),
        snippet=marker.snippet(text),
        marked_title=marker.mark(release.title),
    )
