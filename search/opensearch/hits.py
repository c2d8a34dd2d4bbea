"""Hits as a page shows them, from what the cluster keeps of each release for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import numpy as np

from index.annotations import Entity
from index.arrays.files import Array, starts_of
from index.arrays.ragged import Ragged
from index.arrays.tokens import Tokenizer, Tokens, WordList
from index.opensearch.shown import Shown, ToldText, unpacked
from index.opensearch.sources import TermBook
from search.common.forms import Term
from search.common.marking import Marker
from search.common.quoting import InText, Said, best_quote, hit_of
from search.common.texts import ReadTexts
from search.opensearch.asking import Dsl
from search.opensearch.ordering import score_of
from search.page import Hit, Quoted
from search.snippet import Excerpt

FETCHED: Dsl = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["shown", "id"]}
"""What a search asks for of each hit: nothing for which the cluster has to unpack whole documents."""


def shown_of(hit: Dsl) -> Shown:
    """What is shown of a hit that was :data:`FETCHED`."""
    return unpacked(hit["fields"]["shown"][0])


class PageWords:
    """Numbers for those words of the texts on one page that have a term that is ``wanted``; all others are 0."""

    def __init__(self, book: TermBook, words: Iterable[str], wanted: frozenset[Term]) -> None:
        self.numbers: dict[str, int] = {}
        self._written: dict[Term, list[int]] = {}
        self._parts: dict[Term, list[int]] = {}
        for word in dict.fromkeys(words):
            terms = book.of(word)
            if wanted.isdisjoint(terms.written) and wanted.isdisjoint(terms.parts):
                continue  # as nearly all of the thousands on a page
            number = self.numbers[word] = len(self.numbers) + 1
            for found, each in ((self._written, terms.written), (self._parts, terms.parts)):
                for term in wanted.intersection(each):
                    found.setdefault(term, []).append(number)

    def words_of(self, term: Term, parts: bool) -> Array:
        """The numbers of the words that have a term; with ``parts`` also those that have it in a part only."""
        found = self._written.get(term, ())
        return np.array([*found, *self._parts.get(term, ())] if parts else found, np.int64)


class Hits:
    """Makes the hits of one answer. With ``speakers`` (none: anyone) a snippet is the best of what they said."""

    def __init__(self, book: TermBook, marker: Marker, speakers: tuple[str, ...] | None = None) -> None:
        self._book, self._marker, self._speakers = book, marker, speakers

    def of(self, found: Iterable[Dsl]) -> tuple[Hit, ...]:
        """The hits that the cluster found."""
        hits = list(found)
        if not hits:
            return ()
        rows = [shown_of(hit) for hit in hits]
        told = [text for row in rows for text in (row.title_words, row.text_words)]
        places = self._marker.places(self._told_texts(told))
        best, marked = places.best_starts()[1::2].tolist(), places.rows()
        quoted: list[Said | None] = [None] * len(rows)
        if self._speakers is not None:
            quoted = list(self._best_quotes([row.quoted for row in rows]))
        return tuple(
            hit_of(score_of(hit), quote, row.facts.encode(), in_title, (Excerpt.whole(row.text), start, in_text))
            for hit, row, quote, in_title, in_text, start in zip(
                hits, rows, quoted, marked[::2], marked[1::2], best, strict=True
            )
        )

    def _told_texts(self, told: Sequence[ToldText]) -> ReadTexts:
        """Texts whose words the cluster keeps."""
        words = PageWords(self._book, chain.from_iterable(text.different for text in told), self._marker.terms)
        numbers = [_numbered(words.numbers, text) for text in told]
        begins, lengths = (
            np.array(list(chain.from_iterable(rows)), np.int32)
            for rows in ((text.begins for text in told), (text.lengths for text in told))
        )
        rows = Ragged(starts_of(np.array([len(one) for one in numbers])), np.concatenate(numbers))
        return ReadTexts(words.words_of, Tokens(rows, begins, begins + lengths), np.arange(len(told)))

    def _best_quotes(self, quotations: Sequence[list[tuple[Entity | None, str]]]) -> Iterator[Said | None]:
        """Of each release the quotation with most of the query's words, and where they stand."""
        places = self._marker.places(self.read([text for of_one in quotations for _, text in of_one]))
        marked = iter(zip(places.best_starts().tolist(), places.rows(), strict=True))
        for of_one in quotations:
            rows: list[tuple[Quoted, InText]] = [
                (Quoted(speaker), (Excerpt.whole(text), start, where))
                for (speaker, text), (start, where) in zip(of_one, islice(marked, len(of_one)), strict=True)
            ]
            yield best_quote(rows, self._speakers or ())

    def read(self, texts: Sequence[str]) -> ReadTexts:
        """Any texts, read word by word."""
        listed = WordList()
        tokenizer = Tokenizer(listed)
        for text in texts:
            tokenizer.add(text)
        words = PageWords(self._book, listed.numbers, self._marker.terms)
        numbers = np.array([words.numbers.get(word, 0) for word in listed.numbers], np.int32)
        return ReadTexts(words.words_of, tokenizer.tokens(), np.arange(len(texts)), numbers)


def _numbered(known: Mapping[str, int], text: ToldText) -> Array:
    """The numbers of a text's words on the page."""
    numbers = np.array([known.get(word, 0) for word in text.different], np.int32)
    return numbers[np.array(text.numbers, np.int64)]
