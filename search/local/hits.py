"""Hits as a page shows them, from what the arrays keep ready of each release."""

from collections.abc import Iterable

from index.annotations import Entity
from search.local.marking import Marker
from search.local.snapshot import Snapshot
from search.page import Hit, Quoted
from search.snippet import Place, snippet


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
        numbers = [number for number, _ in rows]
        titles = self._marker.places(self._documents.title, numbers)
        texts = self._marker.places(self._documents.text, numbers)
        return tuple(self._hit(*row, *places) for row, *places in zip(rows, titles, texts, strict=True))

    def _hit(self, number: int, score: float, in_title: list[Place], in_text: list[Place]) -> Hit:
        shown = self._documents.shown
        quoted = None if self._speakers is None else self._best_quote(number)
        if quoted:
            speaker, text, in_text = quoted
        else:
            text = shown.texts[number]
        said = Quoted(speaker) if quoted else None
        return Hit(shown.facts.encoded(number), round(score, 4), snippet(text, in_text), in_title, said)

    def _best_quote(self, number: int) -> tuple[Entity | None, str, list[Place]] | None:
        """That with most of the query's words, its speaker, and where they stand; of equals the first."""
        first = int(self._documents.quotes.starts[number])
        quotes = self._documents.shown.quotations(number)
        places = self._marker.places(self._documents.speech, range(first, first + len(quotes)))
        found = [
            (speaker, text, where)
            for (speaker, text), where in zip(quotes, places, strict=True)
            if not self._speakers or (speaker and speaker.id in self._speakers)
        ]
        return max(found, key=lambda one: len({place.word for place in one[2]}), default=None)
