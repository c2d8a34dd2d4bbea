"""The faceted search with Whoosh as it comes."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.qparser import MultifieldParser
from whoosh.sorting import Count, Facets, FieldFacet, StoredFieldFacet

from bench.faceted.common import COUNTED, SIZE, Answer, texts_of, values_of
from index.document import Document


def from_postings(key: str) -> Any:
    """Whoosh's way to count a field of several values: it reads the whole field anew for each search."""
    return FieldFacet(key, allow_overlap=True, maptype=Count)


def from_stored(key: str) -> Any:
    """Counting stored values, which its documentation calls usually slower; with few hits it is faster."""
    return StoredFieldFacet(key, allow_overlap=True, split_fn=_split, maptype=Count)


def _split(stored: str | None) -> list[str]:
    return stored.split(",") if stored else []


class StockWhoosh:
    """Its Swedish analyser, its parser for several fields, its BM25F, and its grouping with counts."""

    def __init__(self, folder: Path | None = None, *, facet: Callable[[str], Any] = from_postings) -> None:
        analyser = LanguageAnalyzer("sv")
        keys = {key: KEYWORD(commas=True, stored=facet is from_stored) for key in COUNTED}
        texts = {name: TEXT(analyzer=analyser) for name in ("title", "body")}
        schema: Any = Schema(id=ID(unique=True, stored=True), **texts, **keys)
        self._index = (FileStorage(str(folder)) if folder else RamStorage()).create_index(schema)
        self._parser = MultifieldParser(("title", "body"), schema)
        self._facets = Facets()
        for key in COUNTED:
            self._facets.add_facet(key, facet(key))

    def add(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        self._write(documents, "add_document")

    def replace(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        self._write(documents, "update_document")

    def _write(self, documents: Sequence[Document], how: str) -> None:
        writer = self._index.writer(limitmb=256)
        for document in documents:
            keys = {key: ",".join(values) for key, values in values_of(document).items() if values}
            getattr(writer, how)(id=document.release.id, **texts_of(document), **keys)
        writer.commit()
        self._searcher = self._index.searcher()

    def ask(self, text: str) -> Answer:
        """See :class:`bench.faceted.common.Peer`."""
        found = self._searcher.search(self._parser.parse(text), limit=SIZE, groupedby=self._facets)
        return Answer(len(found), [hit["id"] for hit in found], {key: found.groups(key) for key in COUNTED})
