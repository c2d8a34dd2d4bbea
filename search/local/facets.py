"""Filtering, and counting each facet under every filter but its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from index.facets import FACETS, Facet
from search.local.conditions import during
from search.local.lookup import mask
from search.local.matching import Matches
from search.local.snapshot import Snapshot
from search.local.values import FacetValues
from search.page import FacetCounts
from search.query import Query


@dataclass(frozen=True, slots=True)
class Filtered:
    """Of the matching documents: a truth value for each, whether it passes every filter, and for each filtered facet
    whether it passes all the others."""

    kept: Array
    but: Mapping[str, Array]


def filtered(snapshot: Snapshot, query: Query, found: Matches) -> Filtered:
    """The matching documents under the filters of ``query``."""
    kept = np.ones(len(found.documents), np.bool_)
    if query.first or query.last:
        kept = during(snapshot, query.first, query.last)[found.documents]
    passing = {facet: _passing(snapshot, facet, keys, found) for facet, keys in query.filters.chosen}
    but = {facet: np.logical_and.reduce([kept, *(p for f, p in passing.items() if f != facet)]) for facet in passing}
    return Filtered(np.logical_and.reduce([kept, *passing.values()]), but)


def _passing(snapshot: Snapshot, facet: str, keys: tuple[str, ...], found: Matches) -> Array:
    """Whether each matching document has one of the values."""
    numbers = [n for key in keys if (n := snapshot.facets[facet].number(key)) >= 0]
    if facet != "speaker" or found.said_by is None:
        return np.asarray(snapshot.having(numbers)[found.documents])
    speakers, documents = np.divmod(found.said_by, snapshot.count)
    return np.asarray(mask(documents[np.isin(speakers, numbers)], snapshot.count)[found.documents])


def count_facets(snapshot: Snapshot, query: Query, found: Matches, under: Filtered) -> dict[str, FacetCounts]:
    """Every facet's values with at least one hit, and the chosen ones."""
    everywhere = snapshot.count_values(found.documents[under.kept])
    facets = {}
    for facet in FACETS:
        kept = under.but.get(facet.key, under.kept)
        counts = everywhere if kept is under.kept else snapshot.count_values(found.documents[kept])
        if facet.key == "speaker" and found.said_by is not None:
            counts = _speakers(snapshot, found.said_by, found.documents[kept])
        facets[facet.key] = _values(facet, snapshot.facets[facet.key], counts, query.filters[facet.key])
    return facets


def _speakers(snapshot: Snapshot, said_by: Array, documents: Array) -> Array:
    """How many of the documents match by the words of each speaker; other values have none."""
    speakers, where = np.divmod(said_by, snapshot.count)
    kept = mask(documents, snapshot.count)[where]
    return np.bincount(speakers[kept], minlength=len(snapshot.arrays.documents.names))


def _values(facet: Facet, values: FacetValues, counts: Array, chosen: tuple[str, ...]) -> FacetCounts:
    own = counts[values.first : values.first + len(values.keys)]
    numbers = own.nonzero()[0]
    newest = facet.order == "newest"
    numbers = numbers[::-1] if newest else numbers[np.lexsort((values.rank[numbers], -own[numbers]))]
    places, found = numbers.tolist(), own[numbers].tolist()
    keys, labels = [values.keys[n] for n in places], [values.labels[n] for n in places]
    for key in chosen:
        if not _count(values, own, key):
            at = sum(other > key for other in keys) if newest else len(keys)
            keys.insert(at, key)
            labels.insert(at, values.label(key))
            found.insert(at, 0)
    return FacetCounts(keys, labels, found, chosen)


def _count(values: FacetValues, own: Array, key: str) -> int:
    """How many documents have the value ``key``, of the counts of its facet's values."""
    number = values.number(key)
    return int(own[number - values.first]) if number >= 0 else 0
