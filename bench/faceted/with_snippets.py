"""A page of the faceted search with tantivy: hits with their titles and marked snippets, and every facet counted.

This is as much of what our engine does for a page as tantivy has ready: no compounds, names or nearness, no releases
with most of the words.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import tantivy

from bench.faceted.common import SIZE, Answer, texts_of, words_of
from bench.faceted.with_tantivy import ANALYSER, Tantivy
from index.document import Document
from index.facets import FACETS

_LENGTH = 200  # characters of a snippet, as ours has
_COUNTS = {facet.key: {"terms": {"field": facet.key, "size": 10_000}} for facet in FACETS}


class TantivyPage(Tantivy):
    """Titles and texts are stored; the snippet is its own of the text."""

    def _schema(self) -> Any:
        builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for field in self._fields:
            builder = builder.add_text_field(field, stored=True, tokenizer_name=ANALYSER)
        for facet in FACETS:
            builder = builder.add_integer_field(facet.key, fast=True)
        self._built = builder.build()
        return self._built

    def _row(self, document: Document) -> Any:
        return tantivy.Document(id=document.release.id, **texts_of(document), **_codes(document))

    def ask(self, text: str) -> Answer:
        """Hits as ids with title and marked snippet, and the counts of every facet."""
        words = " ".join(words_of(text))
        query, _ = self._index.parse_query_lenient(words, self._fields, conjunction_by_default=True)
        found = self._searcher.search(query, SIZE)
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._built, "body")
        snippets.set_max_num_chars(_LENGTH)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        shown = [(d["id"][0], d["title"][0], snippets.snippet_from_doc(d).to_html()) for d in documents]
        return Answer(found.count, [row[0] for row in shown], (shown, self._searcher.aggregate(query, _COUNTS)))


@lru_cache(maxsize=1)
def _numbers() -> dict[tuple[str, str], int]:
    return {}


def _codes(document: Document) -> dict[str, Sequence[int]]:
    """A small whole number for each value of each facet, in order of first sight."""
    numbers = _numbers()
    return {
        facet.key: [
            numbers.setdefault((facet.key, value.id), len(numbers))
            for value in facet.values(document.release, document.annotations)
        ]
        for facet in FACETS
    }
