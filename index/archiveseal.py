"""A checksum of what an archive has beside its texts, which have their own: when what was seen, told and removed.

SQLite finds what makes a file unreadable, not a bit of a value that became another.
"""

import hashlib
import sqlite3

_SEAL = "CREATE TABLE IF NOT EXISTS seal (digest TEXT NOT NULL) STRICT"
_READ = (
    "SELECT * FROM release ORDER BY id",
    "SELECT * FROM version ORDER BY id, number",
    "SELECT * FROM sighting ORDER BY number",
    "SELECT * FROM forgotten ORDER BY id_hash",
    "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
)
_AT_ONCE = 1000  # rows; all of a large archive's would fill the memory


def seal(db: sqlite3.Connection) -> None:
    """Note what the tables hold now, at the end of a transaction that changed them."""
    db.execute(_SEAL)  # archives made before there were seals get one when they are next written to
    db.execute("DELETE FROM seal")
    db.execute("INSERT INTO seal VALUES (?)", (_digest(db),))


def is_as_sealed(db: sqlite3.Connection) -> bool:
    """Whether the tables hold what was noted. True when nothing was."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone():
        return True
    return db.execute("SELECT digest FROM seal").fetchall() == [(_digest(db),)]


def _digest(db: sqlite3.Connection) -> str:
    digest = hashlib.sha256()
    for query in _READ:
        rows = db.execute(query)
        while some := rows.fetchmany(_AT_ONCE):
            digest.update("".join(map(repr, some)).encode())
        digest.update(query.encode())
    return digest.hexdigest()
