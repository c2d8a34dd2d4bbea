"""Every release as its source gave it, and every version of it: the only thing that can't be made again."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from index.document import Provenance
from index.errors import ArchiveError
from index.release import Release

FORMAT = 1
_APPLICATION_ID = 0x50726573  # "Pres": how SQLite's header says whose file this is

_SCHEMA = """
CREATE TABLE release (
    id         TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,          -- the number of the present version, from 1
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    removed    TEXT                       -- when its last source no longer had it
) STRICT;
CREATE TABLE version (
    id      TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    hash    TEXT NOT NULL,
    seen    TEXT NOT NULL,                -- when this version was first seen
    content TEXT NOT NULL,                -- Release.to_dict() as JSON
    PRIMARY KEY (id, number)
) STRICT;
CREATE TABLE sighting (
    source    TEXT NOT NULL,
    key       TEXT NOT NULL,
    id        TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (source, key)
) STRICT;
CREATE INDEX sighting_id ON sighting (id);
CREATE TABLE forgotten (
    id_hash TEXT PRIMARY KEY,             -- not the id: nothing of what was erased is kept
    at      TEXT NOT NULL
) STRICT;
"""


class Taken(StrEnum):
    """What became of a release that was handed to the archive."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a release: its number from 1, when it was first seen (ISO, UTC), and the release."""

    number: int
    seen: str
    release: Release


class Archive:
    """The archive file. Changes are kept when the ``with`` block of :meth:`transaction` ends without error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """The archive at ``path``, made when there is none. Raises :class:`ArchiveError` for another's file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None)
        try:
            _prepare(db, path)
        except sqlite3.Error as error:
            db.close()
            raise ArchiveError(
                f"{path} can't be used as an archive ({error}). Put a backup of it back, or move it away and "
                "run 'pressok rebuild SOURCE…' with the sources."
            ) from error
        except ArchiveError:
            db.close()
            raise
        return cls(db)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside is kept together or not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def put(self, release: Release, source: str, key: str, now: str) -> Taken:
        """Take a release in as ``source`` gave it under ``key`` at the ISO time ``now``."""
        if self._is_forgotten(release.id):
            return Taken.FORGOTTEN
        taken = self._put_version(release, now)
        self._db.execute(
            "INSERT INTO sighting VALUES (?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET "
            "id = excluded.id, last_seen = excluded.last_seen",
            (source, key, release.id, now),
        )
        return taken

    def _put_version(self, release: Release, now: str) -> Taken:
        digest = release.content_hash()
        row = self._db.execute(
            "SELECT v.number, v.hash FROM release r JOIN version v ON v.id = r.id AND v.number = r.version "
            "WHERE r.id = ?",
            (release.id,),
        ).fetchone()
        if row is None:
            self._db.execute("INSERT INTO release VALUES (?, 1, ?, ?, NULL)", (release.id, now, now))
            self._add_version(release, 1, digest, now)
            return Taken.NEW
        number, present = row
        if digest != present:
            number += 1
            self._add_version(release, number, digest, now)
        self._db.execute(
            "UPDATE release SET version = ?, last_seen = ?, removed = NULL WHERE id = ?",
            (number, now, release.id),
        )
        return Taken.SAME if digest == present else Taken.CHANGED

    def _add_version(self, release: Release, number: int, digest: str, now: str) -> None:
        content = json.dumps(release.to_dict(), ensure_ascii=False, separators=(",", ":"))
        self._db.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?)", (release.id, number, digest, now, content))

    def mark_removed(self, source: str, now: str) -> int:
        """Mark what ``source`` gave before ``now`` and no longer does, unless another source has it; how many."""
        self._db.execute("DELETE FROM sighting WHERE source = ? AND last_seen < ?", (source, now))
        cursor = self._db.execute(
            "UPDATE release SET removed = ? WHERE removed IS NULL AND id NOT IN (SELECT id FROM sighting)",
            (now,),
        )
        return cursor.rowcount

    def forget(self, release_id: str, now: str) -> bool:
        """Erase a release for good, versions and all; False when there is none with this id.

        Its source may still have it: a hash of the id stays, so that it is not taken in again.
        """
        erased = self._db.execute("DELETE FROM release WHERE id = ?", (release_id,)).rowcount > 0
        if erased:
            self._db.execute("INSERT OR REPLACE INTO forgotten VALUES (?, ?)", (_hash(release_id), now))
        return erased

    def check(self) -> None:
        """Raise :class:`ArchiveError` unless SQLite finds the whole file sound."""
        found = [row[0] for row in self._db.execute("PRAGMA integrity_check(3)")]
        if found != ["ok"]:
            raise ArchiveError(f"The archive is damaged: {'; '.join(found)}. Put a backup of it back.")

    def compact(self) -> None:
        """Rewrite the file so that nothing of what was erased is left in it."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _is_forgotten(self, release_id: str) -> bool:
        row = self._db.execute("SELECT 1 FROM forgotten WHERE id_hash = ?", (_hash(release_id),)).fetchone()
        return row is not None

    def __len__(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM release").fetchone()[0])

    def digests(self) -> dict[str, str]:
        """For every release, what changes when its entry in an index has to."""
        rows = self._db.execute(
            "SELECT r.id, v.hash || '.' || r.version || '.' || coalesce(r.removed, '') FROM release r "
            "JOIN version v ON v.id = r.id AND v.number = r.version ORDER BY r.id"
        )
        return dict(rows.fetchall())

    def present(self, release_ids: Iterable[str]) -> Iterator[tuple[Release, Provenance]]:
        """The present version of each of these releases, in the given order."""
        for release_id in release_ids:
            row = self._db.execute(
                "SELECT v.content, r.first_seen, v.seen, r.removed, r.version FROM release r "
                "JOIN version v ON v.id = r.id AND v.number = r.version WHERE r.id = ?",
                (release_id,),
            ).fetchone()
            content, first_seen, changed, removed, versions = row
            yield (
                Release.from_dict(json.loads(content)),
                Provenance(first_seen=first_seen, changed=changed, removed=removed, versions=versions),
            )

    def versions(self, release_id: str) -> list[Version]:
        """Every version of a release, oldest first."""
        rows = self._db.execute("SELECT number, seen, content FROM version WHERE id = ? ORDER BY number", (release_id,))
        return [Version(number, seen, Release.from_dict(json.loads(content))) for number, seen, content in rows]


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    # The write-ahead log lets status and export read while a rebuild writes; FULL makes a commit survive a
    # power cut, which is what an archive promises.
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if owner == 0 and version == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
        db.executescript(
            f"BEGIN; {_SCHEMA} PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
        )
    elif owner != _APPLICATION_ID:
        raise ArchiveError(f"{path} is not an archive of Pressök's. Name another folder with --data.")
    elif version != FORMAT:
        raise ArchiveError(
            f"{path} has format {version}, this version of Pressök reads format {FORMAT}. "
            "Export with the version that wrote it (pressok export) and rebuild from that file."
        )


def _hash(release_id: str) -> str:
    return hashlib.sha256(release_id.encode()).hexdigest()
