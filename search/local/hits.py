"""Hits as a page shows them, from what the arrays keep ready of each release."""

from collections.abc import Iterable

import numpy as np

from search.local.marking import Marker
from search.local.snapshot import Snapshot
from search.local.texts import ReadTexts, ShownTexts
from search.page import Hit, Quoted
from search.snippet import Excerpt, Place, snippet

_InText = tuple[Excerpt, int, list[Place]]
"""A text, where the words stand best in it, and all places where they stand."""


class Hits:
    """Makes the hits of one answer. With ``speakers`` (none: anyone) a snippet is the best of what they said."""

    def __init__(self, snapshot: Snapshot, marker: Marker, speakers: tuple[str, ...] | None = None) -> None:
        self._snapshot = snapshot
        self._documents = snapshot.arrays.documents
        self._marker = marker
        self._speakers = speakers

    def of(self, rows: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
        """The hits of documents, by their numbers, with their scores."""
        rows = list(rows)
        numbers = np.array(sorted({number for number, _ in rows}), np.int64)
        if not rows:
            return ()
        places = self._marker.places(ShownTexts(self._snapshot.arrays, numbers))
        best = places.best_starts()[1::2]
        excerpts, marked = self._snapshot.excerpts.of(numbers, best), places.rows()
        facts = self._documents.shown.facts.several(numbers)
        columns = zip(facts, marked[::2], excerpts, best.tolist(), marked[1::2], strict=True)
        found = dict(zip(numbers.tolist(), columns, strict=True))
        return tuple([self._hit(number, score, *found[number]) for number, score in rows])

    def _hit(self, number: int, score: float, facts: bytes, in_title: list[Place], *in_text: *_InText) -> Hit:
        quoted = None if self._speakers is None else self._best_quote(number)
        said, text = quoted or (None, in_text)
        return Hit(facts, round(score, 4), snippet(*text), in_title, said)

    def _best_quote(self, number: int) -> tuple[Quoted, _InText] | None:
        """That with most of the query's words, and where they stand; of equals the first."""
        first = int(self._documents.quotes.starts[number])
        quotes = self._documents.shown.quotations(number)
        spoken = np.arange(first, first + len(quotes))
        places = self._marker.places(ReadTexts(self._snapshot, self._documents.speech, spoken))
        found = [
            (Quoted(speaker), (Excerpt.whole(text), best, where))
            for (speaker, text), best, where in zip(quotes, places.best_starts().tolist(), places.rows(), strict=True)
            if not self._speakers or (speaker and speaker.id in self._speakers)
        ]
        return max(found, key=lambda one: len({word for word, _, _ in one[1][2]}), default=None)
