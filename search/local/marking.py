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
from search.local.lookup import NEAR, mask
from search.local.positions import nearest
from search.local.snapshot import Snapshot
from search.snippet import Place
from search.tree import Phrase, Prefix, Tree, Word, Words, atoms

_Places = Sequence[Sequence[Array]]


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the words of a query: ``wanted`` holds for each word of the generation which one it is found by (0: by
    none), ``phrases`` the words that each place of a phrase may have, ``compounds`` those that have each part of a
    compound, which count where they stand near each other; ``parts`` are their terms. ``asked`` is what the query asks
    for."""

    wanted: Array
    phrases: tuple[tuple[Array, ...], ...]
    compounds: tuple[tuple[Array, ...], ...]
    parts: tuple[tuple[int, ...], ...]
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
                wanted[snapshot.words_of(_numbers_of(snapshot, asked))] = at
        # A name's words are not taken apart to be marked.
        forms = [snapshot.lookup.forms(clause) for clause in tree.required if isinstance(clause, Word)]
        parts = tuple(one.parts for one in forms if one.parts)
        compounds = tuple(tuple(mask(snapshot.words_of([n]), len(words)) for n in numbers) for numbers in parts)
        return cls(wanted, tuple(phrases), compounds, parts, everything, snapshot)

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
        row = np.repeat(np.arange(len(rows)), lengths) if self.phrases or self.compounds else rows
        for phrase in self.phrases:
            found |= _in_phrase(words, phrase, row)
        for compound in self.compounds:
            found |= _near(words, compound, row)
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
        phrases, compounds = (
            tuple(tuple(np.append(one, False)[numbers] for one in places) for places in several)
            for several in (self.phrases, self.compounds)
        )
        for n in np.flatnonzero(numbers < 0).tolist():
            self._see(words[n], n, wanted, phrases, compounds)
        return Marker(wanted, phrases, compounds, self.parts, self.asked, self.snapshot)

    def _see(self, word: str, number: int, wanted: Array, phrases: _Places, compounds: _Places) -> None:
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
        for numbers, places in zip(self.parts, compounds, strict=True):
            for part, place in zip(numbers, places, strict=True):
                place[number] = self.snapshot.arrays.inverted.terms[part] in terms


def _terms_of(snapshot: Snapshot, asked: Word | Prefix) -> set[str]:
    """The terms by which a word or a prefix is found; its own also when no release has it."""
    numbers = _numbers_of(snapshot, asked)
    return {asked.term, *(snapshot.arrays.inverted.terms[number] for number in numbers if number >= 0)}


def _numbers_of(snapshot: Snapshot, asked: Word | Prefix) -> list[int]:
    """The numbers of the terms that a word is found by where it stands whole, or a prefix."""
    if isinstance(asked, Prefix):
        return snapshot.lookup.expanded(asked)
    forms = snapshot.lookup.forms(asked)
    return [forms.term, *forms.related]


def _near(words: Array, compound: Sequence[Array], row: Array) -> Array:
    """Which of the words are a part of a compound that stands near the part before or after it, in one row."""
    line = np.arange(len(words)) + row * 2 * NEAR
    at = [allowed[words].nonzero()[0] for allowed in compound]
    inside = np.zeros(len(words), np.bool_)
    for one, other in pairwise(at):
        if len(one) and len(other):
            inside[one[nearest(line[one], line[other]) <= NEAR]] = True
            inside[other[nearest(line[other], line[one]) <= NEAR]] = True
    return inside


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
