"""Periods of time in words: "2017", "maj–augusti 2017", "10–20 maj 2017", and as short marks below an axis."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_interval

from search.timeline import Step, whole_periods
from web.i18n import languages

_ROOM = ((7, 1, 1), (12, 1, 2), (24, 2, 4), (35, 5, 5), (60, 5, 10), (120, 10, 20))
"""Up to so many periods, each how-manieth has a mark below it, and each how-manieth on a phone."""
_FEW = 12
"""So many months or days can be told apart by marks of their own."""


def period_in_words(first: date, last: date) -> str:
    """The days from ``first`` to ``last``: whole years or months are called that."""
    return _period(first, last, languages.locale())


def marked(step: Step, firsts: Sequence[date]) -> list[tuple[str, bool]]:
    """The mark below each of the periods that begin on ``firsts``, "" for none, and whether a phone leaves it out.

    Of few periods each has one; else there are those of round years, of quarters, of some days of each month.
    """
    many = len(firsts)
    if step is Step.YEAR or many <= _FEW:
        every, on_phone = next(((every, phone) for most, every, phone in _ROOM if many <= most), (50, 50))
        numbers = [_number(step, day) for day in firsts]
        marks = [_mark(step, day, begins=day == firsts[0]) for day in firsts]
        return [(m if n % every == 0 else "", n % on_phone != 0) for m, n in zip(marks, numbers, strict=True)]
    return [_among_months(day) if step is Step.MONTH else _among_days(day, many) for day in firsts]


def _number(step: Step, day: date) -> int:
    return day.year if step is Step.YEAR else day.month - 1 if step is Step.MONTH else day.day


def _mark(step: Step, day: date, *, begins: bool = False) -> str:
    """A year, a month or a day in short; what begins a year or a month says so, unless all ``begins`` with it."""
    if step is Step.YEAR or (step is Step.MONTH and day.month == 1 and not begins):
        return str(day.year)
    if step is Step.MONTH:
        return _written(day, "LLL").rstrip(".")
    return _written(day, "d MMM").rstrip(".") if day.day == 1 else str(day.day)


def _among_months(day: date) -> tuple[str, bool]:
    if day.month == 1:
        return str(day.year), False
    return (_mark(Step.MONTH, day), True) if day.month in (4, 7, 10) else ("", True)


def _among_days(day: date, many: int) -> tuple[str, bool]:
    if day.day == 1:
        return _mark(Step.DAY, day), False
    between = (5, 10, 15, 20, 25) if many <= 31 else (15,)
    return (str(day.day) if day.day in between else "", day.day % 10 != 0)


def _written(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale=languages.locale()))


@lru_cache(maxsize=4096)
def _period(first: date, last: date, locale: str) -> str:
    if (first, last) == whole_periods(Step.YEAR, first, last):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    skeleton = "yMMMM" if (first, last) == whole_periods(Step.MONTH, first, last) else "yMMMMd"
    if skeleton == "yMMMMd" and (first.year, first.month) == (last.year, last.month):
        days = "" if first == last else f"{first.day}–"
        return f"{days}{format_date(last, 'd MMMM y', locale=locale)}"
    return str(format_interval(first, last, skeleton, locale=locale))
