"""A publisher that keeps everything in memory, as one may that publishes to another machine."""

from collections.abc import Mapping, Sequence
from typing import Any

from index.document import Document, Version
from index.errors import ClusterUnavailable
from index.publisher import Publisher
from index.store import DataFolder


class Shelf:
    """What was published last, by id, and what was before it. ``noted`` is when sources were last read."""

    def __init__(self) -> None:
        self.published: dict[str, tuple[str, Document]] | None = None
        self.older: list[dict[str, tuple[str, Document]]] = []
        self.noted = ""
        self.is_reached = True

    def publishing(self, folder: DataFolder) -> Publisher:
        """A publisher of what the folder keeps."""
        return ShelfPublisher(self)

    @property
    def titles(self) -> set[str]:
        """Those of what is published."""
        return {document.release.title for _, document in (self.published or {}).values()}


class ShelfPublisher:
    """A :class:`Publisher` that puts everything on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._next: dict[str, tuple[str, Document]] = {}

    @property
    def _published(self) -> dict[str, tuple[str, Document]] | None:
        if not self._shelf.is_reached:
            raise ClusterUnavailable("The shelf can't be reached.")
        return self._shelf.published

    def signature(self) -> int | None:
        return None if self._published is None else len(self._shelf.older)

    @property
    def is_published(self) -> bool:
        return self._published is not None

    @property
    def is_ours(self) -> bool:
        return True

    def counts(self) -> Mapping[str, Any]:
        return {"releases": len(self._published or {})}

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        self._next = {} if afresh else dict(self._published or {})
        return {release_id: digest for release_id, (digest, _) in self._next.items()}

    def holds(self, release_id: str) -> bool:
        return release_id in (self._published or {})

    def add(self, document: Document, digest: str, earlier: Sequence[Version] = ()) -> None:
        self._next[document.release.id] = digest, document

    def remove(self, release_id: str) -> None:
        del self._next[release_id]

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        if self._published is not None:
            self._shelf.older.append(self._published)
        self._shelf.published = self._next
        return str(1 + len(self._shelf.older))

    def discard(self) -> None:
        self._next = {}

    def remove_old(self) -> None:
        self._shelf.older.clear()

    def note_update(self, at: str) -> None:
        self._shelf.noted = at
