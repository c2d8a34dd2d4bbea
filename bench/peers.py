"""Other search engines over the same releases, each as its own documentation sets it up for Swedish."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import snowballstemmer

from index.document import Document
from search.evaluation import Rank

Make = Callable[[Sequence[Document], int], Rank]
"""Documents, and how many hits are wanted, to an engine over them."""

_WORD = re.compile(r"\w+")
_FIELDS = ("title", "summary", "body")


def fts5(documents: Sequence[Document], depth: int) -> Rank:
    """SQLite's FTS5 with its bm25, any word; Snowball has stemmed the words beforehand."""
    stemmer = snowballstemmer.stemmer("swedish")
    stem = lru_cache(maxsize=None)(stemmer.stemWord)

    def stemmed(text: str) -> list[str]:
        return [stem(word) for word in _WORD.findall(text.casefold())]

    database = sqlite3.connect(":memory:")
    database.execute("create virtual table r using fts5(id unindexed, title, summary, body, tokenize='unicode61')")
    rows = ((d.release.id, *(" ".join(stemmed(part)) for part in _parts(d))) for d in documents)
    database.executemany("insert into r values (?, ?, ?, ?)", rows)

    def rank(text: str) -> list[str]:
        asked = " OR ".join(f'"{word}"' for word in stemmed(text))
        found = database.execute("select id from r where r match ? order by rank limit ?", (asked, depth))
        return [release_id for (release_id,) in found]

    return rank


def tantivy(documents: Sequence[Document], depth: int) -> Rank:
    """Tantivy with its Swedish stemmer and its own query parser, any word."""
    from tantivy import Document as Row
    from tantivy import Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    builder = SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw")
    for field in _FIELDS:
        builder = builder.add_text_field(field, tokenizer_name="sv_stem")
    index = Index(builder.build())
    analyser = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
    index.register_tokenizer("sv_stem", analyser.filter(Filter.stemmer("swedish")).build())
    writer = index.writer()
    for document in documents:
        writer.add_document(Row(id=document.release.id, **dict(zip(_FIELDS, _parts(document), strict=True))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[str]:
        query, _ = index.parse_query_lenient(" ".join(_WORD.findall(text)), list(_FIELDS))
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, depth).hits]

    return rank


def stock_whoosh(documents: Sequence[Document], depth: int) -> Rank:
    """Whoosh as it comes: its Swedish analyser, MultifieldParser with OrGroup, BM25F."""
    from whoosh.analysis import LanguageAnalyzer
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import MultifieldParser, OrGroup

    analyser = LanguageAnalyzer("sv")
    schema: Any = Schema(id=ID(stored=True), **{field: TEXT(analyzer=analyser) for field in _FIELDS})
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for document in documents:
        writer.add_document(id=document.release.id, **dict(zip(_FIELDS, _parts(document), strict=True)))
    writer.commit()
    searcher = index.searcher()
    parser = MultifieldParser(_FIELDS, schema, group=OrGroup)

    def rank(text: str) -> list[str]:
        return [hit["id"] for hit in searcher.search(parser.parse(text), limit=depth)]

    return rank


PEERS: dict[str, Make] = {
    "stock Whoosh": stock_whoosh,
    "SQLite FTS5": fts5,
    "tantivy": tantivy,
}


def _parts(document: Document) -> tuple[str, str, str]:
    release = document.release
    return release.title, release.summary, release.body
