"""Counting spans by period: a difference array over the periods, over all spans at once."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from index.arrays.files import Array
from search.timeline import Days, PeriodCount, Step, Timeline, periods, whole_periods


def counted(
    first: Array,
    last: Array,
    times: Array | None,
    total: int,
    step: Step,
    asked: tuple[date | None, date | None],
    answered: str,
) -> Timeline:
    """Spans from ``first`` to ``last`` (ordinals), each there so many ``times`` (None: once), by period.

    They all touch the days that are ``asked`` for. ``total`` are all releases, with those of which no date is known.
    """
    rows = periods(step, *days) if (days := _days(step, first, last, asked)) else ()
    undated = total - (len(first) if times is None else int(times.sum()))
    return Timeline(step, _counts(first, last, times, rows) if rows else (), undated, total, answered)


def _days(step: Step, first: Array, last: Array, asked: tuple[date | None, date | None]) -> Days | None:
    """The days that the rows cover: those asked for, open ends as far as the last whole period with a document."""
    begin, end = asked
    if begin and end:
        return begin, end
    if not len(first):
        return None
    whole = whole_periods(step, date.fromordinal(int(first.min())), date.fromordinal(int(last.max())))
    return begin or whole[0], end or whole[1]


def _counts(first: Array, last: Array, times: Array | None, rows: Sequence[Days]) -> tuple[PeriodCount, ...]:
    """How many spans lie within each of the ``rows``, and how many more touch it."""
    starts, end = np.array([start.toordinal() for start, _ in rows]), rows[-1][1].toordinal()
    begin_at = starts.searchsorted(np.maximum(first, starts[0]), side="right") - 1
    end_at = starts.searchsorted(np.minimum(last, end), side="right") - 1
    within = (begin_at == end_at) & (first >= starts[0]) & (last <= end)
    once = np.ones(len(first), np.int64) if times is None else times

    def total(at: Array, chosen: Array, length: int) -> Array:
        return np.bincount(at[chosen], once[chosen], length).astype(np.int64)

    certain = total(begin_at, within, len(rows))
    begun, ended = total(begin_at, ~within, len(rows) + 1), total(end_at + 1, ~within, len(rows) + 1)
    possible = np.cumsum(begun - ended)[:-1]
    return tuple(
        PeriodCount(*days, *counts) for days, *counts in zip(rows, certain.tolist(), possible.tolist(), strict=True)
    )
