"""Dates as Swedish pages print them."""

import re
from datetime import date

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_NUMBER = {month: i for i, month in enumerate(_MONTHS, 1)}

DATE = rf"(?:\d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
"""A pattern for a day: ``12 april 2018`` or ``2018-04-12``."""
MONTH = rf"(?:(?:{'|'.join(_MONTHS)}) \d{{4}})"
"""A pattern for a month: ``april 2018``."""

_ISO = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def day(text: str) -> date | None:
    """The day that a text in the form of :data:`DATE` names, or None when there is no such day."""
    try:
        if "-" in text:
            return date.fromisoformat(text)
        number, month, year = text.lower().split()
        return date(int(year), _NUMBER[month], int(number))
    except ValueError:
        return None


def stated(text: str) -> str | None:
    """The ISO day or month that a text in the form of :data:`DATE` or :data:`MONTH` names."""
    parts = text.lower().split()
    if len(parts) == 2:
        return month_of(parts[1], f"{_NUMBER[parts[0]]:02}")
    found = day(text)
    return found.isoformat() if found else None


def month_of(year: str, month: str) -> str | None:
    """``2018-04`` from ``2018`` and ``04``, or None when that is no month of our time."""
    text = f"{year}-{month}"
    return text if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text, re.ASCII) else None


def is_iso(text: str) -> bool:
    """Whether the text is an ISO day or month that exists."""
    if not _ISO.fullmatch(text) or not text.isascii():
        return False
    try:
        date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        return False
    return True
