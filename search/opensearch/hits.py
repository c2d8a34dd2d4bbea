"""Hits as a page shows them, from what the cluster keeps of each release for it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

import numpy as np
import orjson

from index.annotations import Entity
from index.arrays.files import Array
from index.arrays.ragged import Ragged
from index.arrays.tokens import Tokenizer, Tokens, WordList
from index.opensearch.sources import TermBook
from search.common.forms import Term
from search.common.marking import Marker
from search.common.quoting import InText, Said, best_quote, hit_of
from search.common.texts import ReadTexts
from search.opensearch.asking import Dsl
from search.opensearch.ordering import score_of
from search.page import Hit, Quoted
from search.snippet import Excerpt

SHOWN = "shown"
"""The field that :class:`Hits` is made of."""


class PageWords:
    """The words of the texts on one page, by their terms."""

    def __init__(self, book: TermBook, words: WordList) -> None:
        self._book, self._words = book, words
        self._by_term: dict[tuple[Term, bool], Array] = {}

    def words_of(self, term: Term, parts: bool) -> Array:
        """The numbers of the words that have a term; with ``parts`` also those that have it in a part only."""
        found = self._by_term.get((term, parts))
        if found is None:
            numbers = (
                number
                for word, number in self._words.numbers.items()
                if term in (terms := self._book.of(word)).written or (parts and term in terms.parts)
            )
            found = self._by_term[term, parts] = np.fromiter(numbers, np.int64)
        return found


class Hits:
    """Makes the hits of one answer. With ``speakers`` (none: anyone) a snippet is the best of what they said."""

    def __init__(self, book: TermBook, marker: Marker, speakers: tuple[str, ...] | None = None) -> None:
        self._book, self._marker, self._speakers = book, marker, speakers

    def of(self, found: Iterable[Dsl]) -> tuple[Hit, ...]:
        """The hits that the cluster found."""
        hits = list(found)
        if not hits:
            return ()
        rows = [hit["_source"][SHOWN] for hit in hits]
        told = [orjson.loads(row[name]) for row in rows for name in ("title_words", "text_words")]
        places = self._marker.places(self._told_texts(told))
        best, marked = places.best_starts()[1::2].tolist(), places.rows()
        quoted: list[Said | None] = [None] * len(rows)
        if self._speakers is not None:
            quoted = list(self._best_quotes([_quotations(row["quoted"]) for row in rows]))
        return tuple(
            hit_of(score_of(hit), quote, row["facts"].encode(), in_title, (Excerpt.whole(row["text"]), start, in_text))
            for hit, row, quote, in_title, in_text, start in zip(
                hits, rows, quoted, marked[::2], marked[1::2], best, strict=True
            )
        )

    def _told_texts(self, told: Sequence[tuple[str, list[int], list[int]]]) -> ReadTexts:
        """Texts whose words the cluster keeps: them, where they begin, and how long they are."""
        words = WordList()
        numbers = Ragged.of([[words.number(word) for word in line.split(" ")] if line else [] for line, _, _ in told])
        begins = np.array([begin for _, row, _ in told for begin in row], np.int32)
        lengths = np.array([length for _, _, row in told for length in row], np.int32)
        return self._texts(words, Tokens(numbers, begins, begins + lengths), len(told))

    def _texts(self, words: WordList, tokens: Tokens, count: int) -> ReadTexts:
        return ReadTexts(partial(PageWords(self._book, words).words_of), tokens, np.arange(count))

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
        words = WordList()
        tokenizer = Tokenizer(words)
        for text in texts:
            tokenizer.add(text)
        return self._texts(words, tokenizer.tokens(), len(texts))


def _quotations(told: str) -> list[tuple[Entity | None, str]]:
    return [(Entity(*speaker) if speaker else None, words) for speaker, words in orjson.loads(told)]
