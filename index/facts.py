"""What a list of hits shows of a release: the facts that it is told apart by, as JSON and as Python."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import orjson

from index.annotations import DateSpan, Entity
from index.document import Document

_PLAIN = ("id", "url", "title", "type", "summary")
_ENTITIES = ("departments", "ministers", "agencies", "categories")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts.

    What each means is told at :class:`index.release.Release`, :class:`index.annotations.Annotations` and, of
    ``removed``, :class:`index.document.Provenance`.
    """

    id: str
    url: str | None
    title: str
    type: str
    summary: str
    removed: str | None
    span: DateSpan | None
    departments: tuple[Entity, ...]
    ministers: tuple[Entity, ...]
    agencies: tuple[Entity, ...]
    categories: tuple[Entity, ...]

    @classmethod
    def from_json(cls, text: bytes) -> Self:
        """The facts that :func:`facts_json` wrote."""
        told = orjson.loads(text)
        found: dict[str, Any] = {name: told[name] for name in _PLAIN}
        found |= {name: tuple(Entity(one["id"], one["name"]) for one in told[name]) for name in _ENTITIES}
        return cls(**found, removed=told["removed"], span=_span(told["published"]))


def facts_json(document: Document) -> bytes:
    """The facts of a document as a JSON object: ``published`` is its span, an entity its ``id`` and ``name``."""
    release, annotations = document.release, document.annotations
    told: dict[str, Any] = {name: getattr(release, name) for name in _PLAIN}
    span = annotations.span
    told["published"] = span and {"first": span.first, "last": span.last, "precision": span.precision}
    for name in _ENTITIES:
        told[name] = [{"id": e.id, "name": e.name} for e in getattr(annotations, name)]
    told["removed"] = document.provenance.removed
    return orjson.dumps(told)


def _span(told: dict[str, str] | None) -> DateSpan | None:
    if told is None:
        return None
    first, last = date.fromisoformat(told["first"]), date.fromisoformat(told["last"])
    return DateSpan(first, last, told["precision"])  # type: ignore[arg-type]
