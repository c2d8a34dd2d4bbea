"""The values of the facets that occur in a generation, and those of an answer in the order in which they are shown."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import orjson

from index.arrays.documents import value_name
from index.arrays.files import Array, Strings
from index.facets import FACETS, Facet
from search.page import FacetCounts

_PLACE, _FACET = 22, 44  # the lowest bits of a sort key hold a value's place, then its count, then its facet
_FACET_ENDS = np.arange(1, len(FACETS) + 1) << _FACET
_ORDERS = {facet.key: facet.order for facet in FACETS}
_NOT_SELECTED = b',"selected":false}'


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


class KnownCounts(FacetCounts):
    """Values of which none is chosen, by their ``numbers`` among all facets' values.

    Nothing but their JSON, for which ``written`` holds the beginnings, is made unless it is asked for.
    """

    def __init__(
        self, values: FacetValues, written: Sequence[bytes], numbers: Sequence[int], counts: Sequence[int]
    ) -> None:
        self._values, self._written, self._numbers = values, written, numbers
        self.counts, self.chosen = counts, ()

    def __len__(self) -> int:
        return len(self._numbers)

    @cached_property
    def keys(self) -> Sequence[str]:  # type: ignore[override]
        """The keys of the values."""
        return [self._values.keys[number - self._values.first] for number in self._numbers]

    @cached_property
    def labels(self) -> Sequence[str]:  # type: ignore[override]
        """Their names."""
        return [self._values.labels[number - self._values.first] for number in self._numbers]

    @property
    def json(self) -> bytes:
        """The values as JSON, joined of what is written already: a page has hundreds of them."""
        if not self._numbers:
            return b"[]"
        pieces = [b""] * (2 * len(self._numbers))
        pieces[::2] = map(self._written.__getitem__, self._numbers)
        pieces[1::2] = orjson.dumps(self.counts)[1:-1].split(b",")
        return b"[" + b"".join(pieces)[len(_NOT_SELECTED) + 1 :] + _NOT_SELECTED + b"]"


def _written(values: FacetValues) -> Iterator[bytes]:
    """The JSON of each value up to its count, after the end of the one before it."""
    for key, label in zip(values.keys, values.labels, strict=True):
        yield _NOT_SELECTED + b"," + orjson.dumps({"value": key, "label": label})[:-1] + b',"count":'


class ShownOrder:
    """Puts the values of all facets in the order in which they are shown, with one sort.

    The sort key of a value is a whole number: its facet, then (unless the newest come first) how many documents are
    without it, then its place among those of the same count.
    """

    def __init__(self, facets: Mapping[str, FacetValues], count: int) -> None:
        self._facets = [facets[facet.key] for facet in FACETS]
        self._keys, self._times, self._at = (np.zeros(count, np.int64) for _ in range(3))
        self._written = [b""] * count
        for number, (facet, values) in enumerate(zip(FACETS, self._facets, strict=True)):
            own = slice(values.first, values.first + len(values.keys))
            newest = facet.order == "newest"
            places = values.first + (np.arange(len(values.keys))[::-1] if newest else values.rank)
            self._keys[own] = (2 * number + 1 << _FACET - 1) + places
            self._times[own] = 0 if newest else 1 << _PLACE
            self._at[places] = np.arange(own.start, own.stop)
            self._written[own] = _written(values)

    def of(self, counts: Array) -> dict[str, KnownCounts]:
        """For each facet its values that occur; ``counts`` says for each value how many documents have it."""
        found = counts.nonzero()[0]
        keys: Array = np.sort(self._keys[found] - counts[found] * self._times[found])
        sorted_found = self._at[keys & (1 << _PLACE) - 1]
        numbers, times = sorted_found.tolist(), counts[sorted_found].tolist()
        ends = keys.searchsorted(_FACET_ENDS).tolist()
        return {
            facet.key: KnownCounts(values, self._written, numbers[first:last], times[first:last])
            for facet, values, first, last in zip(FACETS, self._facets, [0, *ends], ends, strict=False)
        }


def with_chosen(values: FacetValues, facet: str, counts: FacetCounts, chosen: tuple[str, ...]) -> FacetCounts:
    """The values with the chosen ones among them, also those that no hit has: before older ones, else last."""
    keys, labels, times = list(counts.keys), list(counts.labels), list(counts.counts)
    newest = _ORDERS[facet] == "newest"
    for key in chosen:
        if key not in keys:
            at = sum(other > key for other in keys) if newest else len(keys)
            keys.insert(at, key)
            labels.insert(at, values.label(key))
            times.insert(at, 0)
    return FacetCounts(keys, labels, times, chosen)
