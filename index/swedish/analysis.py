"""From text to terms: one Swedish analyser for the index and for queries.

A word becomes a *term* in three steps: it is cut out of the text, folded (lower case, no accents but å, ä, ö)
and stemmed (:mod:`index.swedish.stems`). What is joined in writing keeps its whole and its parts: "a-kassa" is indexed
as ``akass``, ``a`` and ``kass``, "SOU 2017:45" as ``sou``, ``2017:45``, ``2017`` and ``45``. A query asks for the whole
only, so that "2017:45" does not find every 45.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from whoosh.analysis import Composable, Token

from index.errors import AnalysisError
from index.swedish.stems import term_of
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
    for start, chunk in chunks(text):
        for whole in wholes(chunk):
            begin, end = start + whole.start, start + whole.end
            yield Word(whole.text, begin, end, position)
            for part in whole.parts:
                yield Word(part, begin, end, position, part=True)
            position += 1


def chunks(text: str) -> Iterator[tuple[int, str]]:
    """What is written together in ``text``, and where it begins."""
    for chunk in _CHUNK.finditer(text):
        yield chunk.start(), chunk.group()


@dataclass(frozen=True, slots=True)
class Whole:
    """A word in a chunk, and the parts that it is joined of with hyphens or colons; places are in the chunk."""

    text: str
    start: int
    end: int
    parts: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What all words share that are written like this one; :func:`written_as` says what it stands for."""
        joined_by_hyphens = self.parts and "".join(self.parts) == self.text
        return fold("-".join(self.parts) if joined_by_hyphens else self.text)


def wholes(chunk: str) -> Iterator[Whole]:
    """The words of a chunk."""
    inflected = _WITH_ENDING.fullmatch(chunk)
    base = inflected.group(1) if inflected else chunk
    end = len(chunk)
    if base.isalnum():
        yield Whole(base, 0, end)
        return
    runs = tuple(_RUN.finditer(base))
    parts = tuple(run.group() for run in runs)
    if base[0].isdigit() and "-" not in base:
        number = base.replace(",", ".")
        # "2017:45" is of 2017; "5,6 miljarder" is neither 5 nor 6.
        yield Whole(number, 0, end, () if set(number) <= _DECIMAL else parts)
    elif ":" in base or all(part.isdigit() for part in parts):  # "S:t", "2016-2019" are words beside each other
        for run in runs:
            yield Whole(run.group(), run.start(), run.end())
    else:
        yield Whole(base.replace("-", ""), 0, end, parts)


def written_as(key: str) -> tuple[str, tuple[str, ...]]:
    """The folded word that a :attr:`Whole.key` stands for, and the parts that it is joined of."""
    if "-" in key:
        return key.replace("-", ""), tuple(key.split("-"))
    return key, () if key.isalnum() or set(key) <= _DECIMAL else tuple(_RUN.findall(key))


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


class TermFilter(Composable):  # type: ignore[misc]
    """Makes each token's text a term: folded and stemmed."""

    is_morph = True

    def __call__(self, tokens: Iterator[Any]) -> Iterator[Any]:
        """The same tokens with terms for texts."""
        for token in tokens:
            token.text = term_of(token.text)
            yield token


_PROBES = {"myndigheterna": "myndighet", "regeringens": "regering", "skolor": "skol", "fotograferna": "fotograf"}


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


@lru_cache(maxsize=1)
def stopwords() -> frozenset[str]:
    """The words, folded, that carry no meaning of their own; a query may leave them unmatched."""
    lines = files("index").joinpath("data/stopwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def stopterms() -> frozenset[str]:
    """The terms of the stop words. Other words may have one of them too ("varor", "var")."""
    return frozenset(map(term_of, stopwords()))
