"""Texts of releases that are shown, which are looked up among the positions of the terms, and any others."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import GAP
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged, ranges
from index.arrays.terms import part_terms, text_terms
from index.arrays.tokens import Tokenizer, Tokens, WordList
from search.common.forms import Term
from search.common.texts import APART, BITS, ReadTexts, Unknown, UnknownWord
from search.local.snapshot import Snapshot
from search.snippet import Places

_NOWHERE = np.zeros(0, np.int64)


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
        at = line >> BITS
        token = self._starts[at] + (line & APART - 1)
        in_text = (at & 1).astype(np.bool_)
        sides = [(side.nonzero()[0], tokens) for side, tokens in ((in_text, self._text), (~in_text, self._title))]
        begins, ends, words = (np.empty(len(line), np.int32) for _ in range(3))
        for chosen, tokens in sides:
            of_side = token[chosen]
            begins[chosen], ends[chosen] = tokens.begins[of_side], tokens.ends[of_side]
            words[chosen] = tokens.words.values[of_side]
        return Places(2 * self._count, at, np.where(numbers, numbers, -words - 1), begins, ends)


def read_texts(
    snapshot: Snapshot, tokens: Tokens, rows: Array, numbers: Array | None = None, unknown: Unknown = ()
) -> ReadTexts:
    """Some rows of tokens, whose words are those of the generation, or have these ``numbers`` in it."""
    return ReadTexts(partial(_words_of, snapshot), tokens, rows, numbers, unknown)


def _words_of(snapshot: Snapshot, term: Term, parts: bool) -> Array:
    return snapshot.words_of([term] if isinstance(term, int) else [], parts=parts)


def typed_text(snapshot: Snapshot, text: str) -> ReadTexts:
    """Any text, whose words need not be in a release."""
    words = WordList()
    tokenizer = Tokenizer(words)
    tokenizer.add(text)
    numbers = np.array([snapshot.arrays.documents.words.find(word) for word in words.numbers], np.int64)
    unknown = [(at, _unknown(snapshot, word)) for word, at in words.numbers.items() if numbers[at] < 0]
    return read_texts(snapshot, tokenizer.tokens(), np.zeros(1, np.int64), numbers, unknown)


def _unknown(snapshot: Snapshot, word: str) -> UnknownWord:
    lexicon, known = snapshot.arrays.lexicon, snapshot.lookup.known
    return UnknownWord(word, set(map(known, text_terms(word, lexicon))), set(map(known, part_terms(word, lexicon))))
