"""The values of a facet that occur in a generation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.arrays.documents import value_name
from index.arrays.files import Strings


@dataclass(frozen=True, slots=True)
class FacetValues:
    """The values of one facet: their keys in order, the number of the first among all facets' values, the name of each
    key, and how many documents have each."""

    first: int
    keys: Sequence[str]
    names: Mapping[str, str]
    counts: Sequence[int]

    @classmethod
    def of(cls, facet: str, values: Strings, names: Mapping[str, str], counts: Sequence[int]) -> "FacetValues":
        """Those of ``facet`` among the sorted ``values`` of all facets, which ``counts`` documents have."""
        start = value_name(facet, "")
        numbers = values.starting_with(start)
        keys = [values[number].removeprefix(start) for number in numbers]
        return cls(numbers.start, keys, names, counts[numbers.start : numbers.stop])

    def number(self, key: str) -> int:
        """The number of a value among all facets' values; -1 when no document has it."""
        return self.first + self.keys.index(key) if key in self.names and key in self.keys else -1

    def label(self, key: str) -> str:
        """The name of a key; itself when it is not known."""
        return self.names.get(key, key)
