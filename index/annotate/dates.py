"""When a release was published: as stated, else as far as what it says of ministers tells."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from index.annotate.ministers import Mention, holders_of
from index.annotate.offices import offices_of
from index.annotate.tables import Holding
from index.annotations import DateSpan
from index.release import Period, Release, Term

Interval = tuple[date, date]


def stated_span(published: str | None) -> DateSpan | None:
    """The day or month that a source stated; None for anything else."""
    try:
        first = date.fromisoformat(f"{published}-01" if len(published or "") == len("2018-04") else published or "")
    except ValueError:
        return None
    if len(published or "") == len("2018-04"):
        return DateSpan(first, first.replace(day=monthrange(first.year, first.month)[1]), "month")
    return DateSpan(first, first, "day")


def inferred_span(
    release: Release, mentions: Iterable[Mention], holdings: Iterable[Holding], true_of: date
) -> DateSpan | None:
    """The time in which the archive period and the terms of those named with an office meet.

    A term that has nothing in common with what came before it is left out. Where the table has an open end,
    the span ends on the day that the table is true of. None when nothing is known.
    """
    evidence = [_limits(release.period)] if release.period else []
    evidence += _terms_of(mentions, tuple(holdings), release.terms)
    possible = _meeting(evidence)
    if not possible:
        return None
    first, last = possible[0][0], max(interval[1] for interval in possible)
    earliest = min((h.period.first for h in holdings if h.period.first), default=date.min)
    first = earliest if first == date.min else first
    last = max(first, true_of) if last == date.max else last
    return DateSpan(first, last, "span") if first <= last and (first, last) != (date.min, date.max) else None


def _terms_of(
    mentions: Iterable[Mention], holdings: tuple[Holding, ...], printed: tuple[Term, ...]
) -> list[list[Interval]]:
    """When each of those who are named with an office held it: by the table, else as printed on the page."""
    evidence = []
    for mention in mentions:
        if not mention.offices or mention.former or mention.foreign or not (mention.person or mention.written):
            continue
        own = [h for h in holdings if h.person == mention.person]
        terms = [h.period for h in holders_of(mention.offices, own)]
        terms = terms or [t.period for t in printed if mention.offices <= offices_of(t.office)]
        if terms:
            evidence.append([interval for period in terms for interval in _limits(period)])
    return evidence


def _meeting(evidence: list[list[Interval]]) -> list[Interval]:
    possible: list[Interval] = []
    for intervals in evidence:
        common = _common(possible, intervals) if possible else sorted(intervals)
        possible = common or possible
    return possible


def _common(some: list[Interval], others: list[Interval]) -> list[Interval]:
    pairs = [(max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others]
    return sorted(pair for pair in pairs if pair[0] <= pair[1])


def _limits(period: Period) -> list[Interval]:
    return [(period.first or date.min, period.last or date.max)]
