"""Where a query's words stand in the texts of the releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from index.arrays.files import Array
from index.arrays.ragged import ranges
from index.arrays.terms import part_terms, text_terms
from index.arrays.tokens import Tokenizer, Tokens, WordList
from search.local.lookup import mask
from search.local.snapshot import Snapshot
from search.snippet import Place
from search.tree import Phrase, Prefix, Tree, Word, Words, atoms


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the words of a query: ``wanted`` holds for each word of the generation which one it is found by (0: by
    none), ``phrases`` the words that each place of a phrase may have. ``asked`` is what the query asks for."""

    wanted: Array
    phrases: tuple[tuple[Array, ...], ...]
    asked: tuple[Words, ...]
    snapshot: Snapshot

    @classmethod
    def of(cls, snapshot: Snapshot, tree: Tree) -> Self:
        """A marker of everything that ``tree`` asks for."""
        words = snapshot.arrays.documents.words
        wanted = np.zeros(len(words), np.int16)
        phrases, everything = [], tuple(atoms(tree.required))
        for at, asked in enumerate(everything, start=1):
            if isinstance(asked, Phrase):
                numbers = [[snapshot.lookup.number(term)] for term in asked.terms]
                phrases.append(tuple(mask(snapshot.words_of(n, parts=False), len(words)) for n in numbers))
            else:
                wanted[_words_of(snapshot, asked)] = at
        return cls(wanted, tuple(phrases), everything, snapshot)

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
        """Where the words stand in any text, also in words that no release has: those are told by their terms."""
        words = WordList()
        tokenizer = Tokenizer(words)
        tokenizer.add(text)
        return self._over(list(words.numbers)).places(tokenizer.tokens(), [0])[0]

    def _over(self, words: Sequence[str]) -> "Marker":
        """The same marker for other words than the generation's."""
        numbers = np.array([self.snapshot.arrays.documents.words.find(word) for word in words], np.int64)
        wanted = np.append(self.wanted, np.int16(0))[numbers]  # -1, not known, is the last
        phrases = tuple(tuple(np.append(one, False)[numbers] for one in phrase) for phrase in self.phrases)
        for n in np.flatnonzero(numbers < 0).tolist():
            self._see(words[n], n, wanted, phrases)
        return Marker(wanted, phrases, self.asked, self.snapshot)

    def _see(self, word: str, number: int, wanted: Array, phrases: Sequence[Sequence[Array]]) -> None:
        """Fill in what a word is that no release has."""
        lexicon = self.snapshot.arrays.lexicon
        text = text_terms(word, lexicon)
        terms = {*text, *part_terms(word, lexicon)}
        of_phrases = iter(phrases)
        for at, asked in enumerate(self.asked, start=1):
            if isinstance(asked, Phrase):
                for term, place in zip(asked.terms, next(of_phrases), strict=True):
                    place[number] = term in text
            elif terms & _terms_of(self.snapshot, asked) or (
                isinstance(asked, Prefix) and word.startswith(asked.prefix)
            ):
                wanted[number] = at


def _begins(word: str, asked: Word | Prefix) -> bool:
    return isinstance(asked, Prefix) and word.startswith(asked.prefix)


def _terms_of(snapshot: Snapshot, asked: Word | Prefix) -> set[str]:
    """The terms by which a word or a prefix is found; its own also when no release has it."""
    lookup = snapshot.lookup
    numbers = lookup.forms(asked).all if isinstance(asked, Word) else lookup.expanded(asked)
    return {asked.term, *(snapshot.arrays.inverted.terms[number] for number in numbers if number >= 0)}


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
