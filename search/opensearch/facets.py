"""Filtering, and counting each facet under every filter but its own."""

from collections.abc import Mapping

import numpy as np

from index.arrays.documents import value_name
from index.facets import FACETS
from search.common.values import with_chosen
from search.opensearch.asking import NOTHING, Dsl, all_of, any_of
from search.opensearch.clauses import during
from search.opensearch.matching import Matching
from search.opensearch.vocabulary import Vocabulary
from search.page import FacetCounts
from search.query import Query

_MOST_SPEAKERS = 500  # that are counted one by one where several words were looked for in quotations


class Filtering:
    """The filters of a query."""

    def __init__(self, vocabulary: Vocabulary, query: Query, found: Matching) -> None:
        self._vocabulary, self._query, self._found = vocabulary, query, found
        self._passing = {facet: self._of(facet, keys) for facet, keys in query.filters.chosen}
        self.dates = [during(query.first, query.last)] if query.first or query.last else []

    def _of(self, facet: str, keys: tuple[str, ...]) -> Dsl:
        if facet == "speaker" and self._found.is_said:
            return any_of([self._found.said_by(key) for key in keys])
        return {"terms": {facet: list(keys)}}

    def but(self, facet: str = "") -> list[Dsl]:
        """The filters, without one facet's."""
        return [one for name, one in self._passing.items() if name != facet]

    def aggregations(self) -> Dsl:
        """What counts the facets."""
        return {
            facet.key: {"filter": all_of(self.but(facet.key)), "aggs": {"values": self._values(facet.key)}}
            for facet in FACETS
        }

    def _values(self, facet: str) -> Dsl:
        if facet == "speaker" and self._found.is_said:
            return self._speakers()
        return {"terms": {"field": facet, "size": max(1, 2 * len(self._vocabulary.facets[facet].keys))}}

    def _speakers(self) -> Dsl:
        """What counts the releases in which the words are of each speaker."""
        spoken = self._found.spoken
        quotes = any_of([self._found.clauses.quotes(clause) for clause in spoken])
        terms: Dsl = {"terms": {"field": "quotes.speaker", "size": _MOST_SPEAKERS}}
        if len(spoken) == 1:
            return _in_quotes(quotes, terms | {"aggs": {"releases": {"reverse_nested": {}}}})
        asked = {"speakers": _in_quotes(quotes, terms)}
        found = self._found.asking.aggregated(asked, self._found.found)["speakers"]["found"]["speakers"]["buckets"]
        keys = [row["key"] for row in found if row["key"]]
        # The cluster wants one filter at least, also where nobody said the words.
        return {"filters": {"filters": {key: self._found.said_by(key) for key in keys} or {"": NOTHING}}}

    def facets(self, counted: Dsl) -> dict[str, FacetCounts]:
        """Every facet's values with at least one hit, and the chosen ones."""
        counts = np.zeros(len(self._vocabulary.numbers), np.int64)
        for facet in FACETS:
            for key, count in _counts(counted[facet.key]["values"]).items():
                number = self._vocabulary.numbers.get(value_name(facet.key, key))
                if number is not None:  # else it came with an update whose names are not read yet
                    counts[number] = count
        facets: dict[str, FacetCounts] = {**self._vocabulary.shown_order.of(counts)}
        chosen = self._query.filters.chosen
        return facets | {
            facet: with_chosen(self._vocabulary.facets[facet], facet, facets[facet], keys) for facet, keys in chosen
        }


def _in_quotes(quotes: Dsl, terms: Dsl) -> Dsl:
    return {
        "nested": {"path": "quotes"},
        "aggs": {"found": {"filter": quotes, "aggs": {"speakers": terms}}},
    }


def _counts(values: Dsl) -> Mapping[str, int]:
    if "found" in values:
        rows = values["found"]["speakers"]["buckets"]
        return {row["key"]: row["releases"]["doc_count"] for row in rows if row["key"]}
    buckets = values["buckets"]
    if isinstance(buckets, dict):
        return {key: row["doc_count"] for key, row in buckets.items()}
    return {row["key"]: row["doc_count"] for row in buckets}
