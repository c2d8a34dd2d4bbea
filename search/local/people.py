"""The terms by which ministers are named: they say who acts in a release, not what it is about."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from index.analysis import terms, words
from index.stems import term_of
from search.local.lookup import Lookup
from search.profile import tables


def people_terms(lookup: Lookup, names: Iterable[str]) -> frozenset[int]:
    """The numbers of the terms of these names and of the titles of offices."""
    every = {*_titles(), *(term for name in names for term in name_terms(name))}
    return frozenset(number for term in every if (number := lookup.number(term)) >= 0)


def name_terms(name: str) -> Iterator[str]:
    """The terms of a name's words, and of what they are joined of with hyphens."""
    return (term_of(word.text) for word in words(name))


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """The terms of the titles of one word, also of those that are joined of several."""
    offices = {office for holding in tables().holdings for office in (holding.office, *holding.offices)}
    return frozenset(found[0].term for office in {*offices, "minister"} if len(found := terms(office)) == 1)


def body_terms(lookup: Lookup) -> frozenset[int]:
    """The numbers of the terms of the departments' and agencies' names that are one word."""
    return frozenset(number for term in _names() if (number := lookup.number(term)) >= 0)


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    names = {name for body in (*tables().departments, *tables().agencies) for name in (*body.names, *body.acronyms)}
    return frozenset(found[0].term for name in names if len(found := terms(name)) == 1)
