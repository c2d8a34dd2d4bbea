"""What is told of a minister, a department or an agency: its releases, and what the tables know of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from index.annotate.tables import Body, Holding, Tables
from index.annotations import DateSpan, Entity
from search.page import FacetValue

_DAY = timedelta(days=1)
MOST_TOGETHER = 8
SHORT = 31  # days: a longer span says too little of when a release came
PROFILED = ("minister", "department", "agency")
"""The facets whose values have profiles."""
TOGETHER = (*PROFILED, "category")
"""The facets whose values are counted in a profile."""

_OTHER_NAMES = ("also written for", "short for")  # of an office that has a row of its own


@dataclass(frozen=True, slots=True)
class TypicalWord:
    """A word, as it is mostly written, that is much more frequent in some releases than in all others.

    ``count`` of these releases have it as it stands, in any of its forms. ``weight`` is what the words are ordered by:
    how surprising it is that so many do (:mod:`search.local.typical`).
    """

    text: str
    count: int
    weight: float


@dataclass(frozen=True, slots=True)
class Profile:
    """The releases of a facet's value.

    ``releases`` is how many there are. ``first`` and ``last`` are the times of the earliest and the latest of those
    whose time is known to a month at least. ``together`` holds for each facet of :data:`TOGETHER` the values that most
    of them have, without this one.
    """

    facet: str
    entity: Entity
    releases: int
    first: DateSpan | None
    last: DateSpan | None
    words: tuple[TypicalWord, ...]
    together: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True, slots=True)
class Office:
    """A minister's time in an office.

    ``last`` is the last day before the day of leaving; None is open: the office is still held, or, of ``first``, the
    day is not known. ``departments`` are those that the minister sat in, in their order: a department may be renamed
    meanwhile. ``acting``: for somebody else, or until somebody was appointed.
    """

    holder: Entity
    title: str
    first: date | None
    last: date | None
    departments: tuple[Entity, ...]
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A body that went before or came after, from ``day`` on.

    ``sole``: nothing else went into the one or came of the other. Mostly that is a body under another name.
    """

    entity: Entity
    day: date
    sole: bool


@dataclass(frozen=True, slots=True)
class Existence:
    """A time in which a body was there under its name: both days included, None is not known or has not come.

    ``before`` are the bodies that went into it, in order of time, ``after`` those that took over from it.
    """

    first: date | None
    last: date | None
    before: tuple[Change, ...]
    after: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The times of a body and the ministers in it, newest first; an agency has no ministers."""

    entity: Entity
    times: tuple[Existence, ...]
    ministers: tuple[Office, ...]


def require_profiled(facet: str) -> None:
    """Raise :class:`ValueError` for a facet without profiles."""
    if facet not in PROFILED:
        raise ValueError(f"there are no profiles by {facet!r}: take one of {', '.join(PROFILED)}")


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The project's own tables, read once."""
    return Tables.load()


def names_of(facet: str, entity: Entity, known: Tables | None = None) -> tuple[str, ...]:
    """All names and acronyms of a facet's value: those of the tables, for a department or an agency."""
    known = known or tables()
    bodies = {"department": known.departments, "agency": known.agencies}.get(facet, ())
    own = [body for body in bodies if body.entity.id == entity.id]
    return tuple(dict.fromkeys((entity.name, *(n for b in own for n in (*b.names, *b.acronyms, *b.introduced)))))


def offices_of(key: str, known: Tables | None = None) -> tuple[Office, ...]:
    """The offices of the minister with this key, newest first; none for one that the table does not have.

    Terms that follow on each other in an office are one. Short names of an office that has a longer title are left out.
    """
    known = known or tables()
    return _offices((h for h in known.holdings if h.person.id == key), known)


def history_of(facet: str, key: str, known: Tables | None = None) -> History | None:
    """What became what, and who was minister when, of a department or an agency; None when the table has it not.

    Raises :class:`ValueError` for another facet.
    """
    if facet not in ("department", "agency"):
        raise ValueError(f"{facet!r} has no history: ask for a department or an agency")
    known = known or tables()
    bodies = known.departments if facet == "department" else known.agencies
    own = sorted((b for b in bodies if b.entity.id == key), key=_begin)
    if not own:
        return None
    times = tuple(
        Existence(b.period.first, b.period.last, _before(b, bodies), _after(b, bodies)) for b in reversed(own)
    )
    ministers = (h for h in known.holdings if h.department == key)
    return History(own[-1].entity, times, _offices(ministers, known) if facet == "department" else ())


def _offices(holdings: Iterable[Holding], known: Tables) -> tuple[Office, ...]:
    names = {body.entity.id: body.entity for body in known.departments}
    held: list[Office] = []
    for holding in sorted(holdings, key=lambda h: h.period.first or date.min):
        if holding.note.startswith(_OTHER_NAMES):
            continue
        office = _office(holding, names.get(holding.department))
        earlier = next((n for n, one in enumerate(held) if _goes_on(one, office)), None)
        if earlier is None:
            held.append(office)
        else:
            held[earlier] = _joined(held[earlier], office)
    return tuple(sorted(held, key=lambda o: (o.first or date.min, o.last or date.max), reverse=True))


def _office(holding: Holding, department: Entity | None) -> Office:
    period, departments = holding.period, (department,) if department else ()
    acting = holding.note.startswith("acting")
    return Office(holding.person, holding.office, period.first, period.last, departments, acting)


def _goes_on(one: Office, other: Office) -> bool:
    """Whether ``other``, which did not begin before ``one``, is the same office held on."""
    same = (one.holder, one.title, one.acting) == (other.holder, other.title, other.acting)
    return same and (one.last is None or other.first is None or other.first <= one.last + _DAY)


def _joined(one: Office, other: Office) -> Office:
    last = max(one.last, other.last) if one.last and other.last else None
    return replace(one, last=last, departments=tuple(dict.fromkeys((*one.departments, *other.departments))))


def _before(body: Body, bodies: Sequence[Body]) -> tuple[Change, ...]:
    """What became ``body``."""
    went = [b for b in bodies if body.entity.id in b.successors and _follower(b, body.entity.id, bodies) == body]
    return tuple(sorted((_change(b.entity, b, body, bodies) for b in went), key=lambda c: (c.day, c.entity.name)))


def _after(body: Body, bodies: Sequence[Body]) -> tuple[Change, ...]:
    """What ``body`` became."""
    followers = (_follower(body, key, bodies) for key in body.successors)
    return tuple(_change(follower.entity, body, follower, bodies) for follower in followers if follower)


def _follower(body: Body, key: str, bodies: Sequence[Body]) -> Body | None:
    """The body with this key that was there when ``body`` was no more, or the first that came later."""
    last = body.period.last or date.max
    later = (b for b in bodies if b.entity.id == key and (b.period.last or date.max) > last)
    return min(later, key=_begin, default=None)


def _change(entity: Entity, body: Body, follower: Body, bodies: Sequence[Body]) -> Change:
    handed_over = (body.period.last or date.min) + _DAY
    went = {b.entity.id for b in bodies if follower.entity.id in b.successors and b.period.last == body.period.last}
    alone = len(body.successors) == 1 and went == {body.entity.id}
    return Change(entity, max(handed_over, _begin(follower)), alone and follower.period.first == handed_over)


def _begin(body: Body) -> date:
    return body.period.first or date.min
