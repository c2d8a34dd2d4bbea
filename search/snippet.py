"""Marking a query's words in texts, and cutting the passage of each that shows the most of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Self

import numpy as np

from index.arrays.files import Array
from search.page import Marked

LENGTH = 240  # characters of a snippet, at most, without its ellipses
REACH = 80  # how far back a snippet looks for the beginning of a sentence
SHORT = LENGTH // 2  # a snippet that would be shorter begins earlier
_SENTENCE_ENDS = (". ", "! ", "? ", ": ", "– ")
_END = 2  # characters of each of these
_APART = 1 << 40  # characters between texts that are laid out on a line

Place = tuple[int, int, int]
"""Which word of the query it is (a number: the same for the same one), and where it begins and ends in its text."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where words of a query stand in ``count`` texts: of each place, in order, the number of its text, which word of
    the query it is, and where it begins and ends in the text. None reaches into the next."""

    count: int
    texts: Array
    words: Array
    begins: Array
    ends: Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[Place]]) -> Self:
        """From the places of each text."""
        columns = np.array([(n, *place) for n, row in enumerate(rows) for place in row], np.int64).reshape(-1, 4)
        return cls(len(rows), *columns.T)

    def rows(self) -> list[list[Place]]:
        """The places of each text."""
        rows = list(zip(self.words.tolist(), self.begins.tolist(), self.ends.tolist(), strict=True))
        bounds = self.texts.searchsorted(np.arange(self.count + 1)).tolist()
        return [rows[first:last] for first, last in pairwise(bounds)]

    def best_starts(self) -> Array:
        """For each text where the window with most different words begins; 0 when there is no place in it.

        Of windows with as many it is the one with most places, of these the first.
        """
        starts = np.zeros(self.count, np.int64)
        count = len(self.texts)
        if not count:
            return starts
        line = self.begins + self.texts * _APART
        high = np.arange(count)
        # The first place of the window that ends with each place; a long word is a window by itself.
        low = np.minimum(line.searchsorted(self.ends + self.texts * _APART - (LENGTH - REACH)), high)
        value = self._different(low) * (count + 1) + high - low + 1
        firsts = np.flatnonzero(np.append(True, self.texts[1:] != self.texts[:-1]))
        best = np.maximum.reduceat(value * count - high, firsts)  # of equals the first is highest
        starts[self.texts[firsts]] = self.begins[low[-best % count]]
        return starts

    def _different(self, low: Array) -> Array:
        """How many different words there are from the places ``low`` on, for each up to the place where it stands."""
        words = np.array(list(set(self.words.tolist())))
        seen = np.zeros((len(words), len(low) + 1), np.int64)
        np.cumsum(self.words == words[:, None], axis=1, out=seen[:, 1:])
        return np.asarray((seen[:, 1:] > seen[:, low]).sum(axis=0))


class Excerpt(NamedTuple):
    """A piece of a text, ``window``, which may reach over it on both sides: where it begins in the text, and how many
    characters the text has."""

    window: str
    begin: int
    length: int

    @classmethod
    def whole(cls, text: str) -> Self:
        """All of a text."""
        return cls(text, 0, len(text))


def bounds(starts: Array, lengths: Array) -> tuple[Array, Array]:
    """From where to where texts of these lengths are looked at for snippets that are to show what is at ``starts``."""
    first = np.where(lengths - starts < SHORT, np.minimum(starts - REACH, lengths - LENGTH), starts - REACH)
    return np.maximum(first, 0), np.minimum(starts + LENGTH, lengths)


def snippet(text: Excerpt, best: int, places: Sequence[Place]) -> Marked:
    """The passage of a text around ``best`` (see :meth:`Places.best_starts`), with what of its places is in it."""
    window, begin, length = text
    start = _sentence_start(window, begin, best)
    if length - start < SHORT:
        start = _sentence_start(window, begin, max(0, length - LENGTH + REACH))
    end = min(length, start + LENGTH)
    if end < length:
        end = max(window.rfind(" ", start - begin, end - begin) + begin, start + SHORT)
    before, after = "… " if start else "", " …" if end < length else ""
    moved = len(before) - start
    inside = [(first + moved, last + moved) for _, first, last in places if start <= first and last <= end]
    return Marked(f"{before}{window[start - begin : end - begin]}{after}", tuple(inside))


def _sentence_start(window: str, begin: int, start: int) -> int:
    """Where the sentence at ``start`` begins if that is near, else a word some way back."""
    if not start:
        return 0
    low, high = max(0, start - REACH) - begin, start - begin
    end = max([window.rfind(mark, low, high) for mark in _SENTENCE_ENDS])
    if end >= 0:
        return end + _END + begin
    return 0 if start <= REACH else min(window.find(" ", low) + 1 or high, high) + begin
