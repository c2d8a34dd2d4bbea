"""What a list of hits shows of each release, ready to be read: its facts, its running text and its quotations."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import orjson

from index.annotations import Entity
from index.arrays.files import Array, Strings
from index.arrays.growing import GrowingStrings
from index.document import Document
from index.facts import facts_json

_NAMES = ("facts", "texts", "quoted")
Quotation = tuple[Entity | None, str]
"""A speaker, if the text says who, and the words."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A row for each document.

    ``facts`` as :func:`index.facts.facts_json` writes them, ``texts`` as :func:`index.text.running_text` does,
    ``quoted`` as JSON; see :meth:`quotations`.
    """

    facts: Strings
    texts: Strings
    quoted: Strings

    def quotations(self, number: int) -> list[Quotation]:
        """The quotations of a document."""
        told = orjson.loads(self.quoted.encoded(number))
        return [(Entity(*speaker) if speaker else None, words) for speaker, words in told]

    def save(self, folder: Path) -> None:
        """Write the rows into a folder."""
        for name in _NAMES:
            getattr(self, name).save(folder, name)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The rows that :meth:`save` wrote, mapped."""
        return cls(*(Strings.load(folder, name) for name in _NAMES))

    def only(self, kept: Array) -> "Shown":
        """The rows for which ``kept`` is true."""
        return Shown(self.facts.only(kept), self.texts.only(kept), self.quoted.only(kept))

    def with_rows(self, other: "Shown") -> "Shown":
        """These rows and then those of ``other``."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in _NAMES)
        return Shown(*(mine.with_rows(its) for mine, its in pairs))


class ShownBuilder:
    """Collects the rows of documents, in files of a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._facts, self._texts, self._quoted = (GrowingStrings(folder) for _ in _NAMES)

    def add(self, document: Document, text: str) -> None:
        """Take a document in, whose running text this is."""
        self._facts.add(facts_json(document))
        self._texts.add(text.encode())
        quotes = document.annotations.quotes
        told = [(q.speaker and (q.speaker.id, q.speaker.name), document.said(q)) for q in quotes]
        self._quoted.add(orjson.dumps(told))

    def shown(self) -> Shown:
        """All that was added."""
        return Shown(*(column.strings() for column in (self._facts, self._texts, self._quoted)))
