"""What stock Whoosh is given so that it writes the same postings as we do.

The parts of compounds are worked out beforehand, which is left out of its time: it has nothing that could.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import Schema

from index.arrays.documents import DocumentsBuilder
from index.arrays.made import Arrays
from index.arrays.terms import part_terms
from index.document import Document
from index.facets import FACETS
from index.segments.schema import TEXT_FIELDS, make_schema, parts_of
from index.swedish.analysis import words
from index.swedish.lexicon import Lexicon
from index.text import flat, fold


class Placed(Analyzer):  # type: ignore[misc]
    """Reads terms with their positions: ``3:el 3:pris 7:stöd``."""

    def __call__(self, value: str, positions: bool = False, mode: str = "", **kwargs: Any) -> Iterator[Any]:
        """The tokens: one object over and over, as Whoosh wants it."""
        token = Token(positions, mode=mode, **kwargs)
        token.boost = 1.0
        for pair in value.split():
            position, _, token.text = pair.partition(":")
            token.pos = int(position)
            yield token


def stock_schema() -> Schema:
    """Our schema, with fields of parts that take :class:`Placed`'s text."""
    schema = make_schema()
    for name in map(parts_of, TEXT_FIELDS):
        schema[name].analyzer = Placed()
    return schema


def learnt(documents: Iterable[Document]) -> Lexicon:
    """The lexicon that we learn of the documents."""
    builder = DocumentsBuilder()
    for document in documents:
        builder.add(document)
    return Arrays.of(builder.documents(set())).lexicon


def fields_of(document: Document, lexicon: Lexicon) -> dict[str, Any]:
    """What the fields of :func:`stock_schema` hold for a document."""
    release, annotations = document.release, document.annotations
    texts = {"title": release.title, "summary": release.summary, "body": flat(release.body)}
    row = {**texts, **{parts_of(name): _parts(text, lexicon) for name, text in texts.items()}}
    row["quotes"] = " ".join(document.said(quote) for quote in annotations.quotes)
    row |= {f.key: ",".join(e.id for e in f.values(release, annotations)) for f in FACETS}
    found: dict[str, Any] = {name: value for name, value in row.items() if value}
    found |= {"id": release.id, "document": document.to_json(), "middle": 0}
    if span := annotations.span:
        days = {"first": span.first.toordinal(), "last": span.last.toordinal(), "middle": int(span.middle * 2)}
        found |= days
    return found


def _parts(text: str, lexicon: Lexicon) -> str:
    found = ((word.position, fold(word.text)) for word in words(text) if word.text.isalpha())
    return " ".join(f"{position}:{term}" for position, word in found for term in part_terms(word, lexicon))
