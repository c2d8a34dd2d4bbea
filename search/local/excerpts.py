"""Pieces of the releases' texts, by characters, without decoding the whole texts."""

from typing import Any

import numpy as np

from index.arrays.files import Array, Strings
from search.snippet import Excerpt, bounds

_CONTINUED = -0x40  # a byte of UTF-8 below this, as a signed number, is not the first of its character
_BITS = 6  # of a character's number that say where it is in its block
_BLOCK = 1 << _BITS


class Excerpts:
    """Knows where characters are among the bytes of texts, counted over all of them.

    ``_blocks`` says before which byte each block of characters begins, and where the last ends.
    """

    def __init__(self, texts: Strings) -> None:
        continued = np.flatnonzero(texts.text.view(np.int8) < _CONTINUED)
        self._text: Any = memoryview(texts.text.data)
        self._starts = texts.starts - continued.searchsorted(texts.starts)
        characters = np.append(np.arange(0, self._starts[-1], _BLOCK), self._starts[-1])
        # As many bytes more than characters as there are that continue the characters before.
        before = continued - np.arange(len(continued))
        self._blocks = characters + before.searchsorted(characters, side="right")

    def of(self, numbers: Array, starts: Array) -> list[Excerpt]:
        """What snippets of these texts are cut from that are to show what is at ``starts``.

        They are cut where blocks are, so that they may begin before their text, and end after it.
        """
        begins = self._starts[numbers]
        lengths = self._starts[numbers + 1] - begins
        first, last = bounds(starts, lengths)
        block = begins + first >> _BITS
        begin, end = self._blocks[block], self._blocks[(begins + last - 1 >> _BITS) + 1]
        rows = (begin.tolist(), end.tolist(), ((block << _BITS) - begins).tolist(), lengths.tolist())
        return [
            Excerpt(str(self._text[low:high], "utf-8"), at, length) for low, high, at, length in zip(*rows, strict=True)
        ]
