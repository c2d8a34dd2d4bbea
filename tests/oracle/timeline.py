"""Counting by period, day by day."""

from datetime import date, timedelta

from search.query import Query
from search.timeline import Step
from tests.oracle.search import Oracle

Row = tuple[date, date, int, int]
_LETTERS = {Step.YEAR: 4, Step.MONTH: 7, Step.DAY: 10}


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def period(step: Step, day: date) -> str:
    """What a day's period is called: its year, its month, itself."""
    return day.isoformat()[: _LETTERS[step]]


def timeline(oracle: Oracle, query: Query, step: Step, *, complete: bool) -> tuple[list[Row], int, int]:
    """The rows, the undated and all."""
    found = oracle.match(query)
    hits = [n for n in found.scores if oracle.passes(n, query, found) and (n in found.complete or not complete)]
    spans = [span for n in hits if (span := oracle.documents[n].annotations.span)]
    held = [set(days_from(span.first, span.last)) for span in spans]
    shown = rows_of(query, step, sorted(set().union(*held)))
    rows = []
    for label in dict.fromkeys(period(step, day) for day in shown):
        own = {day for day in shown if period(step, day) == label}
        certain = sum(days <= own for days in held)
        rows.append((min(own), max(own), certain, sum(bool(days & own) for days in held) - certain))
    return rows, len(hits) - len(spans), len(hits)


def rows_of(query: Query, step: Step, held: list[date]) -> list[date]:
    """The days of the rows: asked for, or of the whole periods from the first to the last that holds something."""
    years = sorted(query.filters["year"])
    first = max(filter(None, [query.first, date(int(years[0]), 1, 1) if years else None]), default=None)
    last = min(filter(None, [query.last, date(int(years[-1]), 12, 31) if years else None]), default=None)
    if (first is None or last is None) and not held:
        return []
    begin, end = first or held[0], last or held[-1]
    while first is None and period(step, begin - timedelta(days=1)) == period(step, begin):
        begin -= timedelta(days=1)
    while last is None and period(step, end + timedelta(days=1)) == period(step, end):
        end += timedelta(days=1)
    return days_from(begin, end)
