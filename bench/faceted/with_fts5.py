"""The faceted search with SQLite's FTS5."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.faceted.common import COUNTED, SIZE, Answer, Codes, stemmed, texts_of
from index.document import Document

_TABLES = """
    create virtual table words using fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0");
    create table release (number integer primary key, id text unique, title text, body text);
    create table has (number integer, value integer, primary key (number, value)) without rowid;
"""
# One pass over the hits answers all three questions. It is faster than a statement for each.
_SEARCH = f"""
    with hits as materialized (select rowid as number, bm25(words) as score from words where words match ?)
    select 0, count(*) from hits
    union all select * from (select 1, number from hits order by score limit {SIZE})
    union all select value, count(*) from hits cross join has using (number) group by value
"""
_FACET = 10_000  # a value is its facet's place from 1 times this, plus its own number


class FTS5:
    """Stems made beforehand, words without their texts, and a joined table of the facets' values as numbers."""

    def __init__(self, folder: Path | None = None) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite" if folder else ":memory:")
        self._database.executescript(_TABLES)
        self._codes = Codes()
        self._ids: dict[int, str] = {}

    def add(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        with self._database:
            for number, document in enumerate(documents, 1):
                self._put(number, document)
            self._database.execute("insert into words(words) values ('optimize')")
        self._database.execute("analyze")

    def replace(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        execute = self._database.execute
        with self._database:
            for document in documents:
                row = execute("select * from release where id = ?", (document.release.id,)).fetchone()
                execute("insert into words(words, rowid, title, body) values ('delete', ?, ?, ?)", (row[0], *row[2:]))
                execute("delete from release where number = ?", row[:1])
                execute("delete from has where number = ?", row[:1])
                self._put(row[0], document)

    def _put(self, number: int, document: Document) -> None:
        texts = [" ".join(stemmed(text)) for text in texts_of(document).values()]
        self._ids[number] = document.release.id
        execute = self._database.execute
        execute("insert into words(rowid, title, body) values (?, ?, ?)", (number, *texts))
        execute("insert into release values (?, ?, ?, ?)", (number, document.release.id, *texts))
        codes = self._codes(document)
        rows = ((number, _FACET * (n + 1) + code) for n, key in enumerate(COUNTED) for code in codes[key])
        self._database.executemany("insert into has values (?, ?)", rows)

    def ask(self, text: str) -> Answer:
        """See :class:`bench.faceted.common.Peer`."""
        asked = " AND ".join(f'"{stem}"' for stem in stemmed(text))
        rows = self._database.execute(_SEARCH, (asked,)).fetchall()
        ids = [self._ids[number] for what, number in rows[1 : SIZE + 1] if what == 1]
        return Answer(rows[0][1], ids, rows[1 + len(ids) :])
