"""Hits as a page shows them, from what the arrays keep ready of each release."""

from collections.abc import Iterable, Iterator
from itertools import islice, repeat

import numpy as np

from index.arrays.files import Array, ranges
from search.common.marking import Marker
from search.common.quoting import InText, Said, best_quote, hit_of
from search.local.snapshot import Snapshot
from search.local.texts import ShownTexts, read_texts
from search.page import Hit, Quoted
from search.snippet import Excerpt, Place


class Hits:
    """Makes the hits of one answer. With ``speakers`` (none: anyone) a snippet is the best of what they said."""

    def __init__(self, snapshot: Snapshot, marker: Marker, speakers: tuple[str, ...] | None = None) -> None:
        self._snapshot = snapshot
        self._documents = snapshot.arrays.documents
        self._marker = marker
        self._speakers = speakers

    def of(self, rows: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
        """The hits of different documents, by their numbers, with their scores."""
        rows = list(rows)
        if not rows:
            return ()
        numbers = np.array([number for number, _ in rows])
        order = numbers.argsort()
        numbers = numbers[order]  # what is looked up in order is found faster
        places = self._marker.places(ShownTexts(self._snapshot.arrays, numbers))
        best, marked = places.best_starts()[1::2], places.rows()
        excerpts = self._snapshot.excerpts.of(numbers, best)
        facts = self._documents.shown.facts.several(numbers)
        quoted = repeat(None) if self._speakers is None else self._best_quotes(numbers)
        found = list(zip(quoted, facts, marked[::2], excerpts, best.tolist(), marked[1::2], strict=False))
        at = order.argsort().tolist()
        return tuple([_hit(score, *found[n]) for n, (_, score) in zip(at, rows, strict=True)])

    def _best_quotes(self, numbers: Array) -> Iterator[Said | None]:
        """Of each document the quotation with most of the query's words, and where they stand; of equals the first.

        Those of all documents are marked at once: a query can ask for more terms than a page has quotations.
        """
        quotes = [self._documents.shown.quotations(number) for number in numbers.tolist()]
        spoken = ranges(self._documents.quotes.starts[numbers], np.array([len(of_one) for of_one in quotes], np.int64))
        places = self._marker.places(read_texts(self._snapshot, self._documents.speech, spoken))
        marked = iter(zip(places.best_starts().tolist(), places.rows(), strict=True))
        for of_one in quotes:
            found = [
                (Quoted(speaker), (Excerpt.whole(text), best, where))
                for (speaker, text), (best, where) in zip(of_one, islice(marked, len(of_one)), strict=True)
            ]
            yield best_quote(found, self._speakers or ())


def _hit(score: float, quoted: Said | None, facts: bytes, in_title: list[Place], *in_text: *InText) -> Hit:
    return hit_of(round(score, 4), quoted, facts, in_title, in_text)
