"""Every release as its sources gave it, and every version of it: the only thing that can't be made again.

What each source says of a release is a sighting. The present version is composed of all sightings there are:
what was told last leads, earlier tellings fill in what it leaves empty. Telling the same again is not telling
anew, so that two sources of one release do not take turns. A version is added when, and only when, what is
composed differs from the version before.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from index.archivefile import Mode, connect, mend, translated
from index.archiveseal import is_as_sealed, seal
from index.document import Provenance, Version
from index.errors import ArchiveError
from index.release import Release
from index.text import key_of


class Taken(StrEnum):
    """What became of a release that was handed to the archive."""

    FIRST = "first"
    AGAIN = "again"  # it was told in this run already
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Settled:
    """How many releases a run made, changed, and marked as gone from every source."""

    new: int = 0
    changed: int = 0
    removed: int = 0


class Archive:
    """The archive file. Changes are kept when the ``with`` block of :meth:`transaction` ends without error.

    A run puts what its sources say, each with the run's own time ``now``, says what is gone, and settles.
    Every method raises :class:`ArchiveError` when the file can't be read or written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self._path = path

    @classmethod
    def open(cls, path: Path, mode: Mode = "rwc") -> Self:
        """The archive at ``path``. Raises :class:`ArchiveError` for another's file, and for none unless it is made."""
        return cls(connect(path, mode), path)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with translated(self._path):
            return self._db.execute(sql, values).fetchall()

    def _write(self, sql: str, *values: Any) -> int:
        with translated(self._path):
            return self._db.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is done inside is kept together or not at all."""
        self._write("BEGIN IMMEDIATE")
        try:
            yield
            with translated(self._path):
                seal(self._db)
            self._write("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite itself ends it when the disk is full
                self._write("ROLLBACK")
            raise

    # What sources say.

    def put(self, release: Release, source: str, key: str, now: str) -> Taken:
        """Take in what ``source`` says under ``key``; :meth:`settle` makes versions of it."""
        if self.has_forgotten(release.id):
            return Taken.FORGOTTEN
        again = bool(self._rows("SELECT 1 FROM sighting WHERE id = ? AND last_seen = ? LIMIT 1", release.id, now))
        if again:
            release = self._completed(release, source, key, now)
        self._write(
            "INSERT INTO sighting (source, key, id, hash, told, last_seen) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (source, key) DO UPDATE SET id = excluded.id, hash = excluded.hash, "
            "told = iif(id = excluded.id AND hash = excluded.hash, told, excluded.told), "
            "last_seen = excluded.last_seen",
            *(source, key, release.id, self._keep(release), now, now),
        )
        return Taken.AGAIN if again else Taken.FIRST

    def _completed(self, release: Release, source: str, key: str, now: str) -> Release:
        """What a source said under this key earlier in the run, with what it left empty from ``release``."""
        rows = self._rows(
            "SELECT hash FROM sighting WHERE source = ? AND key = ? AND id = ? AND last_seen = ?",
            *(source, key, release.id, now),
        )
        return self._content(release.id, rows[0][0]).completed_by(release) if rows else release

    def other_text(self, release: Release, source: str) -> str | None:
        """Another source that has another text in a file whose name gives the same id, or None."""
        rows = self._rows(
            "SELECT source FROM sighting WHERE id = ? AND source <> ? AND key <> id AND hash <> ? ORDER BY number",
            *(release.id, source, _hash(_text(release))),
        )
        return str(rows[0][0]) if rows else None

    def sources(self) -> list[str]:
        """Every source that says something."""
        return [row[0] for row in self._rows("SELECT DISTINCT source FROM sighting ORDER BY source")]

    def unsay(self, source: str, now: str) -> None:
        """Take back what ``source`` said before this run and not in it."""
        self._write("DELETE FROM sighting WHERE source = ? AND last_seen <> ?", source, now)

    def supersede(self, source: str, now: str) -> None:
        """Take back what ``source`` said of the releases that another one told in this run."""
        self._write(
            "DELETE FROM sighting WHERE source = ? AND last_seen <> ? AND id IN "
            "(SELECT id FROM sighting WHERE last_seen = ?)",
            *(source, now, now),
        )

    def seen(self, now: str) -> set[str]:
        """The ids of the releases that were told in this run."""
        return {row[0] for row in self._rows("SELECT DISTINCT id FROM sighting WHERE last_seen = ?", now)}

    # What is made of it.

    def settle(self, now: str) -> Settled:
        """Compose anew each release of which other things are said than before; mark those of which nothing is."""
        rows = self._rows(
            "SELECT s.id, s.hash, r.told FROM sighting s LEFT JOIN release r ON r.id = s.id "
            "ORDER BY s.id, s.told DESC, s.number"
        )
        new = changed = 0
        for release_id, group in groupby(rows, key=itemgetter(0)):
            said = list(group)
            hashes, told = [row[1] for row in said], said[0][2]
            if told is None:
                self._write("INSERT INTO release VALUES (?, 0, '', '', ?, ?, NULL)", release_id, now, now)
            if "+".join(hashes) != told:
                changed += self._compose(release_id, hashes, now) and told is not None
            new += told is None
        removed = self._write(
            "UPDATE release SET removed = ? WHERE removed IS NULL AND id NOT IN (SELECT id FROM sighting)", now
        )
        self._write(
            "UPDATE release SET last_seen = ?, removed = NULL "
            "WHERE id IN (SELECT id FROM sighting WHERE last_seen = ?)",
            *(now, now),
        )
        return Settled(new, changed, removed)

    def _compose(self, release_id: str, hashes: list[str], now: str) -> bool:
        """Make the present version of what the sightings with these hashes say; whether it is another one."""
        whole = reduce(Release.completed_by, (self._content(release_id, digest) for digest in hashes))
        digest = self._keep(whole)
        rows = self._rows("SELECT number, hash FROM present WHERE id = ?", release_id)
        number, present = rows[0] if rows else (0, None)
        if digest != present:
            number += 1
            self._write("INSERT INTO version VALUES (?, ?, ?, ?)", release_id, number, digest, now)
        self._write(
            "UPDATE release SET version = ?, told = ?, title_key = ? WHERE id = ?",
            *(number, "+".join(hashes), key_of(whole.title), release_id),
        )
        self._write(
            "DELETE FROM content WHERE id = ? AND hash NOT IN "
            "(SELECT hash FROM version WHERE id = ? UNION SELECT hash FROM sighting WHERE id = ?)",
            *(release_id, release_id, release_id),
        )
        return bool(digest != present)

    def _keep(self, release: Release) -> str:
        text = _text(release)
        self._write("INSERT OR IGNORE INTO content VALUES (?, ?, ?)", release.id, _hash(text), text)
        return _hash(text)

    def _content(self, release_id: str, digest: str) -> Release:
        rows = self._rows("SELECT text FROM content WHERE id = ? AND hash = ?", release_id, digest)
        return self._release(rows[0][0] if rows else "")

    def _release(self, text: str) -> Release:
        try:
            return Release.from_dict(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ArchiveError(f"The archive {self._path} is damaged ({error}). {mend(self._path)}") from error

    # Erasing and keeping whole.

    def forget(self, release_id: str, now: str) -> None:
        """Erase a release for good, versions and all.

        Its source may still have it: a hash of the id stays, so that it is not taken in again.
        """
        self._write("DELETE FROM release WHERE id = ?", release_id)
        self._write("INSERT OR IGNORE INTO forgotten VALUES (?, ?)", _hash(release_id), now)

    def has_forgotten(self, release_id: str) -> bool:
        """Whether a release with this id was erased."""
        return bool(self._rows("SELECT 1 FROM forgotten WHERE id_hash = ?", _hash(release_id)))

    def check(self) -> None:
        """Raise :class:`ArchiveError` unless SQLite finds the file sound and each text is what was written."""
        found = [" ".join(row[0].split()) for row in self._rows("PRAGMA integrity_check(3)") if row[0] != "ok"]
        if not found:
            rows = self._rows("SELECT p.id, p.hash, c.text FROM present p LEFT JOIN content c USING (id, hash)")
            rows += self._rows("SELECT id, hash, text FROM content")
            found = [f"a text of {id_} is not what it was" for id_, digest, text in rows if _hash(text or "") != digest]
        with translated(self._path):
            found = found or ([] if is_as_sealed(self._db) else ["what it says of releases is not what was written"])
        if found:
            raise ArchiveError(f"The archive {self._path} is damaged: {'; '.join(found[:3])}. {mend(self._path)}")

    def compact(self) -> None:
        """Rewrite the file so that nothing of what was erased is left in it."""
        self._write("VACUUM")
        busy = self._rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
        if busy:
            raise ArchiveError(
                f"Something else is reading {self._path}, so what was erased is still in the log beside it. "
                "Close other readers of the archive and run it again."
            )

    # Reading.

    def __len__(self) -> int:
        return int(self._rows("SELECT count(*) FROM release")[0][0])

    def __contains__(self, release_id: str) -> bool:
        return bool(self._rows("SELECT 1 FROM release WHERE id = ?", release_id))

    def digests(self) -> dict[str, str]:
        """For every release, what changes when its entry in an index has to."""
        rows = self._rows("SELECT id, hash || '.' || number || '.' || coalesce(removed, '') FROM present ORDER BY id")
        return dict(rows)

    def present(self, release_ids: Iterable[str]) -> Iterator[tuple[Release, Provenance]]:
        """The present version of each of these releases, in the given order."""
        for release_id in release_ids:
            rows = self._rows("SELECT hash, first_seen, changed, removed, number FROM present WHERE id = ?", release_id)
            for digest, *known in rows:
                yield self._content(release_id, digest), Provenance(*known)

    def removed(self) -> set[str]:
        """The ids of the releases that no source has any more."""
        return {row[0] for row in self._rows("SELECT id FROM release WHERE removed IS NOT NULL")}

    def sharing_titles(self) -> list[list[Release]]:
        """The releases of each title that several share, one of them without an address of its own."""
        rows = self._rows(
            "SELECT id, title_key FROM release WHERE title_key IN (SELECT title_key FROM release GROUP BY title_key "
            "HAVING count(*) > 1 AND max(id GLOB 'text.*')) ORDER BY title_key, id"
        )
        by_title: dict[str, list[Release]] = {}
        for (release, _), (_, title) in zip(self.present(row[0] for row in rows), rows, strict=True):
            by_title.setdefault(title, []).append(release)
        return list(by_title.values())

    def versions(self, release_id: str) -> list[Version]:
        """Every version of a release, oldest first."""
        rows = self._rows("SELECT number, seen, hash FROM version WHERE id = ? ORDER BY number", release_id)
        return [Version(number, seen, self._content(release_id, digest)) for number, seen, digest in rows]


def _text(release: Release) -> str:
    return json.dumps(release.to_dict(), ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
