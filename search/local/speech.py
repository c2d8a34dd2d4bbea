"""What was said in quotations: which of them have the words, in which documents they are, and who speaks."""

from collections.abc import Iterable

import numpy as np

from index.arrays.files import Array
from index.arrays.made import Arrays
from search.common.beside import beside_each_other
from search.local.lookup import Lookup, columns_of
from search.local.scored import Scored
from search.tree import Phrase, Prefix, Word, Words

SATURATION = 1.2  # BM25's k1, as for the text


class Speech:
    """The quotations of a generation. They are numbered in the order of their documents."""

    def __init__(self, arrays: Arrays, lookup: Lookup) -> None:
        self._inverted = arrays.inverted
        self._lookup = lookup
        self.document_of = arrays.documents.quotes.rows
        self.speaker_of = arrays.documents.quotes.values
        self.documents = np.unique(self.document_of)

    def quotes(self, words: Words) -> Array:
        """The numbers of the quotations that have ``words``, in order; one that has them twice is there twice."""
        match words:
            case Word():
                forms = self._lookup.forms(words)
                whole = self._having([forms.term, *forms.related])
                if not forms.parts:
                    return whole
                held = [np.unique(self._having([part])) for part in forms.parts]
                counts = np.bincount(np.concatenate(held), minlength=len(self.document_of))
                return np.sort(np.concatenate((whole, np.flatnonzero(counts == len(forms.parts)))))
            case Phrase(terms):
                columns = columns_of(self._inverted.said, [self._lookup.number(term) for term in terms])
                return self._quotes_at(beside_each_other(columns))
            case Prefix():
                return self._having(self._lookup.expanded(words))

    def _having(self, numbers: Iterable[int]) -> Array:
        said, parts = self._inverted.said, self._inverted.said_parts
        found = [rows[number] for number in numbers if number >= 0 for rows in (said, parts)]
        return self._quotes_at(np.sort(np.concatenate(found))) if found else np.zeros(0, np.int64)

    def _quotes_at(self, positions: Array) -> Array:
        return np.searchsorted(self._inverted.said_places, positions, side="right") - 1

    def find(self, words: Words) -> Scored:
        """The documents in which ``words`` were said, scored by how often, and by how rare that is."""
        counts = np.bincount(self.document_of[self.quotes(words)], minlength=self._lookup.count)
        documents = np.flatnonzero(counts)
        times, count = counts[documents], len(self.documents)
        idf = np.log1p((count - len(documents) + 0.5) / (len(documents) + 0.5))
        return Scored(documents, (idf * times * (SATURATION + 1) / (times + SATURATION)).astype(np.float32))

    def speakers(self, words: Words) -> Array:
        """Who said ``words`` where: pairs, each the speaker's value times the count of documents, plus the document."""
        quotes = np.unique(self.quotes(words))
        known = quotes[self.speaker_of[quotes] >= 0]
        return np.unique(self.speaker_of[known].astype(np.int64) * self._lookup.count + self.document_of[known])
