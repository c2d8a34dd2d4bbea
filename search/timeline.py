"""The hits of a search by year, month or day, each counted where it is known to belong or may belong."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from search.page import Status
from search.query import Query

MOST_ROWS = 400
"""A year by days and then some: a page can't draw more, nobody can read more."""

_DAY = timedelta(days=1)
_MANY_DAYS, _MANY_MONTHS = 92, 1096  # days: those of a quarter, those of three years
Days = tuple[date, date]


class Step(StrEnum):
    """How long a period is."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """A period from ``first`` to ``last``, both included.

    ``certain`` releases were published in it whatever day it was: their spans lie within it. ``possible`` ones may
    have been: their spans touch it and reach beyond it. Together they are the hits of the same search from ``first``
    to ``last``.
    """

    first: date
    last: date
    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods in order, without gaps.

    ``total`` counts all releases, ``undated`` those of them of which no date is known, which are in no row. A possible
    one is in several rows. ``answered`` is the text that was looked for: what was typed, or that with its spelling
    corrected.
    """

    step: Step
    rows: tuple[PeriodCount, ...]
    undated: int
    total: int
    answered: str = ""


def step_for(first: date, last: date) -> Step:
    """The step that suits an interval, both days included: years when it is of more than three, days up to 92."""
    days = (last - first).days + 1
    if days > _MANY_MONTHS:
        return Step.YEAR
    return Step.MONTH if days > _MANY_DAYS else Step.DAY


def days_asked(query: Query) -> tuple[date | None, date | None]:
    """The first and last day that ``query`` is about, None where it is open.

    That is its interval, within the years that are chosen as facet values, from the first to the last of them.
    """
    years = [int(key) for key in query.filters["year"] if len(key) == 4 and key.isdecimal() and int(key)]
    firsts = [query.first, date(min(years), 1, 1) if years else None]
    lasts = [query.last, date(max(years), 12, 31) if years else None]
    return max(filter(None, firsts), default=None), min(filter(None, lasts), default=None)


def interval_of(query: Query, status: Status) -> Days | None:
    """The days that a drawing of ``query`` is about: those it asks for, as far as there are releases.

    It is what to give :func:`step_for`; with :func:`drawable` that makes sure of few enough rows. None when there are
    no such days.
    """
    bounds = _bounds_of(status)
    if bounds is None:
        return None
    first, last = days_asked(drawable(query, status))
    first, last = first or bounds[0], last or bounds[1]
    return (first, last) if first <= last else None


def drawable(query: Query, status: Status) -> Query:
    """The same search with the same hits, in which the days asked for are no more than those of all releases.

    Somebody may ask for what was published since the year 1, which nobody wants to see drawn.
    """
    bounds = _bounds_of(status)
    first, last = days_asked(query)
    if bounds is None:
        return query
    return replace(query, first=first and max(first, bounds[0]), last=last and min(last, bounds[1]))


def _bounds_of(status: Status) -> Days | None:
    """The first and the last day of all releases."""
    if not (status.first and status.last):
        return None
    return date.fromisoformat(status.first), date.fromisoformat(status.last)


def periods(step: Step, first: date, last: date) -> tuple[Days, ...]:
    """The periods from ``first`` to ``last``, of which the two at the ends may be cut off; none when that is no time.

    Raises :class:`ValueError` when there would be more than :data:`MOST_ROWS`.
    """
    if first > last:
        return ()
    begin, end = _number(step, first), _number(step, last)
    if end - begin >= MOST_ROWS:
        raise ValueError(
            f"{first} to {last} by {step} gives {end - begin + 1} rows, more than {MOST_ROWS}: "
            "take a longer step or fewer days."
        )
    starts = [first, *(_bounds(step, number)[0] for number in range(begin + 1, end + 1))]
    return tuple(zip(starts, [*(start - _DAY for start in starts[1:]), last], strict=True))


def whole_periods(step: Step, first: date, last: date) -> Days:
    """The first day of the period that ``first`` is in, and the last day of that which ``last`` is in."""
    return _bounds(step, _number(step, first))[0], _bounds(step, _number(step, last))[1]


def _number(step: Step, day: date) -> int:
    """The number of the period that a day is in."""
    match step:
        case Step.YEAR:
            return day.year
        case Step.MONTH:
            return day.year * 12 + day.month - 1
        case Step.DAY:
            return day.toordinal()


def _bounds(step: Step, number: int) -> Days:
    match step:
        case Step.YEAR:
            return date(number, 1, 1), date(number, 12, 31)
        case Step.MONTH:
            year, month = number // 12, number % 12 + 1
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case Step.DAY:
            return date.fromordinal(number), date.fromordinal(number)
