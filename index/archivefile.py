"""The archive's file: its tables, whose it is, and SQLite's errors told as ours."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from index.errors import ArchiveError

FORMAT = 1
Mode = Literal["ro", "rw", "rwc"]
"""How a file is opened: read only, read and write what is there, or make it where there is none."""

_APPLICATION_ID = 0x50726573  # "Pres": how SQLite's header says whose file this is
_MEND = (
    "Put a backup of it back; or remove CURRENT (of a cluster: the index there) and {name} and run "
    "'pressok rebuild SOURCE…' with all the sources."
)
_ADVICE = {
    sqlite3.SQLITE_BUSY: "Another program is using it: try again when that is done.",
    sqlite3.SQLITE_LOCKED: "Another program is using it: try again when that is done.",
    sqlite3.SQLITE_FULL: "Make room on the disk and run it again.",
    # What SQLite says of a full disk when it is its log's index that finds no room.
    sqlite3.SQLITE_IOERR: "Make room on the disk and run it again; if there is room, see whether the disk works.",
    sqlite3.SQLITE_READONLY: "Check who may write to it and to its folder.",
    sqlite3.SQLITE_CANTOPEN: "Check who may read and write it and its folder.",
}

_SCHEMA = """
CREATE TABLE release (
    id         TEXT PRIMARY KEY,
    version    INTEGER NOT NULL,          -- the number of the present version, from 1
    told       TEXT NOT NULL,             -- the hashes of what its sightings said, of which it was composed
    title_key  TEXT NOT NULL,             -- of the present version: the same for the same title
    first_seen TEXT NOT NULL,
    last_seen  TEXT NOT NULL,
    removed    TEXT                       -- when its last source no longer had it
) STRICT;
CREATE INDEX release_title_key ON release (title_key);
CREATE TABLE content (                    -- what was said of a release, once however often it was
    id   TEXT NOT NULL REFERENCES release ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    hash TEXT NOT NULL,                   -- of text
    text TEXT NOT NULL,                   -- Release.to_dict() as JSON
    PRIMARY KEY (id, hash)
) STRICT;
CREATE TABLE version (
    id     TEXT NOT NULL REFERENCES release ON DELETE CASCADE,
    number INTEGER NOT NULL,
    hash   TEXT NOT NULL,
    seen   TEXT NOT NULL,                 -- when this version was first seen
    PRIMARY KEY (id, number)
) STRICT;
CREATE TABLE sighting (                   -- what each source says now
    number    INTEGER PRIMARY KEY,
    source    TEXT NOT NULL,
    key       TEXT NOT NULL,              -- the source's own name for it
    id        TEXT NOT NULL REFERENCES release ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    hash      TEXT NOT NULL,
    told      TEXT NOT NULL,              -- since when it says this
    last_seen TEXT NOT NULL,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX sighting_id ON sighting (id);
CREATE VIEW present AS                   -- the present version of each release
    SELECT r.id, v.number, v.hash, r.first_seen, v.seen AS changed, r.removed
    FROM release r JOIN version v ON v.id = r.id AND v.number = r.version;
CREATE TABLE forgotten (
    id_hash TEXT PRIMARY KEY,             -- not the id: nothing of what was erased is kept
    at      TEXT NOT NULL
) STRICT;
"""


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """The database at ``path``. Raises :class:`ArchiveError` when it is missing, another's or of another format."""
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder and no archive. {mend(path)}")
    if mode != "rwc":
        _require(path)
    with translated(path):
        db = sqlite3.connect(f"{path.absolute().as_uri()}?{_options(path, mode)}", uri=True, isolation_level=None)
        try:
            _check_owner(db, path, mode)
            _prepare(db, mode)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors inside are raised as :class:`ArchiveError`, with what mends them."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # an error's own text may be of what is damaged
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without the extended part
        advice = _ADVICE.get(code) or mend(path)
        raise ArchiveError(f"{path} can't be used as an archive ({error}). {advice}") from error


def mend(path: Path) -> str:
    """What to do about an archive that is lost or damaged."""
    return _MEND.format(name=path.name)


def _require(path: Path) -> None:
    try:
        if path.stat().st_size:
            return
        what = "is empty"
    except FileNotFoundError:
        what = "is missing"
    except OSError as error:
        what = f"can't be read ({error.strerror})"
    raise ArchiveError(f"The archive {path} {what}. {mend(path)}")


def _options(path: Path, mode: Mode) -> str:
    """The URI's parameters. A log needs a file beside it: where none can be made, there is no writer to wait for."""
    logged = path.with_name(f"{path.name}-wal").exists()
    alone = mode == "ro" and not logged and not os.access(path.parent, os.W_OK)
    return f"mode={mode}&immutable=1" if alone else f"mode={mode}"


def _check_owner(db: sqlite3.Connection, path: Path, mode: Mode) -> None:
    owner = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if mode == "rwc" and owner == version == 0 and not db.execute("SELECT 1 FROM sqlite_master").fetchone():
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


def _prepare(db: sqlite3.Connection, mode: Mode) -> None:
    if mode == "ro":
        return
    db.execute("PRAGMA foreign_keys = ON")
    # The write-ahead log lets status read while a rebuild writes; FULL makes a commit survive a power cut,
    # which is what an archive promises.
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
