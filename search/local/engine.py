"""The local engine: parse, match, filter, count, order, show."""

import contextlib
import logging
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from threading import Lock

from index.document import Document, Version
from index.errors import IndexUnavailable, NoGeneration
from index.freshness import LastUpdate
from index.manifest import Whole
from index.store import DataFolder
from index.swedish.analysis import swedish_analyzer
from search.common.marking import Marker
from search.common.understanding import understand
from search.local.dropping import without
from search.local.facets import count_facets, filtered
from search.local.hits import Hits
from search.local.memory import give_back
from search.local.ordering import ordered
from search.local.profile import profile_of
from search.local.reading import LocalReader
from search.local.related import related_documents
from search.local.similar import similar_documents
from search.local.snapshot import Snapshot
from search.local.texts import typed_text
from search.local.timeline import timeline_of
from search.page import Hit, Marked, Page, Related, Status, Suggestion, not_chosen
from search.profile import Profile
from search.query import Query, Scope
from search.timeline import Step, Timeline
from search.tree import Tree, is_said

_log = logging.getLogger(__name__)
_PATIENCE = 1.0  # seconds before a generation that could not be opened is tried again


class LocalEngine:
    """An :class:`search.engine.Engine` over the published generation of a data folder.

    It notices when another generation is published. If that one can't be opened, it goes on answering from
    the one it has and says so in the log.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = DataFolder(folder)
        self._last_update = LastUpdate(folder)
        self._opening = Lock()
        self._signature: tuple[int, int] | None = None
        self._snapshot: Snapshot | None = None
        self._failure: IndexUnavailable | None = None
        self._failed_at = 0.0

    def _now(self) -> Snapshot:
        if self._snapshot and self._folder.signature() == self._signature:
            return self._snapshot
        with self._opening:
            signature = self._folder.signature()
            if self._snapshot is None or signature != self._signature:
                self._reopen(signature)
            if self._snapshot is None:
                raise self._failure or NoGeneration("There is no index.")
            return self._snapshot

    def prepare(self) -> None:
        """Open what is published and make all that is otherwise made when it is first asked for.

        A server does this once before its workers part ways, so that they share it. Without an index nothing is done.
        """
        with contextlib.suppress(IndexUnavailable):
            self._now().prepare()

    def _reopen(self, signature: tuple[int, int] | None) -> None:
        """Open what is published. What can't be opened is not tried again at once: that costs reading it all."""
        if signature == self._signature and time.monotonic() - self._failed_at < _PATIENCE:
            return
        self._signature = signature
        try:
            before, self._snapshot, self._failure = self._snapshot is not None, self._open(), None
            if before:
                self._snapshot.prepare_soon(first=give_back)  # it will be asked for suggestions too
        except IndexUnavailable as error:
            self._failure, self._failed_at = error, time.monotonic()
            if self._snapshot:
                _log.error("Still answering from generation %s: %s", self._snapshot.generation.number, error)

    def _open(self) -> Snapshot:
        swedish_analyzer()  # refuses to answer where queries would not be stemmed as the index was
        generation = self._folder.uncompared()
        try:
            return Snapshot(generation, Whole(generation))
        except IndexUnavailable:
            newer = self._folder.current()  # it may have been removed while it was being opened
            if newer.number == generation.number:
                raise
            return Snapshot(newer)

    def search(self, query: Query) -> Page:
        """The page of the result that ``query`` asks for."""
        start = time.perf_counter()
        snapshot = self._now()
        understood = understand(LocalReader(snapshot), query)
        tree, found = understood.tree, understood.found
        under = filtered(snapshot, query, found)
        total = int(under.kept.sum())
        dropping = () if total else tuple(without(snapshot, query, found, under))
        end = query.page * query.size
        best = ordered(snapshot, tree, found, under.kept, query.sort, end)
        facets = count_facets(snapshot, query, found, under)
        in_quotes = query.scope is Scope.QUOTES or any(map(is_said, tree.required))
        speakers = query.filters["speaker"] if in_quotes else None
        rows = zip(best.documents.tolist(), best.scores.tolist(), strict=True)
        hits = Hits(snapshot, Marker.of(snapshot.lookup, tree), speakers).of(islice(rows, end - query.size, None))
        took = (time.perf_counter() - start) * 1000
        typed = tree if query.scope is Scope.ALL else snapshot.read(understood.answered)
        offers = not_chosen(query, snapshot.names.offers_in(typed))
        told = (understood.suggestion, understood.corrected, dropping, offers)
        return Page(query, found.matching, total, took, hits, facets, *told)

    def get(self, release_id: str) -> Document | None:
        """The release with this id, or None."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        return None if number is None else snapshot.document(number)

    def versions(self, release_id: str) -> tuple[Version, ...]:
        """Every version of a release, oldest first; none when there is no such release."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        return () if number is None else snapshot.versions(number)

    def mark(self, text: str, query_text: str) -> Marked:
        """``text`` with the words of ``query_text`` marked."""
        snapshot = self._now()
        marked = Marker.of(snapshot.lookup, snapshot.read(query_text)).places(typed_text(snapshot, text))
        return Marked.at(text, marked.rows()[0])

    def similar(self, release_id: str, size: int = 5) -> tuple[Hit, ...] | None:
        """Releases that share the words that set this one apart; None when there is no such release."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        if number is None:
            return None
        return Hits(snapshot, Marker.of(snapshot.lookup, Tree())).of(similar_documents(snapshot, number, size))

    def related(self, release_id: str, size: int = 3) -> Related | None:
        """Releases on the same matter that share a minister, before and after; None when there is no such release."""
        snapshot = self._now()
        number = snapshot.numbers.get(release_id)
        if number is None:
            return None
        hits = Hits(snapshot, Marker.of(snapshot.lookup, Tree()))
        sides = related_documents(snapshot, number, size)
        return Related(*(hits.of((document, 0.0) for document in side.tolist()) for side in sides))

    def timeline(self, query: Query, step: Step, *, complete: bool = False) -> Timeline:
        """The hits of ``query`` by period."""
        return timeline_of(self._now(), query, step, complete=complete)

    def profile(self, facet: str, value: str, size: int = 24) -> Profile | None:
        """What the releases of a minister, a department or an agency tell; None when there are none."""
        return profile_of(self._now(), facet, value, size)

    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is being typed."""
        return self._now().completions.of(text, size)

    def export(self, query: Query) -> Iterator[Document]:
        """Every release of the result in its order."""
        snapshot = self._now()
        understood = understand(LocalReader(snapshot), query)
        under = filtered(snapshot, query, understood.found)
        best = ordered(snapshot, understood.tree, understood.found, under.kept, query.sort)
        return map(snapshot.document, best.documents.tolist())

    def status(self) -> Status:
        """What is published."""
        snapshot = self._now()
        generation = snapshot.generation
        counts = generation.manifest.counts
        return Status(
            generation=generation.number,
            created=generation.manifest.created,
            releases=counts["releases"],
            first=counts["first"],
            last=counts["last"],
            by_type=counts["by_type"],
            by_year=counts["by_year"],
            newest=snapshot.newest,
            updated=self._last_update.read() or generation.manifest.created,
        )
