"""Agencies, departments and other organisations, each with all its names and the facet values that it has."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from index.annotate.tables import Body, Tables, keyed
from search.tree import Meaning

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: the name that people use, all its names, its acronyms, and those that mean other things too."""

    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()


def agencies(tables: Tables, labels: Mapping[str, str]) -> Iterator[Organisation]:
    """The agencies; one that was only renamed is one organisation under both names."""
    return _organisations("agency", tables.agencies, labels, _renamed(tables.agencies))


def departments(tables: Tables, labels: Mapping[str, str]) -> Iterator[Organisation]:
    """The departments."""
    return _organisations("department", tables.departments, labels, {})


def others(rows: Iterable[tuple[str, ...]]) -> Iterator[Organisation]:
    """Organisations that are nothing but names, as :func:`index.synonyms.synonyms` gives them."""
    for row in rows:
        names = tuple(name for name in row if not name.startswith("?"))
        yield Organisation(names[0], names, (), tuple(name[1:] for name in row if name.startswith("?")))


def _organisations(
    facet: str, bodies: Sequence[Body], labels: Mapping[str, str], renamed: Mapping[str, str]
) -> Iterator[Organisation]:
    together: dict[str, list[Body]] = {}
    for body in bodies:
        together.setdefault(_last_key(body.entity.id, renamed), []).append(body)
    for same in together.values():
        keys = dict.fromkeys(body.entity.id for body in same)
        yield Organisation(
            same[-1].entity.name,
            tuple(dict.fromkeys(name for body in same for name in body.names)),
            tuple(dict.fromkeys(name for body in same for name in body.acronyms)),
            tuple(dict.fromkeys(name for body in same for name in body.introduced)),
            tuple(Meaning(facet, key) for key in keys if key in labels),
        )
    for key in labels.keys() - {body.entity.id for body in bodies}:
        yield Organisation(labels[key], (labels[key],), meanings=(Meaning(facet, key),))


def _last_key(key: str, renamed: Mapping[str, str]) -> str:
    while key in renamed:
        key = renamed[key]
    return key


def _renamed(bodies: Sequence[Body]) -> dict[str, str]:
    """The next key of each body that only got another name: nobody else went into the one that took over that day."""
    by_key = keyed(bodies)
    before: dict[str, set[str]] = {}
    for body in bodies:
        for successor in body.successors:
            before.setdefault(successor, set()).add(body.entity.id)
    return {
        body.entity.id: key
        for body in bodies
        for key in body.successors[:1]
        if len(body.successors) == 1 and before[key] == {body.entity.id} and _takes_over(by_key.get(key, ()), body)
    }


def _takes_over(followers: Iterable[Body], body: Body) -> bool:
    last = body.period.last
    return last is not None and any(follower.period.first == last + _DAY for follower in followers)
