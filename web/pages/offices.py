"""A minister's office beside the name: the one held at the time, or the latest with its term."""

from functools import lru_cache

from markupsafe import Markup

from index.annotations import DateSpan, Entity
from search.profile import Office, offices_of

_ASIDE = {"vice statsminister", "statsråd"}  # mostly held beside another office, which says more


def then(key: str, span: DateSpan | None) -> str:
    """The office that a minister held when something was published; nothing where the tables know none."""
    held = [office for office in _offices(key) if span and _touches(office, span)]
    return _main(held).title if held else ""


def beside(minister: Entity, span: DateSpan | None) -> Markup:
    """What stands after a minister's name where something was published in ``span``: the office, or nothing."""
    held = then(minister.id, span)
    return Markup(' <span class="office">({})</span>').format(held) if held else Markup()


def latest(key: str) -> str:
    """A minister's latest office with the years of its term: "finansminister 2014–2021"."""
    known = _offices(key)
    if not known:
        return ""
    office = _main(known)
    first, last = (str(day.year) if day else "" for day in (office.first, office.last))
    return f"{office.title} {first if first == last else f'{first}–{last}'}"


@lru_cache(maxsize=2000)
def _offices(key: str) -> tuple[Office, ...]:
    return offices_of(key)


def _main(offices: "list[Office] | tuple[Office, ...]") -> Office:
    return min(offices, key=lambda office: (office.acting, office.title in _ASIDE))  # the first, newest, of equals


def _touches(office: Office, span: DateSpan) -> bool:
    return (office.first is None or office.first <= span.last) and (office.last is None or office.last >= span.first)
