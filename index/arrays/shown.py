"""What a list of hits shows of each release, ready to be read: its facts and its running text."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

import orjson

from index.annotations import DateSpan, Entity
from index.arrays.files import Array, Strings
from index.document import Document

_FACETS = ("ministers", "departments", "agencies", "categories")
_PLAIN = ("id", "url", "title", "type", "summary")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row for each document: ``heads`` as JSON (:func:`head_of`), ``texts`` as :func:`index.text.running_text`."""

    heads: Strings
    texts: Strings

    def save(self, folder: Path) -> None:
        """Write the rows into a folder."""
        self.heads.save(folder, "heads")
        self.texts.save(folder, "texts")

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The rows that :meth:`save` wrote, mapped."""
        return cls(Strings.load(folder, "heads"), Strings.load(folder, "texts"))

    def only(self, kept: Array) -> "Shown":
        """The rows for which ``kept`` is true."""
        return Shown(self.heads.only(kept), self.texts.only(kept))

    def with_rows(self, other: "Shown") -> "Shown":
        """These rows and then those of ``other``."""
        return Shown(self.heads.with_rows(other.heads), self.texts.with_rows(other.texts))


@dataclass(slots=True)
class ShownBuilder:
    """Collects the rows of documents."""

    _heads: list[bytes] = field(default_factory=list)
    _texts: list[bytes] = field(default_factory=list)

    def add(self, document: Document, text: str) -> None:
        """Take a document in, whose running text this is."""
        self._heads.append(orjson.dumps(head_of(document)))
        self._texts.append(text.encode())

    def shown(self) -> Shown:
        """All that was added."""
        return Shown(Strings.of_encoded(self._heads), Strings.of_encoded(self._texts))


def head_of(document: Document) -> dict[str, Any]:
    """The facts of a release that a hit shows, and its quotations with their speakers.

    The span is its first and last day and its precision, an entity its id and name.
    """
    release, annotations = document.release, document.annotations
    span = annotations.span
    return {
        **{name: getattr(release, name) for name in _PLAIN},
        "span": [span.first.isoformat(), span.last.isoformat(), span.precision] if span else None,
        **{name: [[e.id, e.name] for e in getattr(annotations, name)] for name in _FACETS},
        "quotes": [
            [[q.speaker.id, q.speaker.name] if q.speaker else None, document.said(q)] for q in annotations.quotes
        ],
    }


Quote = tuple[Entity | None, str]


def facts_of(head: bytes) -> tuple[dict[str, Any], tuple[Quote, ...]]:
    """What :func:`head_of` made, as it was: the span as such, entities as such; and the quotations apart."""
    found: dict[str, Any] = orjson.loads(head)
    if found["span"]:
        first, last, precision = found["span"]
        found["span"] = DateSpan(date.fromisoformat(first), date.fromisoformat(last), precision)
    for name in _FACETS:
        found[name] = tuple(Entity(*one) for one in found[name])
    quotes = found.pop("quotes")
    return found, tuple((Entity(*speaker) if speaker else None, text) for speaker, text in quotes)
