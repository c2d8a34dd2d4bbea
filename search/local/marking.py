"""Where a query's words stand in the texts of the releases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis import chunks, wholes
from index.arrays.files import Array
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

    def places(self, tokens: Tokens, row: int) -> list[Place]:
        """Where the words stand in one of the texts of ``tokens``, in order."""
        here = slice(tokens.words.starts[row], tokens.words.starts[row + 1])
        words = tokens.words.values[here]
        found = self.wanted[words]
        for phrase in self.phrases:
            found = np.where(_in_phrase(words, phrase), -words - 1, found)
        at = np.flatnonzero(found)
        begins, ends = tokens.begins[here][at], tokens.ends[here][at]
        rows = zip(found[at].tolist(), begins.tolist(), ends.tolist(), strict=True)
        return [Place(*row) for row in rows]

    def places_in(self, text: str) -> list[Place]:
        """Where the words stand in any text; a word that no release has is not among them."""
        found = list(_words_in(text))
        numbers = np.array([self.number(key) for key, _, _ in found], np.int64)
        known = numbers >= 0
        if not known.any():
            return []
        words = np.where(known, numbers, 0)
        wanted = np.where(known, self.wanted[words], 0)
        for phrase in self.phrases:
            wanted = np.where(_in_phrase(words, phrase, known), -words - 1, wanted)
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


def _in_phrase(words: Array, phrase: Sequence[Array], known: Array | None = None) -> Array:
    """Which of the words are in a place where the phrase stands."""
    inside = np.zeros(len(words), np.bool_)
    count = len(words) - len(phrase) + 1
    if count < 1:
        return inside
    here = [allowed[words] if known is None else allowed[words] & known for allowed in phrase]
    begins = np.logical_and.reduce([one[at : at + count] for at, one in enumerate(here)])
    for at in range(len(phrase)):
        inside[at : at + count] |= begins
    return inside
