"""The values of a facet that occur in a generation."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.documents import value_name
from index.arrays.files import Array, Strings
from index.facets import Facet


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values of one facet that documents have.

    Their keys in order and their ``labels``, the number of the first among all facets' values, the name of every key
    that is known, how many documents have each, and ``rank``: the place of each in the order in which values of the
    same count are shown.
    """

    first: int
    keys: Sequence[str]
    labels: Sequence[str]
    names: Mapping[str, str]
    counts: Sequence[int]
    rank: Array

    @classmethod
    def of(cls, facet: Facet, values: Strings, names: Mapping[str, str], counts: Sequence[int]) -> "FacetValues":
        """Those of ``facet`` among the sorted ``values`` of all facets, which ``counts`` documents have."""
        start = value_name(facet.key, "")
        numbers = values.starting_with(start)
        keys = [values[number].removeprefix(start) for number in numbers]
        labels = [names.get(key, key) for key in keys]
        order = sorted(range(len(keys)), key=labels.__getitem__)
        rank = np.empty(len(keys), np.int64)
        rank[order] = np.arange(len(keys))
        return cls(numbers.start, keys, labels, names, counts[numbers.start : numbers.stop], rank)

    def number(self, key: str) -> int:
        """The number of a value among all facets' values; -1 when no document has it."""
        at = bisect_left(self.keys, key)
        return self.first + at if at < len(self.keys) and self.keys[at] == key else -1

    def label(self, key: str) -> str:
        """The name of a key; itself when it is not known."""
        return self.names.get(key, key)
