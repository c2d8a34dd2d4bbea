"""Filtering, and counting each facet under every filter but its own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from index.facets import FACETS, Facet
from search.local.columns import FacetColumn
from search.local.matching import Matches
from search.local.snapshot import Snapshot
from search.local.translate import facet_query, interval_query, matches
from search.page import FacetValue
from search.query import Query


@dataclass(frozen=True, slots=True)
class Filtered:
    """The documents that pass every filter, and for each filtered facet those that pass all the others."""

    numbers: set[int]
    but: Mapping[str, set[int]]


def filtered(snapshot: Snapshot, query: Query, found: Matches) -> Filtered:
    """The matching documents under the filters of ``query``."""
    numbers = set(found.clauses)
    if query.first or query.last:
        numbers = numbers & matches(snapshot.searcher, interval_query(query.first, query.last))
    passing = {facet: matches(snapshot.searcher, facet_query(facet, keys)) for facet, keys in query.filters.chosen}
    if "speaker" in passing and found.said_by is not None:
        passing["speaker"] = {n for key in query.filters["speaker"] for n in found.said_by.get(key, ())}
    but = {facet: numbers.intersection(*(p for f, p in passing.items() if f != facet)) for facet in passing}
    return Filtered(numbers.intersection(*passing.values()), but)


def count_facets(
    snapshot: Snapshot, query: Query, found: Matches, under: Filtered
) -> dict[str, tuple[FacetValue, ...]]:
    """Every facet's values with at least one hit, and the chosen ones."""
    facets = {}
    for facet in FACETS:
        column, numbers = snapshot.facets[facet.key], under.but.get(facet.key, under.numbers)
        if facet.key == "speaker" and found.said_by is not None:
            counts = {key: n for key, said in found.said_by.items() if (n := len(said & numbers))}
        else:
            counts = _counts(column, numbers)
        facets[facet.key] = _values(facet, column, counts, query.filters[facet.key])
    return facets


def _counts(column: FacetColumn, numbers: set[int]) -> dict[str, int]:
    counted = Counter(value for number in numbers for value in column.of.get(number, ()))
    return {column.keys[ordinal]: count for ordinal, count in counted.items()}


def _values(
    facet: Facet, column: FacetColumn, counts: dict[str, int], chosen: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    for key in chosen:
        counts.setdefault(key, 0)
    values = [FacetValue(key, column.names.get(key, key), n, key in chosen) for key, n in counts.items()]
    if facet.order == "newest":
        return tuple(sorted(values, key=lambda v: v.value, reverse=True))
    return tuple(sorted(values, key=lambda v: (-v.count, v.label)))
