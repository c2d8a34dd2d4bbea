"""The engine over an OpenSearch cluster: understand here, find and count there, show here."""

import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

from index.document import Document, Version
from index.opensearch.connection import Connection, within
from index.opensearch.versions import earlier_from
from search.common.marking import Marker
from search.common.understanding import Understood, understand
from search.opensearch.asking import WINDOW, Dsl, all_of
from search.opensearch.facets import Filtering
from search.opensearch.hits import FETCHED, Hits
from search.opensearch.matching import Matching
from search.opensearch.ordering import asked_for
from search.opensearch.profile import profile_of
from search.opensearch.similar import hits as hits_of
from search.opensearch.similar import related, similar
from search.opensearch.snapshot import Holder, Snapshot
from search.opensearch.timeline import timeline_of
from search.page import Hit, Marked, Page, Related, Status, Suggestion, Without, not_chosen
from search.profile import Profile
from search.query import Query, Scope
from search.timeline import Step, Timeline
from search.tree import Tree

_STEP = 500  # documents of one step of an export


class OpenSearchEngine:
    """An :class:`search.engine.Engine` over what is published in a cluster.

    It holds the words and names of the index that answers, and reads them anew when there is another, or an update.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holder = Holder(connection)

    def prepare(self) -> None:
        """Read all that is otherwise read when it is first asked for. Without an index nothing is done."""
        self._holder.prepare()

    def search(self, query: Query) -> Page:
        """The page of the result that ``query`` asks for."""
        with within(self._connection.timeout):
            return self._holder.answering(lambda snapshot: _search(snapshot, query))

    def get(self, release_id: str) -> Document | None:
        """The release with this id, or None."""
        kept = self._kept(release_id)
        return Document.from_json(kept["document"]["json"]) if kept else None

    def _kept(self, release_id: str) -> Dsl | None:
        with within(self._connection.timeout):
            return self._holder.answering(lambda snapshot: snapshot.kept(release_id))

    def versions(self, release_id: str) -> tuple[Version, ...]:
        """Every version of a release, oldest first; none when there is no such release."""
        kept = self._kept(release_id)
        if not kept:
            return ()
        present = Document.from_json(kept["document"]["json"])
        known = present.provenance
        return *earlier_from(kept["earlier"]["json"]), Version(known.versions, known.changed, present.release)

    def mark(self, text: str, query_text: str) -> Marked:
        """``text`` with the words of ``query_text`` marked."""
        vocabulary = self._now().vocabulary
        marker = Marker.of(vocabulary, vocabulary.read(query_text))
        marked = marker.places(Hits(vocabulary.book, marker).read([text]))
        return Marked.at(text, marked.rows()[0])

    def _now(self) -> Snapshot:
        with within(self._connection.timeout):
            return self._holder.now()

    def similar(self, release_id: str, size: int = 5) -> tuple[Hit, ...] | None:
        """Releases that share the words that set this one apart; None when there is no such release."""

        def found(snapshot: Snapshot) -> tuple[Hit, ...] | None:
            kept = snapshot.kept(release_id)
            if not kept:
                return None
            return _plain(snapshot, similar(snapshot.vocabulary, snapshot.asking, kept["id"], kept, size))

        with within(self._connection.timeout):
            return self._holder.answering(found)

    def related(self, release_id: str, size: int = 3) -> Related | None:
        """Releases on the same matter that share a minister, before and after; None when there is no such release."""

        def found(snapshot: Snapshot) -> Related | None:
            kept = snapshot.kept(release_id)
            if not kept:
                return None
            sides = related(snapshot.vocabulary, snapshot.asking, kept, size)
            return Related(*(_plain(snapshot, side) for side in sides))

        with within(self._connection.timeout):
            return self._holder.answering(found)

    def timeline(self, query: Query, step: Step, *, complete: bool = False) -> Timeline:
        """The hits of ``query`` by period."""

        def found(snapshot: Snapshot) -> Timeline:
            understood = understand(snapshot, query)
            filtering = Filtering(snapshot.vocabulary, query, understood.found)
            matching = understood.found.complete if complete else understood.found.found
            all_filters = all_of([matching, *filtering.but(), *filtering.dates])
            return timeline_of(snapshot.asking, all_filters, query, step, understood.answered)

        with within(self._connection.timeout):
            return self._holder.answering(found)

    def profile(self, facet: str, value: str, size: int = 24) -> Profile | None:
        """What the releases of a minister, a department or an agency tell; None when there are none."""
        with within(self._connection.timeout):
            return self._holder.answering(lambda now: profile_of(now.vocabulary, now.asking, facet, value, size))

    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is being typed."""
        return self._now().vocabulary.completions.of(text, size)

    def export(self, query: Query) -> Iterator[Document]:
        """Every release of the result in its order."""

        def found(snapshot: Snapshot) -> Iterator[Dsl]:
            understood, filtering = _understood(snapshot, query)
            asked = _asked(snapshot, query, understood.found, filtering)
            return snapshot.asking.walk({**asked, "size": _STEP, "_source": ["document"]})

        with within(self._connection.timeout):
            walked = self._holder.answering(found)
        return (Document.from_json(hit["_source"]["document"]["json"]) for hit in walked)

    def status(self) -> Status:
        """What is published."""
        snapshot = self._now()
        published, vocabulary = snapshot.published, snapshot.vocabulary
        totals = vocabulary.totals
        return Status(
            generation=snapshot.generation,
            created=published.created,
            releases=totals.releases,
            first=totals.first,
            last=totals.last,
            by_type=vocabulary.by_type,
            by_year=vocabulary.by_year,
            newest=totals.newest,
            updated=published.updated,
        )


def _understood(snapshot: Snapshot, query: Query) -> tuple[Understood[Matching], Filtering]:
    understood = understand(snapshot, query)
    return understood, Filtering(snapshot.vocabulary, query, understood.found)


def _asked(snapshot: Snapshot, query: Query, found: Matching, filtering: Filtering) -> Dsl:
    """The query under all its filters, in its order."""
    asked = asked_for(found, snapshot.vocabulary.totals.middle, query.sort, *filtering.dates)
    chosen = filtering.but()
    return asked | ({"post_filter": all_of(chosen)} if chosen else {})


def _search(snapshot: Snapshot, query: Query) -> Page:
    start = time.perf_counter()
    understood, filtering = _understood(snapshot, query)
    found = understood.found
    asked = _asked(snapshot, query, found, filtering)
    first = (query.page - 1) * query.size
    within_window = first + query.size <= WINDOW
    shown = {"from": first, "size": query.size, **FETCHED} if within_window else {"size": 0}
    answer = snapshot.asking.search({**asked, **shown, "track_total_hits": True, "aggs": filtering.aggregations()})
    total = int(answer["hits"]["total"]["value"])
    rows = hits_of(answer) if within_window else _beyond(snapshot, asked, first, query.size if first < total else 0)
    in_quotes = query.scope is Scope.QUOTES or found.is_said
    speakers = query.filters["speaker"] if in_quotes else None
    vocabulary = snapshot.vocabulary
    hits = Hits(vocabulary.book, Marker.of(vocabulary, understood.tree), speakers).of(rows)
    facets = filtering.facets(answer["aggregations"])
    dropping = () if total else tuple(_without(snapshot, query, found, filtering))
    typed = understood.tree if query.scope is Scope.ALL else vocabulary.read(understood.answered)
    offers = not_chosen(query, vocabulary.names.offers_in(typed))
    took = (time.perf_counter() - start) * 1000
    told: tuple[Any, ...] = (understood.suggestion, understood.corrected, dropping, offers)
    return Page(query, found.matching, total, took, hits, facets, *told)


def _beyond(snapshot: Snapshot, asked: Dsl, first: int, size: int) -> list[Dsl]:
    """A page so far down that it has to be walked to."""
    if not size:
        return []
    walked = snapshot.asking.walk({**asked, "size": _STEP, **FETCHED})
    return list(islice(walked, first, first + size))


def _without(snapshot: Snapshot, query: Query, found: Matching, filtering: Filtering) -> Iterator[Without]:
    """Each filter of ``query``, which finds nothing under them all, and what dropping it gives."""
    count = snapshot.asking.count
    if query.scope is Scope.QUOTES:
        everywhere = query.without_whole("in")
        understood, others = _understood(snapshot, everywhere)
        number = count(all_of([understood.found.found, *others.but(), *others.dates]))
        yield Without("in", (query.scope.value,), (), number)
    for facet, keys in query.filters.chosen:
        labels = tuple(map(snapshot.vocabulary.facets[facet].label, keys))
        yield Without(facet, keys, labels, count(all_of([found.found, *filtering.but(facet), *filtering.dates])))
    if filtering.dates:
        yield Without("dates", (), (), count(all_of([found.found, *filtering.but()])))


def _plain(snapshot: Snapshot, found: list[Dsl]) -> tuple[Hit, ...]:
    """Hits in which nothing is marked."""
    vocabulary = snapshot.vocabulary
    return Hits(vocabulary.book, Marker.of(vocabulary, Tree())).of(found)
