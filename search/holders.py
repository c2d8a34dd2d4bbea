"""What an office is called in a search, and who held it when."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from index.annotate.offices import STATSRAD
from index.annotate.tables import Holding
from search.tree import Meaning

_ENDING = "minister"
_DAY = timedelta(days=1)


def offices(holdings: Collection[Holding]) -> Iterator[tuple[tuple[str, ...], tuple[Meaning, ...]]]:
    """Every office of ``holdings``: its titles, and its holders with their terms of office.

    The holder of an office that joins several ("energi- och näringsminister") held each of them.
    """
    joined = {holding.offices for holding in holdings}
    single = {frozenset({office}) for together in joined for office in together}
    for wanted in sorted((joined | single) - {STATSRAD}, key=sorted):
        held = [holding for holding in holdings if wanted <= holding.offices]
        written = {holding.office for holding in held if holding.offices == wanted}
        yield tuple(_titles({*wanted} if len(wanted) == 1 else written)), tuple(_terms(held))


def _titles(offices: Iterable[str]) -> Iterator[str]:
    """An office as people write it: "finansminister", "finansministern", "minister för finans"."""
    for office in sorted(offices):
        yield office
        if office.endswith(_ENDING):
            yield f"{office}n"
        if office.startswith(f"{_ENDING} "):
            yield office.replace(_ENDING, f"{_ENDING}n", 1)
        about = office.removesuffix(_ENDING).strip("-")
        if about != office and about.isalpha():
            yield from (f"{word} för {what}" for word in (_ENDING, f"{_ENDING}n") for what in _bases(about))


def _bases(about: str) -> tuple[str, ...]:
    """The words that can have become the first part of a compound: "utbildnings" is of "utbildning"."""
    return (about, about.removesuffix("s")) if about.endswith("s") else (about,)


def _terms(held: Iterable[Holding]) -> Iterator[Meaning]:
    """Who held an office from when to when; terms of one person that follow on each other are one."""
    terms: dict[str, list[tuple[date, date]]] = {}
    for holding in sorted(held, key=lambda h: h.period.first or date.min):
        first, last = holding.period.first or date.min, holding.period.last or date.max
        own = terms.setdefault(holding.person.id, [])
        if own and first - _DAY <= own[-1][1]:
            first, last = own[-1][0], max(last, own.pop()[1])
        own.append((first, last))
    for person, spans in terms.items():
        for first, last in spans:
            yield Meaning("minister", person, _known(first), _known(last))


def _known(day: date) -> date | None:
    return None if day in (date.min, date.max) else day
