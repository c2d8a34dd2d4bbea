"""Filtering, and counting each facet under every filter but its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from search.common.values import KnownCounts, with_chosen
from search.local.conditions import during
from search.local.lookup import mask
from search.local.matching import Matches
from search.local.snapshot import Snapshot
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
    facets: dict[str, FacetCounts] = {**_counted(snapshot, found.documents[under.kept])}
    for facet, kept in under.but.items():
        facets[facet] = _counted(snapshot, found.documents[kept])[facet]
    if found.said_by is not None:
        documents = found.documents[under.but.get("speaker", under.kept)]
        facets["speaker"] = snapshot.shown_order.of(_speakers(snapshot, found.said_by, documents))["speaker"]
    return facets | {
        facet: with_chosen(snapshot.facets[facet], facet, facets[facet], keys) for facet, keys in query.filters.chosen
    }


def _counted(snapshot: Snapshot, documents: Array) -> dict[str, KnownCounts]:
    return snapshot.shown_order.of(snapshot.count_values(documents))


def _speakers(snapshot: Snapshot, said_by: Array, documents: Array) -> Array:
    """How many of the documents match by the words of each speaker; other values have none."""
    speakers, where = np.divmod(said_by, snapshot.count)
    kept = mask(documents, snapshot.count)[where]
    return np.bincount(speakers[kept], minlength=len(snapshot.arrays.documents.names))
