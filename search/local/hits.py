"""Hits as a page shows them, from what the arrays keep ready of each release."""

from collections.abc import Iterable, Sequence

from index.annotations import Entity
from search.local.marking import Marker
from search.local.snapshot import Snapshot
from search.page import Hit, Quoted
from search.snippet import Place, marked, snippet


class Hits:
    """Makes the hits of one answer. With ``speakers`` (none: anyone) a snippet is the best of what they said."""

    def __init__(self, snapshot: Snapshot, marker: Marker, speakers: tuple[str, ...] | None = None) -> None:
        self._snapshot = snapshot
        self._documents = snapshot.arrays.documents
        self._marker = marker
        self._speakers = speakers

    def of(self, rows: Iterable[tuple[int, float]]) -> tuple[Hit, ...]:
        """The hits of documents, by their numbers, with their scores."""
        return tuple(self._hit(number, score) for number, score in rows)

    def _hit(self, number: int, score: float) -> Hit:
        facts, quotes = self._snapshot.facts(number)
        quoted = None if self._speakers is None else self._best_quote(number, quotes)
        if quoted:
            speaker, text, places = quoted
        else:
            text = self._documents.shown.texts[number]
            places = self._marker.places(self._documents.text, number)
        return Hit(
            **facts,
            score=round(score, 4),
            snippet=snippet(text, places),
            marked_title=marked(facts["title"], self._marker.places(self._documents.title, number)),
            quoted=Quoted(speaker) if quoted else None,
        )

    def _best_quote(
        self, number: int, quotes: Sequence[tuple[Entity | None, str]]
    ) -> tuple[Entity | None, str, list[Place]] | None:
        """That with most of the query's words, its speaker, and where they stand; of equals the first."""
        first = int(self._documents.quotes.starts[number])
        found = [
            (speaker, text, self._marker.places(self._documents.speech, row))
            for row, (speaker, text) in enumerate(quotes, start=first)
            if not self._speakers or (speaker and speaker.id in self._speakers)
        ]
        return max(found, key=lambda one: len({place.word for place in one[2]}), default=None)
