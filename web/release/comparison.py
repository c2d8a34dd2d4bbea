"""What differs between two versions of a text: paragraph by paragraph, and word by word in those that changed.

The work is bounded whatever the texts are: where they are too long or too unlike to be compared closely, the old is
shown as removed and the new as added.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_HEADING = re.compile(r"^#{2,3} ")
_LEAST_ALIKE = 0.5  # of their words: paragraphs that are less alike are two, not one that was changed
_MOST_PARAGRAPHS = 2000  # of both texts that differ, to be compared with each other
_MOST_PAIRS = 400  # of paragraphs that were replaced together, to be compared for which became which
_MOST_WORDS = 500  # of a paragraph that is compared word by word
_MOST_COMPARED = 20_000  # words of all those paragraphs

Kind = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that are in both versions, or in one."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of either text as its pieces, between which are spaces."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether it is another in the new version than in the old one."""
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """So many paragraphs that are left out because nothing in them or beside them changed."""

    count: int


Row = Paragraph | Unchanged
_Pair = tuple[str | None, str | None]
"""A paragraph of the old text and what became of it in the new; None: nothing."""


def changes(old: str, new: str) -> tuple[Row, ...]:
    """The changed paragraphs, each with those beside it; nothing when the texts read the same."""
    paragraphs = tuple(_paragraphs(_lines(old), _lines(new)))
    near = {at + step for at, one in enumerate(paragraphs) if one.changed for step in (-1, 0, 1)}
    return tuple(_condensed(paragraphs, near)) if near else ()


def _condensed(paragraphs: Sequence[Paragraph], shown: set[int]) -> Iterator[Row]:
    left_out = 0
    for at, paragraph in enumerate(paragraphs):
        if at not in shown:
            left_out += 1
            continue
        if left_out:
            yield Unchanged(left_out)
        left_out = 0
        yield paragraph
    if left_out:
        yield Unchanged(left_out)


def _lines(text: str) -> list[str]:
    """The lines as they are read: without what says that one is a heading, and with single spaces."""
    return [" ".join(_HEADING.sub("", line, count=1).split()) for line in text.split("\n") if line.strip()]


def _paragraphs(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    left = _MOST_COMPARED
    for before, after in _pairs(old, new):
        if before == after and before is not None:
            yield Paragraph((Piece(before, "same"),))
            continue
        a, b = (before or "").split(), (after or "").split()
        if a and b and max(len(a), len(b)) <= _MOST_WORDS and len(a) + len(b) <= left:
            left -= len(a) + len(b)
            yield Paragraph(tuple(_words(a, b)))
            continue
        if before is not None:
            yield Paragraph((Piece(before, "removed"),))
        if after is not None:
            yield Paragraph((Piece(after, "added"),))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    first = _common(old, new)
    last = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - first)
    a, b = old[first : len(old) - last], new[first : len(new) - last]
    yield from ((line, line) for line in old[:first])
    if len(a) + len(b) > _MOST_PARAGRAPHS:
        yield from _apart(a, b)
    else:
        for kind, i, j, k, m in SequenceMatcher(None, a, b).get_opcodes():
            yield from ((line, line) for line in a[i:j]) if kind == "equal" else _aligned(a[i:j], b[k:m])
    yield from ((line, line) for line in old[len(old) - last :])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _apart(old: Iterable[str], new: Iterable[str]) -> Iterator[_Pair]:
    yield from ((line, None) for line in old)
    yield from ((None, line) for line in new)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[_Pair]:
    """Which paragraph became which, in order, so that as much as possible is alike."""
    if len(old) * len(new) > _MOST_PAIRS:
        yield from _apart(old, new)
        return
    alike = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what begins at each pair of places
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], alike[i][j] and best[i + 1][j + 1] + alike[i][j])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from _apart(old[i:], new[j:])


def _likeness(one: str, other: str) -> float:
    """The share of the words of both that they have in common; 0 when it is small."""
    a, b = Counter(one.split()), Counter(other.split())
    share = 2 * (a & b).total() / (a.total() + b.total())
    return share if share >= _LEAST_ALIKE else 0.0


def _words(old: list[str], new: list[str]) -> Iterator[Piece]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece(" ".join(old[i:j]), "same")
            continue
        if j > i:
            yield Piece(" ".join(old[i:j]), "removed")
        if m > k:
            yield Piece(" ".join(new[k:m]), "added")
