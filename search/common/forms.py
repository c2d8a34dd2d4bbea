"""The terms by which a word is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from search.tree import Prefix, Word

Term = int | str
"""The number of a term where terms are numbered; of one that no release has, and elsewhere, the term itself."""

T = TypeVar("T", bound=Term)


@dataclass(frozen=True, slots=True)
class Forms(Generic[T]):
    """The terms by which a word is found.

    ``term`` is its own (-1: numbered, and it occurs nowhere), ``parts`` those of a compound's parts (none unless all
    occur), ``related`` those of its verb or nouns.
    """

    term: T
    parts: tuple[T, ...] = ()
    related: tuple[T, ...] = ()

    @property
    def all(self) -> tuple[T, ...]:
        """All of them."""
        return (self.term, *self.parts, *self.related)


class Lexical(Protocol):
    """Knows the terms of words, prefixes and names."""

    def known(self, term: str) -> Term:
        """How a term is looked for."""

    def forms(self, word: Word) -> "Forms[int] | Forms[str]":
        """The terms by which a word is found."""

    def expanded(self, prefix: Prefix) -> Sequence[Term]:
        """The terms of the words that begin with a prefix."""
