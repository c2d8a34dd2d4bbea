"""What the releases of a generation say, in columns: one row for each, in the order in which they came in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays.files import Array, Strings, load, save
from index.arrays.ragged import Ragged
from index.arrays.shown import Shown, ShownBuilder
from index.arrays.tokens import Tokenizer, Tokens, WordList
from index.document import Document
from index.facets import FACETS
from index.text import running_text

_BETWEEN = "\x1f"  # in the name of a facet's value: facet, key
_RAGGED = ("quotes", "values")
_TOKENS = ("title", "text", "speech")
_PLAIN = ("lead", "first", "last", "middle")


@dataclass(frozen=True, slots=True)
class Documents:
    """The columns.

    ``words`` and ``names`` are what the numbers in the others mean: words, and facet values as :func:`value_name` puts
    them. ``title`` and ``text`` hold a row of tokens for each document, ``speech`` one for each quotation; ``lead``
    says how many of a text's tokens are its lead. ``quotes`` holds a number for each quotation of a document: that of
    the speaker's value, or -1. ``values`` are the facet values. ``first`` and ``last`` are the days of the span
    (ordinals; 0 when it is not known), ``middle`` is twice its middle. ``shown`` is what a list of hits shows.
    """

    ids: Strings
    words: Strings
    names: Strings
    title: Tokens
    text: Tokens
    lead: Array
    quotes: Ragged
    speech: Tokens
    values: Ragged
    first: Array
    last: Array
    middle: Array
    shown: Shown

    def __len__(self) -> int:
        return len(self.ids)

    def save(self, folder: Path) -> None:
        """Write the columns into a folder."""
        for name in ("ids", "words", "names"):
            getattr(self, name).save(folder, name)
        save(folder, **{name: getattr(self, name) for name in _PLAIN})
        for name in _RAGGED:
            rows: Ragged = getattr(self, name)
            save(folder, **{f"{name}.starts": rows.starts, name: rows.values})
        self.shown.save(folder)
        for name in _TOKENS:
            tokens: Tokens = getattr(self, name)
            save(folder, **{f"{name}.starts": tokens.words.starts, f"{name}.words": tokens.words.values})
            save(folder, **{f"{name}.begins": tokens.begins, f"{name}.ends": tokens.ends})

    @classmethod
    def load(cls, folder: Path) -> "Documents":
        """The columns that :meth:`save` wrote, mapped."""
        columns: dict[str, Any] = {name: Strings.load(folder, name) for name in ("ids", "words", "names")}
        columns |= {name: load(folder, name) for name in _PLAIN}
        columns |= {name: Ragged(load(folder, f"{name}.starts"), load(folder, name)) for name in _RAGGED}
        columns |= {name: _load_tokens(folder, name) for name in _TOKENS}
        return cls(**columns, shown=Shown.load(folder))


def _load_tokens(folder: Path, name: str) -> Tokens:
    words = Ragged(load(folder, f"{name}.starts"), load(folder, f"{name}.words"))
    return Tokens(words, load(folder, f"{name}.begins"), load(folder, f"{name}.ends"))


def value_name(facet: str, key: str) -> str:
    """A facet's value as one string, of which those of a facet stand together when sorted."""
    return f"{facet}{_BETWEEN}{key}"


@dataclass(slots=True)
class DocumentsBuilder:
    """Takes documents in and makes :class:`Documents` of them, after those of ``base`` if there are any.

    What is taken in is put aside in files of ``folder``, or where temporary files lie, that no one else sees.
    """

    base: Documents | None = None
    folder: Path | None = None
    _words: WordList = field(init=False)
    _names: WordList = field(init=False)
    _ids: list[str] = field(default_factory=list)
    _lead: list[int] = field(default_factory=list)
    _quotes: list[list[int]] = field(default_factory=list)
    _values: list[list[int]] = field(default_factory=list)
    _days: list[tuple[int, int, int]] = field(default_factory=list)
    _shown: ShownBuilder = field(init=False)
    _title: Tokenizer = field(init=False)
    _text: Tokenizer = field(init=False)
    _speech: Tokenizer = field(init=False)

    def __post_init__(self) -> None:
        self._words = WordList(self.base.words if self.base else ())
        self._names = WordList(self.base.names if self.base else ())
        self._title, self._text, self._speech = (Tokenizer(self._words, self.folder) for _ in range(3))
        self._shown = ShownBuilder(self.folder)

    def add(self, document: Document) -> None:
        """Take a document in."""
        release, annotations = document.release, document.annotations
        text = running_text(release.summary, release.body)
        self._ids.append(release.id)
        self._shown.add(document, text)
        self._title.add(release.title)
        begins = self._text.add(text)
        lead_end = len(running_text(release.summary, ""))
        self._lead.append(sum(begin < lead_end for begin in begins))
        self._quotes.append([self._speaker(quote.speaker.id if quote.speaker else "") for quote in annotations.quotes])
        for quote in annotations.quotes:
            self._speech.add(document.said(quote))
        named = (value_name(f.key, e.id) for f in FACETS for e in f.values(release, annotations))
        self._values.append([self._names.number(name) for name in dict.fromkeys(named)])
        span = annotations.span
        days = (span.first.toordinal(), span.last.toordinal(), int(span.middle * 2)) if span else (0, 0, 0)
        self._days.append(days)

    def _speaker(self, key: str) -> int:
        return self._names.number(value_name("speaker", key)) if key else -1

    def documents(self, without: set[str]) -> Documents:
        """All that was added, and those of the base whose ids are not in ``without``."""
        added = self._added()
        base = self.base
        if base is None:
            return added
        kept = np.fromiter((one not in without for one in base.ids), np.bool_, len(base))
        return _joined(base if kept.all() else _only(base, kept), added)

    def _added(self) -> Documents:
        days = np.array(self._days, np.int32).reshape(-1, 3)
        return Documents(
            ids=Strings.of(self._ids),
            words=self._words.added(),
            names=self._names.added(),
            title=self._title.tokens(),
            text=self._text.tokens(),
            lead=np.array(self._lead, np.int32),
            quotes=Ragged.of(self._quotes),
            speech=self._speech.tokens(),
            values=Ragged.of(self._values),
            first=days[:, 0],
            last=days[:, 1],
            middle=days[:, 2],
            shown=self._shown.shown(),
        )


def _only(base: Documents, kept: Array) -> Documents:
    return Documents(
        ids=base.ids.only(kept),
        words=base.words,
        names=base.names,
        title=base.title.only(kept),
        text=base.text.only(kept),
        lead=base.lead[kept],
        quotes=base.quotes.only(kept),
        speech=base.speech.only(np.repeat(kept, base.quotes.lengths)),
        values=base.values.only(kept),
        first=base.first[kept],
        last=base.last[kept],
        middle=base.middle[kept],
        shown=base.shown.only(kept),
    )


def _joined(base: Documents, added: Documents) -> Documents:
    return Documents(
        ids=base.ids.with_rows(added.ids),
        words=base.words.with_rows(added.words),
        names=base.names.with_rows(added.names),
        title=base.title.with_rows(added.title),
        text=base.text.with_rows(added.text),
        lead=np.concatenate((base.lead, added.lead)),
        quotes=base.quotes.with_rows(added.quotes),
        speech=base.speech.with_rows(added.speech),
        values=base.values.with_rows(added.values),
        first=np.concatenate((base.first, added.first)),
        last=np.concatenate((base.last, added.last)),
        middle=np.concatenate((base.middle, added.middle)),
        shown=base.shown.with_rows(added.shown),
    )


def tidied(documents: Documents) -> Documents:
    """The same with sorted words and names, and only those that occur."""
    return renumbered(documents)[0]


def renumbered(documents: Documents, known: int = 0) -> tuple[Documents, Array]:
    """The same as :func:`tidied`, and the number that each word had; the first ``known`` words are sorted already."""
    tokens = {name: getattr(documents, name) for name in _TOKENS}
    kept, new_words = _sorted_used(documents.words, [t.words.values for t in tokens.values()], known)
    kept_names, new_names = _sorted_used(documents.names, [documents.values.values])
    columns = {
        name: Tokens(Ragged(t.words.starts, new_words[t.words.values]), t.begins, t.ends) for name, t in tokens.items()
    }
    speakers = documents.quotes.values
    found = Documents(
        ids=documents.ids,
        words=documents.words.take(kept),
        names=documents.names.take(kept_names),
        **columns,
        lead=documents.lead,
        quotes=Ragged(documents.quotes.starts, np.where(speakers < 0, -1, new_names[speakers]).astype(np.int32)),
        values=Ragged(documents.values.starts, new_names[documents.values.values]),
        first=documents.first,
        last=documents.last,
        middle=documents.middle,
        shown=documents.shown,
    )
    return found, kept


def _sorted_used(strings: Strings, uses: Sequence[Array], known: int = 0) -> tuple[Array, Array]:
    """The numbers of the strings that are used, sorted by code points, and the new number of each string."""
    used = np.zeros(len(strings) + 1, np.bool_)  # one more, so that there is a last one to index with -1
    for numbers in uses:
        used[numbers] = True
    order = strings.order(known)
    kept = order[used[order]]
    new = np.full(len(strings) + 1, -1, np.int32)
    new[kept] = np.arange(len(kept), dtype=np.int32)
    return kept, new
