"""What was typed, understood: a small tree that every engine translates.

A query asks for all of its ``required`` clauses and none of its ``excluded`` ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A term in any text field."""

    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms beside each other, in this order, in one text field."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every term that begins with ``prefix`` (folded), and the term that the typed letters make themselves."""

    prefix: str
    term: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several alternatives."""

    alternatives: tuple[Word | Phrase | Prefix, ...]


Atom = Word | Phrase | Prefix
Clause = Atom | AnyOf


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole query. With nothing required it asks for everything that is not excluded."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()


def atoms(clauses: tuple[Clause, ...]) -> Iterator[Atom]:
    """Every word, phrase and prefix in ``clauses``."""
    for clause in clauses:
        if isinstance(clause, AnyOf):
            yield from clause.alternatives
        else:
            yield clause
