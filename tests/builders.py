"""Short ways to say a release and to publish a few."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from index.annotations import Annotations, DateSpan, Entity, Quote
from index.document import Document, Provenance, Version
from index.publisher import WhooshPublisher
from index.release import Release
from index.store import DataFolder
from index.text import key_of

NOW = "2024-05-01T12:00:00Z"


def release(id: str = "pressmeddelanden.2018.04.en-nyhet", **fields: Any) -> Release:
    """A press release about nothing, with what a test cares for."""
    return Release(**{"id": id, "type": "pressmeddelande", "title": "En nyhet", **fields})


def entities(*names: str) -> tuple[Entity, ...]:
    return tuple(Entity(key_of(name), name) for name in names)


def month(year: int, number: int) -> DateSpan:
    last = date(year + number // 12, number % 12 + 1, 1).toordinal() - 1
    return DateSpan(date(year, number, 1), date.fromordinal(last), "month")


def document(
    id: str = "pressmeddelanden.2018.04.en-nyhet",
    *,
    span: DateSpan | None = None,
    ministers: Iterable[str] = (),
    departments: Iterable[str] = (),
    agencies: Iterable[str] = (),
    quotes: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Document:
    """A document. ``quotes`` are pairs of a speaker (empty: not known) and words that stand in the body."""
    body = fields.get("body", "")
    found = Annotations(
        span=span,
        ministers=entities(*ministers),
        departments=entities(*departments),
        agencies=entities(*agencies),
        categories=entities(*fields.get("categories", ())),
        quotes=tuple(
            Quote(body.index(words), body.index(words) + len(words), entities(name)[0] if name else None, False)
            for name, words in quotes
        ),
    )
    return Document(release(id, **fields), found, Provenance(NOW, NOW))


def publish(
    folder: Path,
    documents: Iterable[Document],
    *,
    afresh: bool = True,
    gone: Iterable[str] = (),
    stand_ins: Mapping[str, str] | None = None,
    earlier: Mapping[str, Sequence[Version]] | None = None,
) -> str:
    """Publish a generation with ``documents`` in ``folder``, with ``earlier`` versions by their ids; its number."""
    data = DataFolder(folder)
    with data.writing():
        publisher = WhooshPublisher(data)
        publisher.begin(afresh=afresh)
        for one in documents:
            publisher.add(one, one.release.content_hash(), (earlier or {}).get(one.release.id, ()))
        for release_id in gone:
            publisher.remove(release_id)
        return publisher.publish(NOW, stand_ins or {})
