"""Counting hits by period."""

from datetime import date

from index.arrays.files import Array
from search.common import periods
from search.common.understanding import understand
from search.local.facets import filtered
from search.local.reading import LocalReader
from search.local.snapshot import Snapshot
from search.query import Query
from search.timeline import Step, Timeline, days_asked


def timeline_of(snapshot: Snapshot, query: Query, step: Step, *, complete: bool) -> Timeline:
    """The hits of ``query`` by period; ``complete``: only those that have all the words."""
    understood = understand(LocalReader(snapshot), query)
    found = understood.found
    kept = filtered(snapshot, query, found).kept
    if complete:
        kept = kept & found.complete
    return counted(snapshot, found.documents[kept], step, days_asked(query), understood.answered)


def counted(
    snapshot: Snapshot,
    documents: Array,
    step: Step,
    asked: tuple[date | None, date | None] = (None, None),
    answered: str = "",
) -> Timeline:
    """``documents``, which all touch the days that are ``asked`` for, by period of these days."""
    first, last = snapshot.arrays.documents.first[documents], snapshot.arrays.documents.last[documents]
    dated = first > 0
    return periods.counted(first[dated], last[dated], None, len(documents), step, asked, answered)
