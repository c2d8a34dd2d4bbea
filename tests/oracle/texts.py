"""The words of the documents, and what each is worth where."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

from index.arrays.weights import Weights
from index.document import Document
from index.swedish.analysis import words as words_in
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of
from index.text import fold, running_text
from search.local import positions

Found = dict[int, float]
"""Documents, by their places in the list of all, and what each scores."""

TITLE, LEAD, BODY = range(3)
_ELLIPTIC = re.compile(r"-(?:,? [^\W\d_]{2,}-)*,? (?:och/eller|och|eller|samt|respektive) ([^\W\d_]{4,})")


@dataclass(frozen=True)
class Token:
    """A word of a text: what it is, the terms it has as it is written, and those of its compounds' parts."""

    written: str
    terms: tuple[str, ...]
    parts: frozenset[str]


class Texts:
    """The words of some documents."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon, weights: Weights = Weights()) -> None:  # noqa: B008
        self.documents, self.lexicon, self.weights = documents, lexicon, weights
        self.all = range(len(documents))
        self.token = cache(self._token)
        self.texts = [self._sections(document) for document in documents]
        self.quotes = [
            [(q.speaker.id if q.speaker else "", self._cut(d.said(q))) for q in d.annotations.quotes] for d in documents
        ]
        self._count()

    def _sections(self, document: Document) -> list[list[Token]]:
        release = document.release
        text = running_text(release.summary, release.body)
        lead = len([w for w in words_in(text) if not w.part and w.start < len(running_text(release.summary, ""))])
        tokens = self._cut(text)
        return [self._cut(release.title), tokens[:lead], tokens[lead:]]

    def _cut(self, text: str) -> list[Token]:
        found: list[tuple[str, list[str]]] = []  # what stands there, and the words that it counts as
        for word in words_in(text):
            if word.part:
                found[-1][1].append(fold(word.text))
                continue
            typed = fold(word.text)
            ended = _ELLIPTIC.match(text, word.end) if word.text == text[word.start : word.end] else None
            is_first = ended and len(word.text) > 1 and all(c.isalpha() for c in word.text)
            found.append((typed, [self._completed(typed, ended[1]) if ended and is_first else typed]))
        return [self.token(typed, tuple(written)) for typed, written in found]

    def _completed(self, first: str, ended: str) -> str:
        """ "samordnings-" before "energiminister" is "samordningsminister"."""
        return first + "".join(self.lexicon.split(fold(ended))[-1:])

    def _token(self, typed: str, written: tuple[str, ...]) -> Token:
        """A word, from what it is as a whole and what it is joined of."""
        terms = tuple(dict.fromkeys(map(term_of, written)))
        parts = frozenset(part for one in written for part in self.lexicon.parts(one)) - set(terms)
        has_hyphens = len(written) > 1 and "".join(written[1:]) == typed
        return Token("-".join(written[1:]) if has_hyphens else typed, terms, parts)

    # What a term is worth

    def _count(self) -> None:
        """How often each term stands in each section of each document, as a word and as a part."""
        self.counts: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0] * 6))
        lengths = [[0.0] * 6 for _ in self.all]
        for n in self.all:
            for section, tokens in enumerate(self.texts[n]):
                for token in tokens:
                    for kind, terms in ((section, token.terms), (section + 3, token.parts)):
                        lengths[n][kind] += len(terms)
                        for term in terms:
                            self.counts[term][n][kind] += 1
        averages = [sum(row[kind] for row in lengths) / len(lengths) for kind in range(6)] if lengths else []
        b = self.weights.lengths * 2
        self.norms = [
            [1 - b[k] + b[k] * (row[k] / averages[k] if averages[k] else 0) for k in range(6)] for row in lengths
        ]
        self.begun: dict[str, set[str]] = {}  # words → the terms of their wholes
        self.terms = set(self.counts)
        quoted = (token for quotes in self.quotes for _, tokens in quotes for token in tokens)
        for token in (*(t for text in self.texts for section in text for t in section), *quoted):
            self.begun.setdefault(token.written, set()).add(token.terms[0])
            self.terms |= {*token.terms, *token.parts}
        self.scored = cache(self._scored)

    def _scored(self, term: str) -> Found:
        """BM25F over six fields: title, lead and body, each as words and as parts of compounds."""
        having = self.counts.get(term, {})
        worth = [*self.weights.fields, *(w * self.weights.part for w in self.weights.fields)]
        k1, idf = self.weights.saturation, self.weight(len(having))
        found = {}
        for n, counts in having.items():
            x = sum(w * count / norm for w, count, norm in zip(worth, counts, self.norms[n], strict=True) if count)
            found[n] = idf * x * (k1 + 1) / (x + k1)
        return found

    def weight(self, having: int, of: int | None = None) -> float:
        of = len(self.documents) if of is None else of
        return log1p((of - having + 0.5) / (having + 0.5))

    def distance(self, n: int, one: set[str], other: set[str]) -> int:
        """How many words apart some of these terms stand at least in one section; never more than NEVER."""
        least = positions.NEVER
        for tokens in self.texts[n]:
            ones, others = ([at for at, t in enumerate(tokens) if has(t, terms)] for terms in (one, other))
            least = min([least, *(abs(a - b) for a in ones for b in others)])
        return least


def has(token: Token, terms: set[str]) -> bool:
    return not terms.isdisjoint(token.terms) or not terms.isdisjoint(token.parts)


def occurrences(tokens: Iterable[Token], terms: set[str]) -> int:
    return sum(len(terms.intersection(token.terms)) + len(terms.intersection(token.parts)) for token in tokens)


def runs(tokens: list[Token], terms: tuple[str, ...]) -> Iterator[int]:
    """Where words with these terms, as they are written, stand one after the other."""
    for at in range(len(tokens) - len(terms) + 1):
        if all(term in token.terms for term, token in zip(terms, tokens[at:], strict=False)):
            yield at


def has_run(tokens: list[Token], terms: tuple[str, ...]) -> bool:
    return any(True for _ in runs(tokens, terms))
