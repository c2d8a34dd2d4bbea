"""From text to terms: one Swedish analyser for the index and for queries.

A word becomes a *term* in three steps: it is cut out of the text, folded (lower case, no accents but å, ä, ö)
and stemmed. What is joined in writing keeps its whole and its parts: "a-kassa" is indexed as ``akassa``, ``a``
and ``kass``, "SOU 2017:45" as ``sou``, ``2017:45``, ``2017`` and ``45``. A query asks for the whole only, so
that "2017:45" does not find every 45.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import snowballstemmer
from whoosh.analysis import Analyzer, Composable, Token

from index.errors import AnalysisError
from index.text import fold

_CHUNK = re.compile(
    r"""\d+(?:[.,:/]\d+)+(?![^\W_])             # 2017:45   2024/25:72   7,1   15.30
      | [^\W_]+(?:-[^\W_]+)*(?::[^\W\d_]+)?     # myndighet   a-kassa   covid-19   EU:s""",
    re.VERBOSE,
)
# "EU:s", "FN:s", "1:a"; not "S:t Erik".
_WITH_ENDING = re.compile(r"(.*(?:\w\w|\d)):(?:a|ar|are|arna|e|en|ens|er|erna|et|ets|n|na|or|orna|s|t)", re.IGNORECASE)
_DECIMAL = frozenset("0123456789.")
_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text to be made a term: where it stands, and whether it is a part of the word before it."""

    text: str
    start: int
    end: int
    position: int
    part: bool = False


def words(text: str) -> Iterator[Word]:
    """The words of ``text`` in order; parts follow their whole and share its position."""
    position = 0
    for chunk in _CHUNK.finditer(text):
        for word in _wholes(chunk.group(), chunk.start()):
            yield Word(word.text, word.start, word.end, position)
            for part in word.parts:
                yield Word(part.group(), word.start, word.end, position, part=True)
            position += 1


@dataclass(frozen=True, slots=True)
class _Whole:
    text: str
    start: int
    end: int
    parts: tuple[re.Match[str], ...] = ()


def _wholes(chunk: str, start: int) -> Iterator[_Whole]:
    inflected = _WITH_ENDING.fullmatch(chunk)
    base = inflected.group(1) if inflected else chunk
    end = start + len(chunk)
    if base.isalnum():
        yield _Whole(base, start, end)
        return
    runs = tuple(_RUN.finditer(base))
    if base[0].isdigit() and "-" not in base:
        number = base.replace(",", ".")
        # "2017:45" is of 2017; "5,6 miljarder" is neither 5 nor 6.
        yield _Whole(number, start, end, () if set(number) <= _DECIMAL else runs)
    elif ":" in base or all(run.group().isdigit() for run in runs):  # "S:t", "2016-2019" are words beside each other
        for run in runs:
            yield _Whole(run.group(), start + run.start(), start + run.end())
    else:
        yield _Whole(base.replace("-", ""), start, end, runs)


class SwedishTokenizer(Composable):  # type: ignore[misc]
    """Whoosh's tokenizer over :func:`words`; parts only when indexing (``mode="index"``)."""

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Any]:
        """The tokens of ``value``: one object over and over, as Whoosh wants it."""
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        for word in words(value):
            if word.part and mode != "index":
                continue
            token.text = word.text
            token.boost = 1.0
            token.stopped = False
            token.pos = start_pos + word.position
            token.startchar = start_char + word.start
            token.endchar = start_char + word.end
            yield token


_BETWEEN_QUOTES = 100  # positions, so that no phrase reaches from one quotation into the next
_QUOTE, _SPEAKER = "\x1e", "\x1f"


def said_by(term: str, speaker: str) -> str:
    """The term of a word in the mouth of a speaker, who is known by a key; ``term`` + this of "" begins them all."""
    return f"{term}{_SPEAKER}{speaker}"


def quotes_value(quotes: Iterable[tuple[str, str]]) -> str:
    """What :class:`QuoteAnalyzer` reads: pairs of a speaker's key (empty: not known) and what was said."""
    return _QUOTE.join(f"{speaker}{_SPEAKER}{text}" for speaker, text in quotes)


class QuoteAnalyzer(Analyzer):  # type: ignore[misc]
    """The terms of quotations, each twice at its place: as anyone's word, and as the speaker's (:func:`said_by`)."""

    def __call__(self, value: str, positions: bool = False, mode: str = "", **kwargs: Any) -> Iterator[Any]:
        """The tokens of what :func:`quotes_value` made: one object over and over, as Whoosh wants it."""
        token = Token(positions, mode=mode, **kwargs)
        token.boost = 1.0
        start = 0
        for quote in value.split(_QUOTE):
            speaker, _, text = quote.partition(_SPEAKER)
            last = 0
            for word in words(text):
                last = word.position
                token.pos = start + last
                for term in {term_of(word.text), said_by(term_of(word.text), speaker)}:
                    token.text = term
                    yield token
            start += last + _BETWEEN_QUOTES


class TermFilter(Composable):  # type: ignore[misc]
    """Makes each token's text a term: folded and stemmed."""

    is_morph = True

    def __call__(self, tokens: Iterator[Any]) -> Iterator[Any]:
        """The same tokens with terms for texts."""
        for token in tokens:
            token.text = term_of(token.text)
            yield token


_PROBES = {"myndigheterna": "mynd", "regeringens": "regering", "skolor": "skol"}
_stemmer = snowballstemmer.stemmer("swedish")


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """The term of one word: folded, then stemmed by Snowball's Swedish algorithm."""
    return str(_stemmer.stemWord(fold(word)))


def swedish_analyzer() -> Any:
    """The analyser of every text field. Raises :class:`AnalysisError` when Swedish stemming is not in force."""
    for word, expected in _PROBES.items():
        if term_of(word) != expected:
            raise AnalysisError(
                f"Swedish stemming is not in force: {word!r} became {term_of(word)!r} instead of {expected!r}. "
                "Install the project's locked packages again (make run does)."
            )
    return SwedishTokenizer() | TermFilter()


@dataclass(frozen=True, slots=True)
class TermAt:
    """A term and the piece of text that it stands for."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[TermAt]:
    """The terms of ``text`` as a query asks for them, with their places."""
    return [TermAt(term_of(w.text), w.start, w.end) for w in words(text) if not w.part]


def terms_with_parts(text: str) -> list[TermAt]:
    """The terms of ``text`` as the index holds them, with their places."""
    return [TermAt(term_of(w.text), w.start, w.end) for w in words(text)]


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """Terms of the words that carry no meaning of their own; a query may leave them unmatched."""
    lines = files("index").joinpath("data/stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(term_of(line) for line in lines if line and not line.startswith("#"))
