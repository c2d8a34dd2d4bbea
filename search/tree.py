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


Words = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class Said:
    """Words in a quotation."""

    words: Words


Atom = Words | Said


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several alternatives."""

    alternatives: tuple[Atom, ...]


Clause = Atom | AnyOf


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole query. With nothing required it asks for everything that is not excluded."""

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()


def alternatives_of(clause: Clause) -> tuple[Atom, ...]:
    """The alternatives of a clause; itself when there is no other."""
    return clause.alternatives if isinstance(clause, AnyOf) else (clause,)


def is_reference(clause: Clause) -> bool:
    """Whether a clause is the number of a document, like 2017:45 or 2024/25:72: it has no forms and no likes."""
    words = clause.words if isinstance(clause, Said) else clause
    return isinstance(words, Word) and words.term[0].isdigit() and (":" in words.term or "/" in words.term)


def is_said(clause: Clause) -> bool:
    """Whether a clause asks for words in quotations, in one alternative at least."""
    return any(isinstance(atom, Said) for atom in alternatives_of(clause))


def atoms(clauses: tuple[Clause, ...]) -> Iterator[Words]:
    """Every word, phrase and prefix in ``clauses``, wherever it is looked for."""
    for clause in clauses:
        for atom in alternatives_of(clause):
            yield atom.words if isinstance(atom, Said) else atom
