"""The tables of ministers, departments and agencies: what each row says, and how it is read."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Self, TypeVar

from index.annotate.offices import Offices, offices_of
from index.annotations import DateSpan, Entity
from index.errors import PressokError
from index.release import Period

Row = Mapping[str, str]
T = TypeVar("T")

_DATA = Path(__file__).parent.parent / "data"
_TRUE_OF = re.compile(r"#\s*true of (\d{4}-\d\d-\d\d)")
_ALWAYS = DateSpan(date.min, date.max, "span")


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in an office for a term; ``period.last`` is the last day before the day of leaving."""

    person: Entity
    office: str
    offices: Offices
    department: str
    period: Period
    note: str = ""

    @classmethod
    def of(cls, row: Row) -> Self:
        """The holding that a row of ministers.csv says; its end is the day of leaving, when others take over."""
        person = Entity(row["key"], row["name"])
        note = row.get("note") or ""
        return cls(person, row["office"], offices_of(row["office"]), row["department"], _term(row), note)


@dataclass(frozen=True, slots=True)
class Body:
    """A department or an agency under the name that people use, while it had that name.

    What has been there more than once is several bodies with the same key. One of ``names`` that begins in
    lower case counts in either case, the others with a capital only.
    ``introduced`` are short names that count only in a text that has named the body before.
    """

    entity: Entity
    period: Period
    successors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    introduced: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Row) -> Self:
        """The body that a row of departments.csv or agencies.csv says."""
        acronyms = _list(row.get("acronyms"))
        names = (row["name"], row.get("official") or "", *_list(row.get("aliases")))
        return cls(
            Entity(row["key"], row["name"]),
            _period(row),
            _list(row.get("successors")),
            tuple(dict.fromkeys(name for name in names if name)),
            tuple(acronym for acronym in acronyms if not acronym.startswith("?")),
            tuple(acronym[1:] for acronym in acronyms if acronym.startswith("?")),
        )


ByKey = Mapping[str, tuple[Body, ...]]


@dataclass(frozen=True, slots=True)
class Tables:
    """The three tables. ``true_of`` is the day that the table of ministers states for itself."""

    holdings: tuple[Holding, ...] = ()
    departments: tuple[Body, ...] = ()
    agencies: tuple[Body, ...] = ()
    true_of: date = field(default=date.max)

    @classmethod
    def load(cls, folder: Path = _DATA) -> Self:
        """The tables in ``folder``. Raises ``PressokError`` that names the file, the line and what to mend."""
        true_of, holdings = _read(folder / "ministers.csv", Holding.of)
        _, departments = _read(folder / "departments.csv", Body.of)
        _, agencies = _read(folder / "agencies.csv", Body.of)
        return cls(holdings, departments, agencies, true_of)

    @classmethod
    def of(
        cls,
        ministers: Iterable[Row] = (),
        departments: Iterable[Row] = (),
        agencies: Iterable[Row] = (),
        true_of: date = date.max,
    ) -> Self:
        """The tables that hold these rows."""
        return cls(
            tuple(map(Holding.of, ministers)),
            tuple(map(Body.of, departments)),
            tuple(map(Body.of, agencies)),
            true_of,
        )


def keyed(bodies: Iterable[Body]) -> ByKey:
    """``bodies`` by their keys."""
    found: dict[str, tuple[Body, ...]] = {}
    for body in bodies:
        found[body.entity.id] = (*found.get(body.entity.id, ()), body)
    return found


def valid_at(bodies: Sequence[Body], span: DateSpan | None, by_key: ByKey) -> Body:
    """Which of ``bodies``, that share a name, is meant at ``span``.

    One that was there at the time; else the one that had followed it by then, if there is just one; else the
    first, as it is named. A body that is named before its time is announced, not renamed.
    """
    span = span or _ALWAYS
    for body in bodies:
        if span.overlaps(body.period.first, body.period.last):
            return body
    followers = {found.entity.id: found for body in bodies for found in _followers(body, span, by_key, 9)}
    return next(iter(followers.values())) if len(followers) == 1 else bodies[0]


def _followers(body: Body, span: DateSpan, by_key: ByKey, depth: int) -> list[Body]:
    if depth == 0 or not body.period.last or body.period.last >= span.first:
        return []
    found: list[Body] = []
    for successor in (follower for key in body.successors for follower in by_key.get(key, ())):
        there = span.overlaps(successor.period.first, successor.period.last)
        found += [successor] if there else _followers(successor, span, by_key, depth - 1)
    return found


def _read(path: Path, make: Callable[[Row], T]) -> tuple[date, tuple[T, ...]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PressokError(f"{path} can't be read ({error}). Install the project again.") from error
    stated = _TRUE_OF.match(lines[0]) if lines else None
    if not stated:
        raise PressokError(f"{path}: line 1 must be '# true of YYYY-MM-DD'. Write the day the table is true of.")
    made = []
    reader = csv.DictReader(lines[1:], restval="")
    for row in reader:
        try:
            made.append(make(row))
        except (KeyError, ValueError) as error:
            raise PressokError(f"{path}, line {reader.line_num + 1}: {error}. Mend the row.") from error
    return date.fromisoformat(stated[1]), tuple(made)


def _period(row: Row) -> Period:
    first, last = row.get("start"), row.get("end")
    return Period(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


def _term(row: Row) -> Period:
    period = _period(row)
    return Period(period.first, period.last - timedelta(days=1)) if period.last else period


def _list(field: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (field or "").split("|") if part.strip())
