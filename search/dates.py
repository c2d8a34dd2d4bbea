"""Days as people write them: a year, a month or a day."""

import calendar
import re
from datetime import date

_DATE = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def read_day(text: str, *, at_end: bool) -> date:
    """The day that YYYY, YYYY-MM or YYYY-MM-DD stands for: the first of a year or month, or ``at_end`` the last.

    Raises :class:`ValueError` when ``text`` is none of them.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month = int(match[1]), int(match[2] or (12 if at_end else 1))
    if match[3]:
        return date(year, month, int(match[3]))
    first = date(year, month, 1)
    return first.replace(day=calendar.monthrange(year, month)[1]) if at_end else first
