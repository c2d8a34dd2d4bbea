"""Filtering, and counting each facet under every filter but its own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.facets import FACETS, Facet
from search.local.snapshot import FacetColumn, Snapshot
from search.local.translate import facet_query, interval_query, matches
from search.page import FacetValue
from search.query import Query


@dataclass(frozen=True, slots=True)
class Filtered:
    """The documents that pass every filter, and for each filtered facet those that pass all the others."""

    numbers: set[int]
    but: Mapping[str, set[int]]


def filtered(snapshot: Snapshot, query: Query, numbers: set[int]) -> Filtered:
    """``numbers`` under the filters of ``query``."""
    if query.first or query.last:
        numbers = numbers & matches(snapshot.searcher, interval_query(query.first, query.last))
    passing = {facet: matches(snapshot.searcher, facet_query(facet, keys)) for facet, keys in query.filters.chosen}
    but = {facet: numbers.intersection(*(p for f, p in passing.items() if f != facet)) for facet in passing}
    return Filtered(numbers.intersection(*passing.values()), but)


def count_facets(snapshot: Snapshot, query: Query, under: Filtered) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet's values with at least one hit, and the chosen ones."""
    return {
        facet.key: _values(
            facet, snapshot.facets[facet.key], under.but.get(facet.key, under.numbers), query.filters[facet.key]
        )
        for facet in FACETS
    }


def _values(facet: Facet, column: FacetColumn, numbers: set[int], chosen: tuple[str, ...]) -> tuple[FacetValue, ...]:
    counted = Counter(value for number in numbers for value in column.of.get(number, ()))
    counts = {column.keys[ordinal]: count for ordinal, count in counted.items()}
    for key in chosen:
        counts.setdefault(key, 0)
    values = [FacetValue(key, column.names.get(key, key), n, key in chosen) for key, n in counts.items()]
    if facet.order == "newest":
        return tuple(sorted(values, key=lambda v: v.value, reverse=True))
    return tuple(sorted(values, key=lambda v: (-v.count, v.label)))
