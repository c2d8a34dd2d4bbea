"""What was typed, understood: a small tree that every engine translates.

A query asks for all of its ``required`` clauses and none of its ``excluded`` ones, among the releases that meet
its ``conditions``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Word:
    """A term in any text field; ``typed`` is the word that it was made of, folded (empty: not known)."""

    term: str
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms beside each other, in this order, in one text field; ``typed`` are the words they were made of, folded."""

    terms: tuple[str, ...]
    typed: tuple[str, ...] = field(default=(), compare=False)


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


@dataclass(frozen=True, slots=True)
class Titled:
    """Words in the title."""

    words: Words


Atom = Words | Said | Titled


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several alternatives."""

    alternatives: tuple[Atom, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name stands for: releases with this value of a facet; with days, only those whose span overlaps them."""

    facet: str
    key: str
    first: date | None = None  # both days included; None is open
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was typed: met by all words of one of its ways of writing, or by what it stands for.

    The first of ``ways`` is what was typed, word by word.
    """

    ways: tuple[tuple[Word | Phrase, ...], ...]
    meanings: tuple[Meaning, ...]


Clause = Atom | AnyOf | Named


@dataclass(frozen=True, slots=True)
class Valued:
    """A value of ``facet`` that is called what was ``typed`` (as a key); see :func:`search.names.is_called`."""

    facet: str
    typed: str


@dataclass(frozen=True, slots=True)
class During:
    """A span that overlaps the interval, both days included; None is open."""

    first: date | None
    last: date | None


Condition = Valued | During


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole query. With nothing required it asks for everything that is not excluded.

    Conditions say which releases are asked about, and are never scored: each row of ``conditions`` holds
    alternatives of which a release must meet one, and it may meet none of ``exceptions``.
    """

    required: tuple[Clause, ...] = ()
    excluded: tuple[Clause, ...] = ()
    conditions: tuple[tuple[Condition, ...], ...] = ()
    exceptions: tuple[Condition, ...] = ()


def alternatives_of(clause: Clause) -> tuple[Atom, ...]:
    """The alternatives of a clause; itself when there is no other.

    Of a name they are the words and phrases of all its ways, though a way of several is met by all of them only.
    """
    if isinstance(clause, Named):
        return tuple(dict.fromkeys(words for way in clause.ways for words in way))
    return clause.alternatives if isinstance(clause, AnyOf) else (clause,)


def only_words(clause: Clause) -> Words | None:
    """The words of a clause without alternatives, wherever they are looked for; else None."""
    return None if isinstance(clause, AnyOf | Named) else words_of(clause)


def words_of(atom: Atom) -> Words:
    """The words of an atom, wherever they are looked for."""
    return atom.words if isinstance(atom, Said | Titled) else atom


def is_reference(clause: Clause) -> bool:
    """Whether a clause is the number of a document, like 2017:45 or 2024/25:72: it has no forms and no likes."""
    words = only_words(clause)
    return isinstance(words, Word) and words.term[0].isdigit() and (":" in words.term or "/" in words.term)


def is_said(clause: Clause) -> bool:
    """Whether a clause asks for words in quotations, in one alternative at least."""
    return any(isinstance(atom, Said) for atom in alternatives_of(clause))


def atoms(clauses: tuple[Clause, ...]) -> Iterator[Words]:
    """Every word, phrase and prefix in ``clauses``, wherever it is looked for; of a name in all its ways."""
    for clause in clauses:
        for atom in alternatives_of(clause):
            yield words_of(atom)
