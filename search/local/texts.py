"""Texts whose words are marked, laid out on a line: where terms stand there, and where that is in each text.

The first text begins at 0, each other one ``APART`` after the one before it; a word is one further than the word before
it. Texts of releases that are shown are looked up among the positions of the terms; all others are read word by word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import GAP
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged, ranges
from index.arrays.terms import part_terms, text_terms
from index.arrays.tokens import Tokenizer, Tokens, WordList
from search.local.lookup import Term
from search.local.snapshot import Snapshot
from search.snippet import Places

_BITS = 24
APART = 1 << _BITS  # more words than any text has
_NOWHERE = np.zeros(0, np.int64)


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


class ShownTexts:
    """The title and the text of each of some documents, which are in order: two texts for each."""

    def __init__(self, arrays: Arrays, rows: Array) -> None:
        documents, inverted = arrays.documents, arrays.inverted
        self._whole, self._anywhere = inverted.text, inverted.anywhere
        self._count, self._title, self._text = len(rows), documents.title, documents.text
        titles, texts = self._title.words.starts[rows], self._text.words.starts[rows]
        self._starts = np.array((titles, texts)).T.ravel()
        begins = inverted.places[rows]
        self._edges = np.concatenate((begins, inverted.places[rows + 1]))
        # Title, lead and body of each document: where they begin among positions, and how far that is from the line.
        lead = begins + (self._title.words.starts[rows + 1] - titles) + GAP
        self._sections = np.array((begins, lead, lead + documents.lead[rows] + GAP), np.int32).T.ravel()
        line = np.arange(0, 2 * len(rows) * APART, 2 * APART)
        self._shifts = np.array((line - begins, line + APART - lead, line + APART - lead - GAP)).T.ravel()

    def columns(self, terms: Sequence[Term], *, parts: bool) -> list[Array]:
        """Where each of the terms stands on the line."""
        if not terms:
            return []
        positions = self._anywhere if parts else self._whole
        edges = np.concatenate([self._edges_of(positions, term) for term in terms]).reshape(-1, 2, self._count)
        first, last = edges[:, 0].ravel(), edges[:, 1].ravel()
        found = positions.values[ranges(first, last - first)]
        line = found + self._shifts[self._sections.searchsorted(found, side="right") - 1]
        ends = (last - first).cumsum()[self._count - 1 :: self._count].tolist()
        return [line[begin:end] for begin, end in pairwise([0, *ends])]

    def _edges_of(self, positions: Ragged, term: Term) -> Array:
        """Where a term's positions in each document begin, and where they end, among those of all terms."""
        if isinstance(term, str):
            return np.zeros(len(self._edges), np.int64)
        return np.asarray(positions[term].searchsorted(self._edges) + positions.starts[term])

    def beginning(self, prefix: str) -> Array:
        """None: all words here are known."""
        return _NOWHERE

    def places(self, line: Array, numbers: Array) -> Places:
        """The places at points of the line: of each document those in the title, then those in the text."""
        at = line >> _BITS
        token = self._starts[at] + (line & APART - 1)
        in_text = (at & 1).astype(np.bool_)
        sides = [(side.nonzero()[0], tokens) for side, tokens in ((in_text, self._text), (~in_text, self._title))]
        begins, ends, words = (np.empty(len(line), np.int32) for _ in range(3))
        for chosen, tokens in sides:
            of_side = token[chosen]
            begins[chosen], ends[chosen] = tokens.begins[of_side], tokens.ends[of_side]
            words[chosen] = tokens.words.values[of_side]
        return Places(2 * self._count, at, np.where(numbers, numbers, -words - 1), begins, ends)


class ReadTexts:
    """Texts read word by word: some ``rows`` of ``tokens``, whose words have the ``numbers`` in the generation.

    Of words that no release has (their number is -1) ``unknown`` are those, by their numbers among the tokens' words.
    """

    def __init__(
        self, snapshot: Snapshot, tokens: Tokens, rows: Array, numbers: Array | None = None, unknown: Unknown = ()
    ) -> None:
        self._snapshot, self._tokens, self._count = snapshot, tokens, len(rows)
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
        known = np.unique(self._snapshot.words_of([term] if isinstance(term, int) else [], parts=parts))
        first = self._sorted.searchsorted(known)
        found = self._by_word[ranges(first, self._sorted.searchsorted(known, side="right") - first)]
        here = [line for word, line in self._unknown if term in word.terms or (parts and term in word.parts)]
        return np.sort(np.concatenate((self._line[found], *here)))

    def beginning(self, prefix: str) -> Array:
        """Where words stand that no release has and that begin with ``prefix``."""
        return np.concatenate([_NOWHERE, *(line for word, line in self._unknown if word.text.startswith(prefix))])

    def places(self, line: Array, numbers: Array) -> Places:
        """The places at points of the line."""
        at = line >> _BITS
        token = self._starts[at] + (line & APART - 1)
        words = self._tokens.words.values[token]
        begins, ends = self._tokens.begins[token], self._tokens.ends[token]
        return Places(self._count, at, np.where(numbers, numbers, -words - 1), begins, ends)


def typed_text(snapshot: Snapshot, text: str) -> ReadTexts:
    """Any text, whose words need not be in a release."""
    words = WordList()
    tokenizer = Tokenizer(words)
    tokenizer.add(text)
    numbers = np.array([snapshot.arrays.documents.words.find(word) for word in words.numbers], np.int64)
    unknown = [(at, _unknown(snapshot, word)) for word, at in words.numbers.items() if numbers[at] < 0]
    return ReadTexts(snapshot, tokenizer.tokens(), np.zeros(1, np.int64), numbers, unknown)


def _unknown(snapshot: Snapshot, word: str) -> UnknownWord:
    lexicon, known = snapshot.arrays.lexicon, snapshot.lookup.known
    return UnknownWord(word, set(map(known, text_terms(word, lexicon))), set(map(known, part_terms(word, lexicon))))
