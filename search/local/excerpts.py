"""Pieces of the releases' texts, by characters, without decoding the whole texts."""

from typing import Any

import numpy as np

from index.arrays.files import Array, Strings
from search.snippet import Excerpt, bounds

_CONTINUED = -0x40  # a byte of UTF-8 below this, as a signed number, is not the first of its character


class Excerpts:
    """Knows where characters are among the bytes of texts.

    ``_longer`` holds for each byte that is not the first of its character how many characters begin before it.
    """

    def __init__(self, texts: Strings) -> None:
        continued = np.flatnonzero(texts.text.view(np.int8) < _CONTINUED)
        self._text: Any = memoryview(texts.text.data)
        self._starts = texts.starts - continued.searchsorted(texts.starts)
        self._longer = (continued - np.arange(len(continued))).astype(np.int64)

    def of(self, numbers: Array, starts: Array) -> list[Excerpt]:
        """What snippets of these texts are cut from that are to show what is at ``starts``."""
        begins = self._starts[numbers]
        lengths = self._starts[numbers + 1] - begins
        first, last = bounds(starts, lengths)
        edges = zip(
            self._bytes(begins + first), self._bytes(begins + last), first.tolist(), lengths.tolist(), strict=True
        )
        return [Excerpt(str(self._text[begin:end], "utf-8"), at, length) for begin, end, at, length in edges]

    def _bytes(self, characters: Array) -> list[int]:
        """Before which bytes these characters, counted over all texts, begin."""
        found: list[int] = (characters + self._longer.searchsorted(characters, side="right")).tolist()
        return found
