"""Texts whose words are marked, laid out on a line: where terms stand there, and where that is in each text.

The first text begins at 0, each other one ``APART`` after the one before it; a word is one further than the word before
it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.arrays.files import Array
from index.arrays.ragged import ranges
from index.arrays.tokens import Tokens
from search.common.forms import Term
from search.snippet import Places

BITS = 24
APART = 1 << BITS  # more words than any text has
_NOWHERE = np.zeros(0, np.int64)

WordsOf = Callable[[Term, bool], Array]
"""Gives the numbers of the words that have a term; if so asked, also those that have it in a part only."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that no release has, with its terms, and those of its parts."""

    text: str
    terms: set[Term]
    parts: set[Term]


Unknown = Sequence[tuple[int, UnknownWord]]


class Texts(Protocol):
    """Some texts on a line."""

    def columns(self, terms: Sequence[Term], *, parts: bool) -> list[Array]:
        """Where each of the terms stands on the line, in order; with ``parts`` also as a part of a word."""

    def beginning(self, prefix: str) -> Array:
        """Where words stand that no release has and that begin with ``prefix``."""

    def places(self, line: Array, numbers: Array) -> Places:
        """The places that are at these points of the line, which are in order, with these numbers.

        Instead of 0 it is that of the word there, which is made negative.
        """


class ReadTexts:
    """Texts read word by word: some ``rows`` of ``tokens``, whose words have the ``numbers`` in the generation.

    Of words that no release has (their number is -1) ``unknown`` are those, by their numbers among the tokens' words.
    """

    def __init__(
        self, words_of: WordsOf, tokens: Tokens, rows: Array, numbers: Array | None = None, unknown: Unknown = ()
    ) -> None:
        self._words_of, self._tokens, self._count = words_of, tokens, len(rows)
        first = tokens.words.starts[rows]
        lengths = tokens.words.starts[rows + 1] - first
        self._every = ranges(first, lengths)
        self._line = self._every + (np.arange(len(rows)) * APART - first).repeat(lengths)
        self._starts = first
        words = tokens.words.values[self._every]
        self._words = words if numbers is None else numbers[words]
        self._unknown = [(word, self._line[words == number]) for number, word in unknown]
        # By word, so that what a term costs does not depend on how long the texts are: a prefix has many terms.
        self._by_word = self._words.argsort(kind="stable")
        self._sorted = self._words[self._by_word]

    def columns(self, terms: Sequence[Term], *, parts: bool) -> list[Array]:
        """Where each of the terms stands on the line."""
        return [self._column(term, parts) for term in terms]

    def _column(self, term: Term, parts: bool) -> Array:
        known = np.unique(self._words_of(term, parts))
        first = self._sorted.searchsorted(known)
        found = self._by_word[ranges(first, self._sorted.searchsorted(known, side="right") - first)]
        here = [line for word, line in self._unknown if term in word.terms or (parts and term in word.parts)]
        return np.sort(np.concatenate((self._line[found], *here)))

    def beginning(self, prefix: str) -> Array:
        """Where words stand that no release has and that begin with ``prefix``."""
        return np.concatenate([_NOWHERE, *(line for word, line in self._unknown if word.text.startswith(prefix))])

    def places(self, line: Array, numbers: Array) -> Places:
        """The places at points of the line."""
        at = line >> BITS
        token = self._starts[at] + (line & APART - 1)
        words = self._tokens.words.values[token]
        begins, ends = self._tokens.begins[token], self._tokens.ends[token]
        return Places(self._count, at, np.where(numbers, numbers, -words - 1), begins, ends)
