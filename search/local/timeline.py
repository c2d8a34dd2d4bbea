"""Counting hits by period: a difference array over the periods, over all hits at once."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from index.arrays.files import Array
from search.local.facets import filtered
from search.local.snapshot import Snapshot
from search.local.understanding import understand
from search.query import Query
from search.timeline import Days, PeriodCount, Step, Timeline, days_asked, periods, whole_periods


def timeline_of(snapshot: Snapshot, query: Query, step: Step, *, complete: bool) -> Timeline:
    """The hits of ``query`` by period; ``complete``: only those that have all the words."""
    understood = understand(snapshot, query)
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
    first, last = first[dated], last[dated]
    rows = periods(step, *days) if (days := _days(step, first, last, asked)) else ()
    undated = len(documents) - len(first)
    return Timeline(step, _counts(first, last, rows) if rows else (), undated, len(documents), answered)


def _days(step: Step, first: Array, last: Array, asked: tuple[date | None, date | None]) -> Days | None:
    """The days that the rows cover: those asked for, open ends as far as the last whole period with a document."""
    begin, end = asked
    if begin and end:
        return begin, end
    if not len(first):
        return None
    whole = whole_periods(step, date.fromordinal(int(first.min())), date.fromordinal(int(last.max())))
    return begin or whole[0], end or whole[1]


def _counts(first: Array, last: Array, rows: Sequence[Days]) -> tuple[PeriodCount, ...]:
    """How many spans lie within each of the ``rows``, and how many more touch it."""
    starts, end = np.array([start.toordinal() for start, _ in rows]), rows[-1][1].toordinal()
    begin_at = starts.searchsorted(np.maximum(first, starts[0]), side="right") - 1
    end_at = starts.searchsorted(np.minimum(last, end), side="right") - 1
    within = (begin_at == end_at) & (first >= starts[0]) & (last <= end)
    certain = np.bincount(begin_at[within], minlength=len(rows))
    begun = np.bincount(begin_at[~within], minlength=len(rows) + 1)
    ended = np.bincount(end_at[~within] + 1, minlength=len(rows) + 1)
    possible = np.cumsum(begun - ended)[:-1]
    return tuple(
        PeriodCount(*days, *counts) for days, *counts in zip(rows, certain.tolist(), possible.tolist(), strict=True)
    )
