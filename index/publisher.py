"""Making a generation: the protocol, and its implementation on Whoosh."""

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import orjson

from index.arrays.documents import DocumentsBuilder
from index.arrays.made import Arrays
from index.document import Document, Version
from index.errors import IndexUnavailable
from index.facets import FACETS
from index.fingerprint import fingerprint
from index.freshness import LastUpdate
from index.manifest import Generation, Whole
from index.segments.generation import write_index
from index.spool import Spool
from index.store import DataFolder
from index.versions import EarlierVersions, EarlierVersionsBuilder


class Publisher(Protocol):
    """Makes the next generation beside the published one. Nothing is seen of it until :meth:`publish`.

    What asks for what is published raises :class:`index.errors.IndexUnavailable` where nobody can say.
    """

    def signature(self) -> Hashable | None:
        """Something that differs when something else has been published; None when nothing is."""

    @property
    def is_published(self) -> bool:
        """Whether anything has been published, whole or not."""

    @property
    def is_ours(self) -> bool:
        """Whether this code and these tables made what is published."""

    def counts(self) -> Mapping[str, Any]:
        """What is published says that it holds: ``releases`` is their number."""

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        """Start a generation, empty or from what is published; the hash of each document that it holds.

        What is published is only built upon when the same code and tables made it.
        """

    def holds(self, release_id: str) -> bool:
        """Whether what is published has a document with this id, or finds one by it."""

    def add(self, document: Document, digest: str, earlier: Sequence[Version] = ()) -> None:
        """Put a document in, with the earlier versions of its release, in place of the one with the same id."""

    def remove(self, release_id: str) -> None:
        """Take a document out."""

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        """Make the generation the current one, made at the ISO time ``created``; its name.

        ``stand_ins`` gives the id of a document for each other id that it is to be found by.
        """

    def discard(self) -> None:
        """Leave no trace of what was begun."""

    def remove_old(self) -> None:
        """Remove all that was published before what is published now, so that what was taken out is nowhere."""

    def note_update(self, at: str) -> None:
        """Tell that sources were read to the end at the ISO time ``at``, whether anything was published or not."""


class WhooshPublisher:
    """A :class:`Publisher` that writes a Whoosh index into a generation of a :class:`DataFolder`.

    The caller holds the folder's lock (:meth:`DataFolder.writing`).
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def signature(self) -> Hashable | None:
        """Something that differs when something else has been published; see :meth:`Publisher.signature`."""
        return self._folder.signature()

    @property
    def is_published(self) -> bool:
        """Whether anything has been published in the folder, whole or not."""
        return self._folder.is_published

    @property
    def is_ours(self) -> bool:
        """Whether this code and these tables made what is published."""
        return self._folder.manifest().fingerprint == fingerprint()

    def counts(self) -> Mapping[str, Any]:
        """What the manifest says that the published generation holds."""
        return self._folder.manifest().counts

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        """Start a generation; see :meth:`Publisher.begin`."""
        base = None if afresh else self._published()
        self._base: Generation | None = None
        self._arrays: Arrays | None = None
        self._entries = _Entries()
        if base:
            self._base, self._entries, self._arrays = base
        self._path = self._folder.begin()
        try:
            self._columns = DocumentsBuilder(self._arrays.documents if self._arrays else None, self._path)
            self._earlier = EarlierVersionsBuilder(self._path)
            self._stored = Spool(self._path)
        except BaseException:
            self._folder.clean()
            raise
        self._gone: set[str] = set()
        return self._entries.hashes

    def _published(self) -> "tuple[Generation, _Entries, Arrays] | None":
        """What is published, read while it is compared with its checksums; None when it can't be built upon."""
        try:
            generation = self._folder.uncompared()
            if generation.manifest.fingerprint != fingerprint():
                return None
            whole = Whole(generation)
            try:
                return generation, _Entries.load(generation.path), Arrays.load(generation.path)
            finally:
                whole.require()
        except IndexUnavailable:
            return None

    def holds(self, release_id: str) -> bool:
        """Whether what is published has this id; see :meth:`Publisher.holds`."""
        try:
            path = self._folder.current().path
        except IndexUnavailable:
            return False
        stand_ins = json.loads((path / "stand_ins.json").read_text(encoding="utf-8"))
        return release_id in _Entries.load(path) or release_id in stand_ins

    def add(self, document: Document, digest: str, earlier: Sequence[Version] = ()) -> None:
        """Put a document in; see :meth:`Publisher.add`."""
        if document.release.id in self._entries:
            self._gone.add(document.release.id)
        self._entries.add(document, digest)
        self._columns.add(document)
        self._earlier.add(document.release.id, earlier)
        self._stored.add(document.to_json())

    def remove(self, release_id: str) -> None:
        """Take a document out."""
        self._gone.add(release_id)
        self._entries.remove(release_id)

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        """Derive everything, seal and publish; see :meth:`Publisher.publish`."""
        arrays = Arrays.write(self._path, self._columns.documents(self._gone), self._arrays, self._gone)
        del self._columns
        base = self._base.path / "whoosh" if self._base else None
        write_index(self._path / "whoosh", base, arrays, self._stored, self._gone)
        self._stored.close()
        self._save_earlier()
        self._entries.save(self._path)
        (self._path / "stand_ins.json").write_text(json.dumps(dict(stand_ins), indent=1), encoding="utf-8")
        return self._folder.publish(self._path, fingerprint(), created, self._entries.counts(), self._base)

    def _save_earlier(self) -> None:
        added = self._earlier.versions()
        held = EarlierVersions.load(self._base.path).without(self._gone) if self._base else None
        (held.with_rows(added) if held else added).save(self._path)

    def discard(self) -> None:
        """Remove the folder that was begun."""
        with suppress(OSError):  # a full disk: what was put aside can't be written, and need not be
            self._stored.close()
        self._folder.clean()

    def remove_old(self) -> None:
        """Remove every generation but the published one."""
        self._folder.remove_old(kept=1)

    def note_update(self, at: str) -> None:
        """Write it beside the generations; see :meth:`Publisher.note_update`."""
        LastUpdate(self._folder.path).note(at)


class _Entries:
    """What a generation keeps of its documents beside the index.

    ``entries.json``: each document's hash, type and span; ``labels.json``: facet → key → name.
    """

    def __init__(self, rows: dict[str, dict[str, Any]] | None = None) -> None:
        self._rows = rows or {}
        self._labels: dict[str, dict[str, str]] = {facet.key: {} for facet in FACETS}

    @classmethod
    def load(cls, generation: Path) -> "_Entries":
        entries = cls(orjson.loads((generation / "entries.json").read_bytes()))
        entries._labels |= orjson.loads((generation / "labels.json").read_bytes())
        return entries

    def save(self, generation: Path) -> None:
        for name, data in (("entries.json", self._rows), ("labels.json", self._labels)):
            (generation / name).write_bytes(orjson.dumps(data, option=orjson.OPT_SORT_KEYS))

    @property
    def hashes(self) -> Mapping[str, str]:
        return {release_id: row["hash"] for release_id, row in self._rows.items()}

    def __contains__(self, release_id: str) -> bool:
        return release_id in self._rows

    def add(self, document: Document, digest: str) -> None:
        release, annotations = document.release, document.annotations
        span = annotations.span
        self._rows[release.id] = {
            "hash": digest,
            "type": release.type,
            "first": span and span.first.isoformat(),
            "last": span and span.last.isoformat(),
            "years": list(span.years) if span else [],
        }
        for facet in FACETS:
            self._labels[facet.key].update((e.id, e.name) for e in facet.values(release, annotations))

    def remove(self, release_id: str) -> None:
        del self._rows[release_id]

    def counts(self) -> dict[str, Any]:
        rows = self._rows.values()
        years = Counter(str(year) for row in rows for year in row["years"])
        return {
            "releases": len(rows),
            "first": min((r["first"] for r in rows if r["first"]), default=None),
            "last": max((r["last"] for r in rows if r["last"]), default=None),
            "by_type": dict(Counter(row["type"] for row in rows).most_common()),
            "by_year": dict(sorted(years.items())),
        }
