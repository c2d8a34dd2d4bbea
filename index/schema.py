"""The Whoosh schema of a generation."""

from typing import Any

from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema

from index.analysis import QuoteAnalyzer, quotes_value, swedish_analyzer
from index.document import Document
from index.facets import FACETS
from index.text import flat

TEXT_FIELDS = ("title", "summary", "body")


def make_schema() -> Schema:
    """Text fields with positions, what was said in quotations, a keyword field per facet, the days of the span.

    ``middle`` is twice the middle of the span in days, a whole number. A document with an unknown date has no
    ``first`` and ``last``, and 0 for ``middle``. ``document`` is the JSON of :class:`Document`.
    """
    analyzer = swedish_analyzer()
    texts = {name: TEXT(analyzer=analyzer, phrase=True) for name in TEXT_FIELDS}
    facets = {facet.key: KEYWORD(commas=True) for facet in FACETS}
    return Schema(
        id=ID(unique=True, stored=False, sortable=True),
        first=NUMERIC(int, bits=32),
        last=NUMERIC(int, bits=32),
        middle=NUMERIC(int, bits=32, sortable=True, default=0),
        quotes=TEXT(analyzer=QuoteAnalyzer(), phrase=True),
        document=STORED(),
        **texts,
        **facets,
    )


def fields_of(document: Document) -> dict[str, Any]:
    """What :func:`make_schema`'s fields hold for a document."""
    release, annotations = document.release, document.annotations
    texts = {"title": release.title, "summary": release.summary, "body": flat(release.body)}
    facets = {f.key: ",".join(e.id for e in f.values(release, annotations)) for f in FACETS}
    row: dict[str, Any] = {k: v for k, v in {**texts, **facets}.items() if v}
    row |= {"id": release.id, "document": document.to_json(), "middle": 0}
    if span := annotations.span:
        row |= {
            "first": span.first.toordinal(),
            "last": span.last.toordinal(),
            "middle": int(span.middle * 2),
        }
    if annotations.quotes:
        row["quotes"] = quotes_value((q.speaker.id if q.speaker else "", document.said(q)) for q in annotations.quotes)
    return row
