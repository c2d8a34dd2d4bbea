"""Making a generation: the protocol, and its implementation on Whoosh."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from whoosh.filedb.filestore import FileStorage

from index.arrays.documents import Documents, DocumentsBuilder
from index.arrays.made import FOLDER, Arrays, load_lexicon
from index.document import Document
from index.errors import IndexUnavailable
from index.facets import FACETS
from index.schema import fields_of, make_schema
from index.store import DataFolder, Generation, fingerprint, link_tree

_MEMORY_MB = 256  # postings that Whoosh's writer holds before it spills a run to disk


class Publisher(Protocol):
    """Makes the next generation beside the published one. Nothing is seen of it until :meth:`publish`."""

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        """Start a generation, empty or from what is published; the hash of each document that it holds.

        What is published is only built upon when the same code and tables made it.
        """

    def holds(self, release_id: str) -> bool:
        """Whether what is published has a document with this id, or finds one by it."""

    def add(self, document: Document, digest: str) -> None:
        """Put a document in, in place of the one with the same id."""

    def remove(self, release_id: str) -> None:
        """Take a document out."""

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        """Make the generation the current one, made at the ISO time ``created``; its name.

        ``stand_ins`` gives the id of a document for each other id that it is to be found by.
        """

    def discard(self) -> None:
        """Leave no trace of what was begun."""


class WhooshPublisher:
    """A :class:`Publisher` that writes a Whoosh index into a generation of a :class:`DataFolder`.

    The caller holds the folder's lock (:meth:`DataFolder.writing`).
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    def begin(self, *, afresh: bool) -> Mapping[str, str]:
        """Start a generation; see :meth:`Publisher.begin`."""
        base = None if afresh else self._base()
        self._path = self._folder.begin()
        self._entries = _Entries.load(base.path) if base else _Entries()
        self._lexicon = load_lexicon(base.path) if base else None
        self._columns = DocumentsBuilder(Documents.load(base.path / FOLDER) if base else None)
        self._gone: set[str] = set()
        whoosh = self._path / "whoosh"
        if base:
            link_tree(base.path / "whoosh", whoosh)
            (whoosh / "MAIN_WRITELOCK").unlink(missing_ok=True)  # the one file that Whoosh writes in place
        else:
            whoosh.mkdir()
        storage = FileStorage(str(whoosh))
        index = storage.open_index() if base else storage.create_index(make_schema())
        self._writer = index.writer(limitmb=_MEMORY_MB)
        return self._entries.hashes

    def holds(self, release_id: str) -> bool:
        """Whether what is published has this id; see :meth:`Publisher.holds`."""
        try:
            path = self._folder.current().path
        except IndexUnavailable:
            return False
        stand_ins = json.loads((path / "stand_ins.json").read_text(encoding="utf-8"))
        return release_id in _Entries.load(path) or release_id in stand_ins

    def _base(self) -> Generation | None:
        try:
            generation = self._folder.current()
        except IndexUnavailable:
            return None
        return generation if generation.manifest.fingerprint == fingerprint() else None

    def add(self, document: Document, digest: str) -> None:
        """Put a document in; see :meth:`Publisher.add`."""
        release_id = document.release.id
        if release_id in self._entries:
            self._writer.delete_by_term("id", release_id)
            self._gone.add(release_id)
        self._writer.add_document(**fields_of(document))
        self._entries.add(document, digest)
        self._columns.add(document)

    def remove(self, release_id: str) -> None:
        """Take a document out."""
        self._writer.delete_by_term("id", release_id)
        self._gone.add(release_id)
        self._entries.remove(release_id)

    def publish(self, created: str, stand_ins: Mapping[str, str]) -> str:
        """Commit, seal and publish; see :meth:`Publisher.publish`."""
        self._writer.commit()
        (self._path / "whoosh" / "MAIN_WRITELOCK").unlink(missing_ok=True)
        self._entries.save(self._path)
        Arrays.of(self._columns.documents(self._gone), self._lexicon).save(self._path)
        (self._path / "stand_ins.json").write_text(json.dumps(dict(stand_ins), indent=1), encoding="utf-8")
        return self._folder.publish(self._path, fingerprint(), created, self._entries.counts())

    def discard(self) -> None:
        """Remove the folder that was begun."""
        if not self._writer.is_closed:
            self._writer.cancel()
        self._folder.clean()


class _Entries:
    """What a generation keeps of its documents beside the index.

    ``entries.json``: each document's hash, title, type and span; ``labels.json``: facet → key → name.
    """

    def __init__(self, rows: dict[str, dict[str, Any]] | None = None) -> None:
        self._rows = rows or {}
        self._labels: dict[str, dict[str, str]] = {facet.key: {} for facet in FACETS}

    @classmethod
    def load(cls, generation: Path) -> "_Entries":
        entries = cls(json.loads((generation / "entries.json").read_text(encoding="utf-8")))
        entries._labels |= json.loads((generation / "labels.json").read_text(encoding="utf-8"))
        return entries

    def save(self, generation: Path) -> None:
        for name, data in (("entries.json", self._rows), ("labels.json", self._labels)):
            text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            (generation / name).write_text(text, encoding="utf-8")

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
            "title": release.title,
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
