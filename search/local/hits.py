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
        snippets = list(map(snippet, excerpts, best.tolist(), marked[1::2]))
        facts, titles = self._documents.shown.facts.several(numbers), marked[::2]
        at = order.argsort().tolist()
        hits = [Hit(facts[n], round(score, 4), snippets[n], titles[n]) for n, (_, score) in zip(at, rows, strict=True)]
        if self._speakers is not None:
            hits = [self._quoting(hit, number) for hit, (number, _) in zip(hits, rows, strict=True)]
        return tuple(hits)

    def _quoting(self, hit: Hit, number: int) -> Hit:
        """The hit with a quotation for a snippet, if there is one."""
        best = self._best_quote(number)
        return hit._replace(quoted=best[0], snippet=snippet(*best[1])) if best else hit

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
