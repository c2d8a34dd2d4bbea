"""Datasette over the releases, set up in two ways.

As its documentation does it: a table of the releases with lists as JSON arrays, full-text search over it, one process,
as ``datasette serve`` starts. And as fast as it can be made to do the job: without the body in the table, because
Datasette carries every column of every hit through the counting of each facet, and with as many processes as we have.

Both are favoured: stems are made beforehand, in the index and in the queries, the index holds no text, the database is
immutable, other facets are not suggested. Limits of time are raised, because past them it leaves facets out. It does
not rank: hits come in the table's order.
"""

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.faceted.common import COUNTED, SIZE, stemmed, texts_of, values_of
from index.document import Document

DATABASE = "BENCH_DATABASE"  # the environment variable that names the file
_COLUMNS = ("id", "url", "title", "summary", "type", "first", "last", *COUNTED)
_WORDS = """create virtual table words using fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0")"""


def write(path: Path, documents: Sequence[Document], *, bodies: bool) -> None:
    """Make the database that :func:`app` serves, with the bodies in its table or without."""
    database = sqlite3.connect(path)
    columns = (*_COLUMNS, "body") if bodies else _COLUMNS
    database.execute(f"create table release (number integer primary key, {', '.join(columns)})")
    database.execute(_WORDS)
    places = ", ".join("?" * len(columns))
    with database:
        for number, document in enumerate(documents, 1):
            row = _row(document)[: len(columns)]
            database.execute(f"insert into release values (?, {places})", (number, *row))
            stems = [" ".join(stemmed(text)) for text in texts_of(document).values()]
            database.execute("insert into words(rowid, title, body) values (?, ?, ?)", (number, *stems))
        database.execute("insert into words(words) values ('optimize')")
    database.execute("analyze")
    database.close()


def _row(document: Document) -> list[str | None]:
    """The values of ``_COLUMNS``, and the body."""
    release, span = document.release, document.annotations.span
    days = [span.first.isoformat(), span.last.isoformat()] if span else [None, None]
    facets = [json.dumps(values) for values in values_of(document).values()]
    return [release.id, release.url, release.title, release.summary, release.type, *days, *facets, release.body]


def path_before(path: Path) -> str:
    """The address of an answer, to which the percent-encoded stems of a query are put."""
    shown = [("_col", column) for column in _COLUMNS]
    counted = [("_facet_size", "max"), *(("_facet_array", key) for key in COUNTED)]
    asked = urlencode([("_shape", "objects"), ("_size", SIZE), *shown, *counted])
    return f"/{path.stem}/release.json?{asked}&_search="


def app() -> Any:
    """The ASGI application over the database that the environment names."""
    from datasette.app import Datasette

    path = Path(os.environ[DATABASE])
    fts = {"fts_table": "words", "fts_pk": "number"}
    patience = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000}
    return Datasette(
        immutables=[str(path)],
        settings={"suggest_facets": False, **patience},
        metadata={"databases": {path.stem: {"tables": {"release": fts}}}},
    ).app()
