"""Other search engines over the same releases, each as its own documentation sets it up for Swedish."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
import snowballstemmer
from scipy import sparse

from index.arrays.files import Array
from index.document import Document
from search.evaluation import Rank

Make = Callable[[Sequence[Document], int], Rank]
"""Documents, and how many hits are wanted, to an engine over them."""

_WORD = re.compile(r"\w+")
_FIELDS = ("title", "summary", "body")


def fts5(documents: Sequence[Document], depth: int) -> Rank:
    """SQLite's FTS5 with its bm25, any word; Snowball has stemmed the words beforehand: stemmed BM25."""
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
    writer = index.writer(num_threads=1)  # with more, ties come in another order each time
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


class NGrams:
    """BM25 over the runs of ``size`` letters in words, a shorter word being a run of its own; any run.

    What languages without a stemmer do well with (McNamee and Mayfield, *Character N-Gram Tokenization for European
    Language Text Retrieval*, 2004). k1 and b are those of Lucene.
    """

    K1, B = 1.2, 0.75

    def __init__(self, documents: Sequence[Document], size: int) -> None:
        self._size = size
        self._ids = [document.release.id for document in documents]
        words: dict[str, int] = {}
        rows = [
            [words.setdefault(word, len(words)) for word in _WORD.findall(" ".join(_parts(document)).casefold())]
            for document in documents
        ]
        self._numbers: dict[str, int] = {}
        runs = [[self._numbers.setdefault(run, len(self._numbers)) for run in self._runs(word)] for word in words]
        counts = _counts(rows, len(words)) @ _counts(runs, len(self._numbers))
        self._weights = sparse.csc_matrix(self._weighed(counts.tocoo()))

    def _runs(self, word: str) -> list[str]:
        return [word[at : at + self._size] for at in range(max(1, len(word) - self._size + 1))]

    def _weighed(self, counts: Any) -> Any:
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        norms = self.K1 * (1 - self.B + self.B * lengths / lengths.mean())
        having = np.bincount(counts.col, minlength=counts.shape[1])
        idf = np.log1p((len(lengths) - having + 0.5) / (having + 0.5))
        weights = idf[counts.col] * counts.data * (self.K1 + 1) / (counts.data + norms[counts.row])
        return sparse.coo_matrix((weights, (counts.row, counts.col)), counts.shape)

    def scores(self, text: str) -> dict[str, float]:
        """What each release that has a run of ``text`` scores, best first."""
        runs = chain.from_iterable(map(self._runs, _WORD.findall(text.casefold())))
        known = [self._numbers[run] for run in runs if run in self._numbers]
        total: Array = np.asarray(self._weights[:, known].sum(axis=1)).ravel()
        best = np.argsort(-total, kind="stable")
        return {self._ids[n]: float(total[n]) for n in best.tolist() if total[n] > 0}

    def rank(self, text: str) -> list[str]:
        """Every release that has a run of ``text``, best first."""
        return list(self.scores(text))


def _counts(rows: Sequence[Sequence[int]], width: int) -> Any:
    """How often each number is in each row, as a matrix."""
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), np.int64, ends[-1])
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), (len(rows), width))
    matrix.sum_duplicates()
    return matrix


PEERS: dict[str, Make] = {
    "stock Whoosh": stock_whoosh,
    "SQLite FTS5": fts5,
    "tantivy": tantivy,
}


def _parts(document: Document) -> tuple[str, str, str]:
    release = document.release
    return release.title, release.summary, release.body
