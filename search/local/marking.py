"""Where a query's words stand in the texts of the releases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.analysis import chunks, wholes
from index.arrays.files import Array
from index.arrays.ragged import ranges
from index.arrays.tokens import Tokens
from search.local.lookup import mask
from search.local.snapshot import Snapshot
from search.snippet import Place
from search.tree import Phrase, Prefix, Tree, Word, Words, atoms


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the words of a query: ``wanted`` holds for each word of the generation which one it is found by (0: by
    none), ``phrases`` the words that each place of a phrase may have."""

    wanted: Array
    phrases: tuple[tuple[Array, ...], ...]
    number: Callable[[str], int]

    @classmethod
    def of(cls, snapshot: Snapshot, tree: Tree) -> "Marker":
        """A marker of everything that ``tree`` asks for."""
        words = snapshot.arrays.documents.words
        wanted = np.zeros(len(words), np.int16)
        phrases = []
        for at, asked in enumerate(atoms(tree.required), start=1):
            if isinstance(asked, Phrase):
                numbers = [[snapshot.lookup.number(term)] for term in asked.terms]
                phrases.append(tuple(mask(snapshot.words_of(n, parts=False), len(words)) for n in numbers))
            else:
                wanted[_words_of(snapshot, asked)] = at
        return cls(wanted, tuple(phrases), words.find)

    def places(self, tokens: Tokens, rows: Sequence[int]) -> list[list[Place]]:
        """Where the words stand in some of the texts of ``tokens``, in order."""
        at, ends_of_rows = self._at(tokens, np.asarray(rows, np.int64))
        begins, ends = tokens.begins[at].tolist(), tokens.ends[at].tolist()
        places = list(map(Place, self._words_at(tokens, at).tolist(), begins, ends))
        return [places[first:last] for first, last in pairwise(ends_of_rows)]

    def _at(self, tokens: Tokens, rows: Array) -> tuple[Array, list[int]]:
        """Which tokens of the rows are wanted, and how many those of each row and the rows before it are, from 0."""
        first, last = tokens.words.starts[rows], tokens.words.starts[rows + 1]
        lengths = last - first
        every = ranges(first, lengths)
        words = tokens.words.values[every]
        found = self.wanted[words] != 0
        for phrase in self.phrases:
            found |= _in_phrase(words, phrase, np.repeat(rows, lengths))
        chosen = found.nonzero()[0]
        ends = np.concatenate(([0], chosen.searchsorted(np.cumsum(lengths))))
        return every[chosen], ends.tolist()

    def _words_at(self, tokens: Tokens, at: Array) -> Array:
        """Which word of the query each token is; of one in a phrase only, a number for the token's word."""
        words = tokens.words.values[at]
        wanted = self.wanted[words]
        return np.where(wanted, wanted, -words - 1)

    def places_in(self, text: str) -> list[Place]:
        """Where the words stand in any text; a word that no release has is not among them."""
        found = list(_words_in(text))
        numbers = np.array([self.number(key) for key, _, _ in found], np.int64)
        known = numbers >= 0
        if not known.any():
            return []
        words = np.where(known, numbers, 0)
        wanted = np.where(known, self.wanted[words], 0)
        runs = np.where(known, np.cumsum(~known), -np.arange(len(words)) - 1)  # a phrase has known words alone
        for phrase in self.phrases:
            wanted = np.where((wanted == 0) & _in_phrase(words, phrase, runs), -words - 1, wanted)
        return [Place(int(wanted[n]), *found[n][1:]) for n in np.flatnonzero(wanted).tolist()]


def _words_in(text: str) -> Iterator[tuple[str, int, int]]:
    for start, chunk in chunks(text):
        for whole in wholes(chunk):
            yield whole.key, start + whole.start, start + whole.end


def _words_of(snapshot: Snapshot, asked: Words) -> Array:
    """The numbers of the words that a word or a prefix is found by."""
    if isinstance(asked, Word):
        return snapshot.words_of(snapshot.lookup.forms(asked).all)
    if isinstance(asked, Prefix):
        return snapshot.words_of(snapshot.lookup.expanded(asked))
    return np.zeros(0, np.int64)


def _in_phrase(words: Array, phrase: Sequence[Array], row: Array) -> Array:
    """Which of the words are in a place where the phrase stands, all of it in one row: ``row`` is that of each word."""
    inside = np.zeros(len(words), np.bool_)
    count = len(words) - len(phrase) + 1
    if count < 1:
        return inside
    begins = row[:count] == row[len(phrase) - 1 :]
    for at, allowed in enumerate(phrase):
        begins = begins & allowed[words[at : at + count]]
    for at in range(len(phrase)):
        inside[at : at + count] |= begins
    return inside
