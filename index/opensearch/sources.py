"""What the cluster is sent of a document: its terms, ready-made, and what a list of hits shows of it."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from index.annotations import DateSpan
from index.arrays.documents import value_name
from index.arrays.line import SECTIONS
from index.arrays.terms import part_terms, text_terms
from index.arrays.tokens import TextReader, WordList
from index.arrays.weights import DEFAULT, Weights
from index.document import Document, Version
from index.facets import FACETS
from index.facts import facts_json
from index.opensearch.mapping import LONGEST, PART, SCALE
from index.opensearch.shown import Read, packed
from index.opensearch.versions import earlier_json
from index.swedish.lexicon import Lexicon
from index.text import running_text

BETWEEN = "\x1f"
"""Stands between facet, key and name in ``labels``."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document whose texts are read: ``lead`` says how many of the text's words are the lead's."""

    document: Document
    running: str
    title: Read
    text: Read
    lead: int
    said: tuple[Read, ...]

    @property
    def sections(self) -> tuple[Sequence[str], ...]:
        """The words of title, lead and body."""
        return self.title.words, self.text.words[: self.lead], self.text.words[self.lead :]


class DocumentReader:
    """Reads documents."""

    def __init__(self) -> None:
        self._list = WordList()
        self._texts = TextReader(self._list)
        self._words: list[str] = []

    def read(self, document: Document) -> ReadDocument:
        """The words of a document."""
        release = document.release
        running = running_text(release.summary, release.body)
        text = self._read(running)
        end = len(running_text(release.summary, ""))
        lead = sum(begin < end for begin in text.begins)
        said = tuple(self._read(document.said(quote)) for quote in document.annotations.quotes)
        return ReadDocument(document, running, self._read(release.title), text, lead, said)

    def _read(self, text: str) -> Read:
        numbers, begins, ends = self._texts.read(text)
        if len(self._list.numbers) > len(self._words):
            self._words = list(self._list.numbers)
        return Read([self._words[number] for number in numbers], begins, ends)


class Terms(NamedTuple):
    """The terms of a word as it is written, and those of the parts of its compounds."""

    written: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def placed(self) -> str:
        """All of them as they are sent, to stand at one place."""
        return "|".join((*self.written, *(f"{PART}{part}" for part in self.parts)))


class TermBook:
    """Knows the terms of words by a lexicon, each worked out once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, Terms] = {}

    def of(self, word: str) -> Terms:
        """The terms of a word. What is too long for one has none."""
        found = self._known.get(word)
        if found is None:
            fits = len(word) <= LONGEST
            found = Terms(text_terms(word, self._lexicon), part_terms(word, self._lexicon)) if fits else Terms((), ())
            self._known[word] = found
        return found


@dataclass(frozen=True, slots=True)
class Averages:
    """How many terms title, lead and body have in the mean: of words, and of parts of their compounds."""

    written: tuple[float, ...]
    parts: tuple[float, ...]


@dataclass(slots=True)
class Counted:
    """What is counted of all documents before any is sent."""

    documents: int = 0
    releases: Counter[str] = field(default_factory=Counter)
    sections: tuple[Counter[str], ...] = field(default_factory=lambda: tuple(Counter() for _ in range(SECTIONS)))

    def add(self, read: ReadDocument) -> None:
        """Count a document."""
        self.documents += 1
        self.releases.update({*read.title.words, *read.text.words})
        for counter, words in zip(self.sections, read.sections, strict=True):
            counter.update(words)

    def lexicon(self) -> Lexicon:
        """What is learnt of the words of letters alone."""
        return Lexicon.learn({word: count for word, count in sorted(self.releases.items()) if word.isalpha()})

    def averages(self, book: TermBook) -> Averages:
        """The mean lengths."""
        sums = [
            [sum(count * len(book.of(word)[which]) for word, count in counter.items()) for counter in self.sections]
            for which in range(2)
        ]
        written, parts = (tuple(one / max(self.documents, 1) for one in row) for row in sums)
        return Averages(written, parts)


@dataclass(frozen=True)
class Sources:
    """Makes what is sent of documents."""

    book: TermBook
    averages: Averages
    weights: Weights = DEFAULT

    def of(self, read: ReadDocument, digest: str, earlier: Iterable[Version] = ()) -> dict[str, Any]:
        """The fields of a document (:func:`index.opensearch.mapping.mapping`)."""
        document, sections = read.document, read.sections
        words = {*read.title.words, *read.text.words}
        terms = [self.book.of(word) for word in words]
        leading = {*sections[0], *sections[1]}
        return {
            "id": document.release.id,
            "digest": digest,
            "heading": document.release.title,
            **_facets(document),
            **_times(document.annotations.span),
            "bare": self._bare(len(read.title.words) + len(read.text.words)),
            "terms": " ".join(f"{term}|{weight}" for term, weight in self._weights(sections).items()),
            "places": [self._placed(section) for section in sections],
            "title": self._placed(read.title.words),
            "title_terms": self._terms(read.title.words),
            "lead_terms": self._terms(leading),
            "lead_words": [word for word in leading if len(word) <= LONGEST],
            "words": [word for word in words if len(word) <= LONGEST],
            "written": list({term for one in terms for term in one.written}),
            "parts": list({term for one in terms for term in one.parts}),
            "quotes": [
                {"speaker": quote.speaker.id if quote.speaker else "", "said": self._placed(said.words)}
                for quote, said in zip(document.annotations.quotes, read.said, strict=True)
            ],
            "shown": shown(read),
            "document": {"json": document.to_json()},
            "earlier": {"json": earlier_json(earlier)},
        }

    def _placed(self, words: Iterable[str]) -> str:
        return " ".join(self.book.of(word).placed or PART for word in words)  # what has no term has its place

    def _terms(self, words: Iterable[str]) -> list[str]:
        return list({term for word in words for terms in self.book.of(word) for term in terms})

    def _bare(self, words: int) -> float:
        """See :attr:`index.arrays.weights.Weights.bare`."""
        return 1 - self.weights.bare * math.exp(-words / self.weights.bare_words)

    def _weights(self, sections: Sequence[Sequence[str]]) -> dict[str, int]:
        """BM25F's weight of each term, in hundredths; see :class:`index.arrays.postings.Worth`."""
        found: dict[str, float] = {}
        for which, share in enumerate((1.0, self.weights.part)):
            for section, words in enumerate(sections):
                terms = [term for word in words for term in self.book.of(word)[which]]
                worth = share * self._worth(which, section, len(terms))
                for term in terms:
                    found[term] = found.get(term, 0.0) + worth
        return {term: max(1, round(weight * SCALE)) for term, weight in found.items()}

    def _worth(self, which: int, section: int, length: int) -> float:
        average = max((self.averages.written, self.averages.parts)[which][section], 1e-9)
        b = self.weights.lengths[section]
        return self.weights.fields[section] / max(1 - b + b * length / average, 1e-9)

    @cached_property
    def known(self) -> dict[str, Any]:
        """What :meth:`of` needs another time, beside the lexicon."""
        return {"written": list(self.averages.written), "parts": list(self.averages.parts)}


def shown(read: ReadDocument) -> str:
    """What a list of hits shows (:mod:`index.opensearch.shown`)."""
    document = read.document
    quoted = [(quote.speaker, document.said(quote)) for quote in document.annotations.quotes]
    return packed(facts_json(document), read.running, quoted, read.title, read.text)


def _facets(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    labels: list[str] = []
    for facet in FACETS:
        values = dict.fromkeys(facet.values(document.release, document.annotations))
        found[facet.key] = list(dict.fromkeys(entity.id for entity in values))
        labels += (f"{value_name(facet.key, entity.id)}{BETWEEN}{entity.name}" for entity in values)
    return {**found, "labels": labels}


def _times(span: DateSpan | None) -> dict[str, Any]:
    if span is None:
        return {}
    first, last = span.first.toordinal(), span.last.toordinal()
    return {
        "span": {"gte": span.first.isoformat(), "lte": span.last.isoformat()},
        "first": first,
        "last": last,
        "middle": int(span.middle * 2),
        "days": f"{first} {last}",
    }
