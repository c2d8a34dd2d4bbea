"""The faceted search with tantivy."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tantivy

from bench.faceted.common import COUNTED, SIZE, Answer, Codes, texts_of, words_of
from index.document import Document

_MEMORY = 512_000_000  # bytes; enough for the whole corpus to be one segment, which is searched fastest
ANALYSER = "sv_stem"
_COUNTS = {key: {"terms": {"field": key, "size": 10_000}} for key in COUNTED}


class Tantivy:
    """Its own Swedish stemmer, query parser and aggregations; facet values are numbers, which it counts fastest.

    With ``one_field``, title and body are one: half as many posting lists, and a word in the title weighs no more.
    """

    def __init__(self, folder: Path | None = None, *, one_field: bool = False) -> None:
        self._one_field = one_field
        self._fields = ["text"] if one_field else ["title", "body"]
        self._index = tantivy.Index(self._schema(), path=str(folder) if folder else None)
        self._index.register_tokenizer(ANALYSER, _analyser())
        self._codes = Codes()
        self._ids: list[str] | None = []  # by tantivy's own number, as long as nothing was replaced

    def _schema(self) -> Any:
        builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in self._fields:
            builder = builder.add_text_field(field, tokenizer_name=ANALYSER)
        for key in COUNTED:
            builder = builder.add_integer_field(key, fast=True)
        return builder.build()

    def add(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        self._write(documents)
        self._ids = [document.release.id for document in documents] if self._searcher.num_segments == 1 else None

    def replace(self, documents: Sequence[Document]) -> None:
        """See :class:`bench.faceted.common.Peer`."""
        self._ids = None
        self._write(documents, replacing=True)

    def _write(self, documents: Sequence[Document], *, replacing: bool = False) -> None:
        writer = self._index.writer(_MEMORY, 1)
        for document in documents:
            if replacing:
                writer.delete_documents_by_term("id", document.release.id)
            writer.add_document(self._row(document))
        writer.commit()
        if not replacing:
            writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def _row(self, document: Document) -> Any:
        texts = texts_of(document)
        shown = {"text": "\n".join(texts.values())} if self._one_field else texts
        return tantivy.Document(id=document.release.id, **shown, **self._codes(document))

    def ask(self, text: str) -> Answer:
        """See :class:`bench.faceted.common.Peer`."""
        words = " ".join(words_of(text))
        query, _ = self._index.parse_query_lenient(words, self._fields, conjunction_by_default=True)
        found = self._searcher.search(query, SIZE)
        if self._ids is None:
            ids = [self._searcher.doc(address)["id"][0] for _, address in found.hits]
        else:
            ids = [self._ids[address.doc] for _, address in found.hits]
        return Answer(found.count, ids, self._searcher.aggregate(query, _COUNTS))


def _analyser() -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for filtering in (tantivy.Filter.remove_long(40), tantivy.Filter.lowercase(), tantivy.Filter.stemmer("swedish")):
        builder = builder.filter(filtering)
    return builder.build()
