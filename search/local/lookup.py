"""What words, phrases and prefixes find: documents with scores."""

from functools import lru_cache

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import IN_TITLE
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged
from index.stems import term_of
from search.local.scored import NOTHING, Scored, best_of, summed, within
from search.tree import Phrase, Prefix, Word, Words

MAX_EXPANSION = 50
"""So many terms of words that begin with a prefix are looked for, those in most documents first."""
PARTS = 1.0
"""What the parts of a compound that was asked for count beside the whole."""

ANYWHERE, LEADING = 0b111111, 0b011011
"""For ``sections``: wherever a word stands; in title or lead. See also :data:`index.arrays.inverted.IN_TITLE`."""


class Lookup:
    """Finds words in the arrays of a generation."""

    def __init__(self, arrays: Arrays) -> None:
        self._inverted = arrays.inverted
        self._documents = arrays.documents
        self._lexicon = arrays.lexicon
        self._postings = arrays.inverted.postings
        self._terms = arrays.inverted.terms
        self.count = len(arrays.documents)
        self.forms = lru_cache(maxsize=10_000)(self._forms)

    def number(self, term: str) -> int:
        """The number of a term; -1 when it occurs nowhere."""
        return self._terms.find(term)

    def _forms(self, word: Word) -> tuple[int, tuple[int, ...]]:
        """The numbers of a word's term (-1: occurs nowhere) and of the terms of its parts: of all of them, or none."""
        parts = [self.number(term_of(part)) for part in self._lexicon.split(word.typed)]
        return self.number(word.term), tuple(dict.fromkeys(parts)) if parts and min(parts) >= 0 else ()

    def find(self, words: Words, sections: int = ANYWHERE) -> Scored:
        """The documents that have ``words`` in the sections, with scores."""
        match words:
            case Word():
                return self._word(words, sections)
            case Phrase(terms):
                return self._phrase(terms, sections)
            case Prefix():
                return self._prefix(words, sections)

    def _word(self, word: Word, sections: int) -> Scored:
        term, parts = self.forms(word)
        whole = self.term(term, sections)
        return self._compound(whole, parts, sections) if parts else whole

    def _compound(self, whole: Scored, parts: tuple[int, ...], sections: int) -> Scored:
        """Documents that have the whole, or all of its parts; these count beside it."""
        found = [self.term(part, sections) for part in parts]
        scores, having = summed(found, self.count)
        scores *= np.float32(PARTS)
        scores[whole.documents] += whole.scores
        having[whole.documents] = len(parts)
        documents = np.flatnonzero(having == len(parts))
        return Scored(documents, scores[documents])

    def term(self, number: int, sections: int = ANYWHERE) -> Scored:
        """The documents that have a term, as a word or as a part of one."""
        if number < 0:
            return NOTHING
        postings = self._postings
        here = slice(postings.starts[number], postings.starts[number + 1])
        documents, scores = postings.documents[here], postings.values[here] * postings.idf[number]
        if sections == ANYWHERE:
            return Scored(documents, scores)
        kept = postings.sections[here] & sections != 0
        return Scored(documents[kept], scores[kept])

    def _prefix(self, prefix: Prefix, sections: int) -> Scored:
        return best_of([self.term(number, sections) for number in self.expanded(prefix)], self.count)

    def expanded(self, prefix: Prefix) -> list[int]:
        """The terms of the words that begin with a prefix, and that of its letters as a word."""
        own = self.number(prefix.term)
        words = self.words_from(prefix.prefix)
        found = np.unique(self._inverted.word_text.gather(words)[0])
        if len(found) > MAX_EXPANSION:
            starts = self._postings.starts
            found = found[np.argsort(starts[found] - starts[found + 1], kind="stable")[:MAX_EXPANSION]]
        return list({*found.tolist(), own} - {-1})

    def words_from(self, prefix: str) -> Array:
        """The numbers of the words that begin with a prefix."""
        # A hyphen is no part of what was typed, so those words stand elsewhere: "nato-medlemskap", "nato".
        return np.array(self._documents.words.starting_with(prefix), np.int64)

    def _phrase(self, terms: tuple[str, ...], sections: int) -> Scored:
        numbers = [self.number(term) for term in terms]
        begins = beside_each_other(self._inverted.text, numbers)
        places = self._inverted.places
        documents = np.searchsorted(places, begins, side="right") - 1
        if sections == IN_TITLE:
            lengths = self._documents.title.words.lengths
            documents = documents[begins - places[documents] < lengths[documents]]
        documents = np.unique(documents)
        found = [within(self.term(number), documents) for number in dict.fromkeys(numbers) if number >= 0]
        scores, _ = summed(found, self.count)
        return Scored(documents, scores[documents])


def mask(documents: Array, count: int) -> Array:
    """A truth value for each of ``count`` documents: whether it is among these."""
    truths = np.zeros(count, np.bool_)
    truths[documents] = True
    return truths


def beside_each_other(positions: Ragged, numbers: list[int]) -> Array:
    """Where terms (by their numbers) begin to stand one after the other; in order."""
    if min(numbers, default=-1) < 0:
        return np.zeros(0, np.int64)
    columns = [positions[number].astype(np.int64) - at for at, number in enumerate(numbers)]
    columns.sort(key=len)
    begins = columns[0]
    for column in columns[1:]:
        at = np.searchsorted(column, begins)
        at[at == len(column)] = 0
        begins = begins[column[at] == begins] if len(column) else begins[:0]
    return begins
