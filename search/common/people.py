"""The terms by which ministers are named: they say who acts in a release, not what it is about."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from index.swedish.analysis import terms, words
from index.swedish.stems import term_of
from search.profile import tables


def people_terms(names: Iterable[str]) -> frozenset[str]:
    """The terms of these names and of the titles of offices."""
    return _titles() | {term for name in names for term in name_terms(name)}


def name_terms(name: str) -> Iterator[str]:
    """The terms of a name's words, and of what they are joined of with hyphens."""
    return (term_of(word.text) for word in words(name))


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """The terms of the titles of one word, also of those that are joined of several."""
    offices = {office for holding in tables().holdings for office in (holding.office, *holding.offices)}
    return frozenset(found[0].term for office in {*offices, "minister"} if len(found := terms(office)) == 1)


@lru_cache(maxsize=1)
def body_terms() -> frozenset[str]:
    """The terms of the departments' and agencies' names that are one word."""
    names = {name for body in (*tables().departments, *tables().agencies) for name in (*body.names, *body.acronyms)}
    return frozenset(found[0].term for name in names if len(found := terms(name)) == 1)
