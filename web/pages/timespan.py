"""The time that a search is about: which periods to count, and the way out to longer ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from search.engine import Engine
from search.page import Status
from search.query import Query
from search.timeline import MOST_ROWS, Days, Step, Timeline, days_asked, step_for, whole_periods


def as_interval(query: Query) -> Query:
    """The same search with years that follow on one another as an interval: a shorter one can then take its place.

    What touches 2016 or 2017 touches the days from the one's first to the other's last; what touches these and another
    interval as well touches what they have in common, if they have any. Years with a gap between stay chosen values.
    """
    years = sorted(int(key) for key in query.filters["year"])
    first, last = days_asked(query)
    if not years or not years[0] or years[-1] - years[0] >= len(years) or (first and last and first > last):
        return query
    return replace(query.without_whole("year"), first=first, last=last)


def without_time(query: Query) -> Query:
    """The same search in all time."""
    return query.without_whole("dates").without_whole("year")


def of_days(query: Query, days: Days) -> Query:
    """The same search within ``days``, from its first page."""
    return replace(query, first=days[0], last=days[1], page=1)


def counted(engine: Engine, query: Query) -> Timeline | None:
    """The hits of ``query`` by periods that suit the time they are of.

    Where no limit is asked for, the first or the last hit is the limit. None when no hit has a date, or when a wrong
    one makes the index reach over more years than can be drawn.
    """
    known = _years_of(engine.status())
    if not known or known[1].year - known[0].year >= MOST_ROWS:
        return None
    query = _within(known, query)
    first, last = days_asked(query)
    timeline = engine.timeline(query, step_for(first, last) if first and last else Step.YEAR)
    if timeline.rows and not (first and last):
        step = step_for(timeline.rows[0].first, timeline.rows[-1].last)
        timeline = timeline if step is Step.YEAR else engine.timeline(query, step)
    return timeline if any(row.certain or row.possible for row in timeline.rows) else None


def around(days: Days) -> Iterator[Days]:
    """The year and the month that ``days`` lie in, as far as these are longer."""
    year, month = (whole_periods(step, *days) for step in (Step.YEAR, Step.MONTH))
    if days[0].year == days[1].year and year != days:
        yield year
        if days[0].month == days[1].month and month != days:
            yield month


def _years_of(status: Status) -> Days | None:
    """The whole years that have releases, from the first to the last."""
    if not (status.first and status.last):
        return None
    return whole_periods(Step.YEAR, date.fromisoformat(status.first), date.fromisoformat(status.last))


def _within(known: Days, query: Query) -> Query:
    """``query`` with its limits moved into the ``known`` time: no hit is lost, and years without any are not drawn."""
    first, last = days_asked(query)
    return replace(query, first=first and max(first, known[0]), last=last and min(last, known[1]))
