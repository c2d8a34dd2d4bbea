"""Where terms stand in some documents, and how near to each other."""

from collections.abc import Iterable

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import GAP, Inverted
from index.arrays.ragged import Ragged, ranges

NEVER = GAP
"""The distance of what is never in the same of title, lead and body; no other is as large."""


class Places:
    """The positions of some documents (in order), each from its place in ``begins`` up to ``ends``."""

    def __init__(self, inverted: Inverted, documents: Array) -> None:
        self._inverted = inverted
        self.begins, self.ends = inverted.places[documents], inverted.places[documents + 1]

    def of(self, terms: Iterable[int]) -> Array:
        """Where any of the terms stands in these documents, as a word or as a part of one; in order."""
        found = [self._within(rows[term]) for term in terms if term >= 0 for rows in self._rows]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int32)

    @property
    def _rows(self) -> tuple[Ragged, Ragged]:
        return self._inverted.text, self._inverted.parts

    def _within(self, positions: Array) -> Array:
        first = np.searchsorted(positions, self.begins)
        return np.asarray(positions[ranges(first, np.searchsorted(positions, self.ends) - first)])

    def distances(self, one: Array, other: Array) -> Array:
        """For each document the least distance between one of these positions and one of those; at most NEVER."""
        least = np.full(len(self.begins), NEVER, np.int64)
        if not len(one) or not len(other):
            return least
        at = np.searchsorted(other, one)
        after = np.where(at < len(other), other[np.minimum(at, len(other) - 1)] - one, NEVER)
        before = np.where(at > 0, one - other[np.maximum(at - 1, 0)], NEVER)
        np.minimum.at(least, np.searchsorted(self.begins, one, side="right") - 1, np.minimum(after, before))
        return least
