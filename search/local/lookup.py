"""What words, phrases and prefixes find: documents with scores."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import IN_TITLE
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged
from index.swedish.stems import term_of
from search.common.beside import NEAR, beside_each_other
from search.common.forms import Forms, Term
from search.common.weighing import PARTS, RELATED
from search.local.positions import Places
from search.local.scored import NOTHING, Scored, all_of, best_of, scores_at, summed
from search.tree import Phrase, Prefix, Word, Words

MAX_EXPANSION = 50
"""So many terms of words that begin with a prefix are looked for, those in most documents first."""
_AT_HAND = 4000  # compounds whose documents are kept: looking for their parts near each other takes a while
ANYWHERE, LEADING = 0b111111, 0b011011
"""For ``sections``: wherever a word stands; in title or lead. See also :data:`index.arrays.inverted.IN_TITLE`."""


class Lookup:
    """Finds words in the arrays of a generation."""

    def __init__(self, arrays: Arrays) -> None:
        self._inverted = arrays.inverted
        self._documents = arrays.documents
        self._lexicon = arrays.lexicon
        self._postings = arrays.inverted.postings
        # Not a list: reading a number from one counts a reference in memory that workers then no longer share.
        self._starts = self._postings.starts.data
        self._scores = self._postings.values * self._postings.idf.repeat(np.diff(self._postings.starts))
        self.count = len(arrays.documents)
        # A few megabytes, for what every word of every query asks first.
        self._numbers = {term: number for number, term in enumerate(arrays.inverted.terms)}
        # Words are equal by their terms, and what is kept here depends on how they are written too.
        self._kept_forms = lru_cache(maxsize=10_000)(self._forms)
        self._kept_found = lru_cache(maxsize=_AT_HAND)(self._in_any_form)

    def number(self, term: str) -> int:
        """The number of a term; -1 when it occurs nowhere."""
        return self._numbers.get(term, -1)

    def known(self, term: str) -> Term:
        """The number of a term, or itself when it occurs nowhere."""
        return self._numbers.get(term, term)

    def numbers(self, terms: Iterable[str]) -> frozenset[int]:
        """The numbers of those of the terms that occur."""
        return frozenset(number for term in terms if (number := self.number(term)) >= 0)

    def forms(self, word: Word) -> Forms[int]:
        """The terms by which a word is found."""
        return self._kept_forms(word.term, word.typed)

    def _forms(self, term: str, typed: str) -> Forms[int]:
        parts = [self.number(term_of(part)) for part in self._lexicon.split(typed)]
        related = [number for one in self._lexicon.related(term) if (number := self.number(one)) >= 0]
        whole = tuple(dict.fromkeys(parts)) if parts and min(parts) >= 0 else ()
        return Forms(self.number(term), whole, tuple(related))

    def find(self, words: Words, sections: int = ANYWHERE) -> Scored:
        """The documents that have ``words`` in the sections, with scores."""
        match words:
            case Word():
                forms = self.forms(words)
                if not forms.parts and not forms.related:
                    return self.term(forms.term, sections)
                return self._kept_found(forms, sections)
            case Phrase(terms):
                return self._phrase(terms, sections)
            case Prefix():
                return self._prefix(words, sections)

    def _in_any_form(self, forms: Forms[int], sections: int) -> Scored:
        whole = self.term(forms.term, sections)
        if forms.parts:
            whole = self._compound(whole, forms.parts, sections)
        if not forms.related:
            return whole
        related = (self.term(number, sections) for number in forms.related)
        return best_of([whole, *(Scored(r.documents, r.scores * np.float32(RELATED)) for r in related)], self.count)

    def _compound(self, whole: Scored, parts: tuple[int, ...], sections: int) -> Scored:
        """Documents that have the whole, or all of its parts near each other; these count beside it."""
        found = [self.term(part, sections) for part in parts]
        near = self._near(parts, all_of(found).documents)
        documents = np.union1d(whole.documents, near) if len(near) else whole.documents
        scores = sum((scores_at(one, documents) for one in found), np.zeros(len(documents), np.float32))
        return Scored(documents, scores * np.float32(PARTS) + scores_at(whole, documents))

    def _near(self, parts: tuple[int, ...], documents: Array) -> Array:
        """Those of the documents in which each of the parts stands near the next."""
        if not len(documents):
            return documents
        places = Places(self._inverted, documents)
        columns = [places.of((part,)) for part in parts]
        near = [places.distances(one, other) <= NEAR for one, other in pairwise(columns)]
        return np.asarray(documents[np.logical_and.reduce(near)]) if near else documents

    def partly(self, word: Word) -> tuple[Scored, Array]:
        """The documents that don't match a compound but have parts of it: with scores, and with which share of them."""
        parts = self.forms(word).parts
        if not parts:
            return NOTHING, np.zeros(0, np.float32)
        scores, having = summed([self.term(part) for part in parts], self.count)
        having[self.find(word).documents] = 0
        documents = np.flatnonzero(having)
        return Scored(documents, scores[documents] * np.float32(PARTS)), having[documents] / np.float32(len(parts))

    def term(self, number: int, sections: int = ANYWHERE) -> Scored:
        """The documents that have a term, as a word or as a part of one."""
        if number < 0:
            return NOTHING
        here = slice(self._starts[number], self._starts[number + 1])
        documents, scores = self._postings.documents[here], self._scores[here]
        if sections == ANYWHERE:
            return Scored(documents, scores)
        kept = self._postings.sections[here] & sections != 0
        return Scored(documents[kept], scores[kept])

    def written(self, word: str, sections: int) -> Scored:
        """The documents that have a word written just so, in one of the sections; they score nothing."""
        number, inverted = self._documents.words.find(word), self._inverted
        found = self.term(int(inverted.word_text[number][0]), sections) if number >= 0 else NOTHING
        titles, texts = self._documents.title.words, self._documents.text.words
        having = [
            number in titles[document] or number in texts[document][: self._documents.lead[document]]
            for document in found.documents.tolist()
        ]
        documents = found.documents[np.array(having, np.bool_)] if having else found.documents
        return Scored(documents, np.zeros(len(documents), np.float32))

    def _prefix(self, prefix: Prefix, sections: int) -> Scored:
        return best_of([self.term(number, sections) for number in self.expanded(prefix)], self.count)

    def expanded(self, prefix: Prefix) -> list[int]:
        """The terms of the words that begin with a prefix, and that of its letters as a word."""
        own = self.number(prefix.term)
        words, terms = self.words_from(prefix.prefix), self._inverted.word_text
        found = np.unique(terms.values[terms.starts[words]])  # the first of each is the whole's: no joined part's
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
        begins = beside_each_other(columns_of(self._inverted.text, numbers))
        places = self._inverted.places
        documents = np.searchsorted(places, begins, side="right") - 1
        if sections == IN_TITLE:
            lengths = self._documents.title.words.lengths
            documents = documents[begins - places[documents] < lengths[documents]]
        documents = np.unique(documents)
        found = (self.term(number) for number in dict.fromkeys(numbers) if number >= 0)
        scores = sum((scores_at(one, documents) for one in found), np.zeros(len(documents), np.float32))
        return Scored(documents, scores)


def mask(documents: Array, count: int) -> Array:
    """A truth value for each of ``count`` documents: whether it is among these."""
    truths = np.zeros(count, np.bool_)
    truths[documents] = True
    return truths


def columns_of(positions: Ragged, numbers: list[int]) -> list[Array]:
    """Where each of the terms with these numbers stands; -1 is nowhere."""
    return [positions[number] if number >= 0 else positions.values[:0] for number in numbers]
