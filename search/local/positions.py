"""Where terms stand in some documents, and how near to each other."""

from collections.abc import Sequence

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import Inverted
from index.arrays.ragged import ranges
from search.common.beside import NEVER, nearest


class Places:
    """The positions of some documents (in order), each from its place in ``begins`` on."""

    def __init__(self, inverted: Inverted, documents: Array) -> None:
        self._inverted = inverted
        self.begins = inverted.places[documents]
        self._edges = np.concatenate((self.begins, inverted.places[documents + 1]))

    def of(self, terms: Sequence[int]) -> Array:
        """Where any of the terms stands in these documents, as a word or as a part of one; in order."""
        found = [self._within(self._inverted.anywhere[term]) for term in terms if term >= 0]
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int32)

    def _within(self, positions: Array) -> Array:
        first, last = positions.searchsorted(self._edges).reshape(2, -1)
        return np.asarray(positions[ranges(first, last - first)])

    def distances(self, one: Array, other: Array) -> Array:
        """For each document the least distance between one of these positions and one of those; at most NEVER."""
        least = np.full(len(self.begins), NEVER, np.int64)
        if not len(one) or not len(other):
            return least
        np.minimum.at(least, self.begins.searchsorted(one, side="right") - 1, nearest(one, other))
        return least
