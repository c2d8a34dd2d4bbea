"""Asking one index: whole answers or none, each within its time."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import orjson

from index.errors import ClusterUnavailable, IndexUnavailable
from index.opensearch.catalog import Published
from index.opensearch.connection import Connection, meaning, translated

Dsl = dict[str, Any]
"""A query, or a part of one, in the cluster's language."""

WINDOW = 10_000
"""So many hits of a result can be asked for by number; what is beyond is walked to."""
_KEEP_ALIVE = "1m"  # that a walk's view of the index is kept between two steps
_SEEN = {"realtime": "false"}  # as searches see it, not what an update has written since
_COUNTS = 20_000  # numbers that are remembered
TAKEN = 900
"""So many leaves a query may have; a cluster takes 1,024, unless it is told otherwise, with all filters."""
_LEAVES = {"term", "terms", "span_term", "match_phrase", "range", "exists", "match_all", "match_none"}
NOTHING: Dsl = {"match_none": {}}
EVERYTHING: Dsl = {"match_all": {}}


def all_of(filters: Sequence[Dsl]) -> Dsl:
    """What meets every filter."""
    return filters[0] if len(filters) == 1 else {"bool": {"filter": list(filters)}} if filters else EVERYTHING


def any_of(filters: Sequence[Dsl]) -> Dsl:
    """What meets one filter at least."""
    if not filters:
        return NOTHING
    return filters[0] if len(filters) == 1 else {"bool": {"should": list(filters), "minimum_should_match": 1}}


def leaves(query: object) -> int:
    """How many leaves a query has; a cluster counts them, terms of one set as one, and refuses what has too many."""
    if isinstance(query, list):
        return sum(map(leaves, query))
    if not isinstance(query, dict):
        return 0
    return sum(1 if name in _LEAVES else leaves(part) for name, part in query.items())


@dataclass(frozen=True)
class Asking:
    """Asks the index that was published when this was made.

    Every method raises :class:`index.errors.ClusterUnavailable` when a part of the index can't answer in time: an
    answer from the rest would be a wrong one.
    """

    connection: Connection
    published: Published
    _counted: dict[bytes, int] = field(default_factory=dict)

    def search(self, body: Dsl) -> Dsl:
        """The answer to a search."""
        # Copies of an index may order equals otherwise: the same question goes to the same copy, whoever asks.
        where = {"preference": f"q{crc32(orjson.dumps(body.get('query', {}))):x}"}
        params = {**where, "allow_partial_search_results": "false", **self._scoring()}
        with translated():
            found: Dsl = self.connection.client().search(index=self.published.index, body=body, params=params)
        return found

    def _scoring(self) -> dict[str, str]:
        # What a term is worth is the same in all shards only when they are asked first how many releases have it.
        return {"search_type": "dfs_query_then_fetch"} if self.published.shards > 1 else {}

    def several(self, bodies: Sequence[Dsl]) -> list[Dsl]:
        """The answers to several searches at once."""
        lines = [line for body in bodies for line in ({"allow_partial_search_results": False}, body)]
        with translated():
            found = self.connection.client().msearch(body=lines, index=self.published.index)
        answers: list[Dsl] = found["responses"]
        for answer in answers:
            if "error" in answer:
                raise ClusterUnavailable("A part of the index can't answer at the moment. Try again in a while.")
        return answers

    def aggregated(self, aggregations: Dsl, query: Dsl = EVERYTHING) -> Dsl:
        """What is counted over all releases that a query finds."""
        body = {"size": 0, "track_total_hits": False, "query": query, "aggs": aggregations}
        return dict(self.search(body)["aggregations"])

    def buckets(self, field: str) -> Iterator[tuple[str, int]]:
        """Every value of a field, in order, and how many releases have it."""
        after: Dsl = {}
        while True:
            composite: Dsl = {"size": WINDOW, "sources": [{"v": {"terms": {"field": field}}}], **after}
            found = self.aggregated({"all": {"composite": composite}})["all"]
            yield from ((row["key"]["v"], row["doc_count"]) for row in found["buckets"])
            if len(found["buckets"]) < WINDOW:
                return
            after = {"after": found["after_key"]}

    def counts(self, filters: Sequence[Dsl]) -> list[int]:
        """How many releases meet each of the filters. It is remembered: they are few that are asked over and over."""
        keys = [orjson.dumps(one) for one in filters]
        known = {key: self._counted.get(key) for key in keys}  # others may forget them meanwhile
        asked = {str(n): one for n, (key, one) in enumerate(zip(keys, filters, strict=True)) if known[key] is None}
        if asked:
            found = self.aggregated({"n": {"filters": {"filters": asked}}})["n"]["buckets"]
            told = {keys[int(n)]: int(bucket["doc_count"]) for n, bucket in found.items()}
            if len(self._counted) > _COUNTS:
                self._counted.clear()
            self._counted.update(told)
            known |= told
        return [known[key] or 0 for key in keys]

    def count(self, one: Dsl) -> int:
        """How many releases meet a filter."""
        return self.counts([one])[0]

    def walk(self, body: Dsl) -> Iterator[Dsl]:
        """Every hit of a search in its order, as the index is now."""
        params = {"keep_alive": _KEEP_ALIVE, "allow_partial_pit_creation": "false"}
        with translated():
            view = self.connection.client().create_pit(index=self.published.index, params=params)["pit_id"]
        return self._steps(body, view)

    def _steps(self, body: Dsl, view: str) -> Iterator[Dsl]:
        client = self.connection.client()
        params = {"allow_partial_search_results": "false", **self._scoring()}
        try:
            after: list[Any] = []
            while True:
                step = {**body, "pit": {"id": view, "keep_alive": _KEEP_ALIVE}, "track_total_hits": False}
                with translated():
                    found = client.search(body=step | ({"search_after": after} if after else {}), params=params)
                hits = found["hits"]["hits"]
                yield from hits
                if len(hits) < body["size"]:
                    return
                after = hits[-1]["sort"]
        finally:
            with suppress(IndexUnavailable), translated():  # else the cluster forgets it after a minute
                client.delete_pit(body={"pit_id": [view]})

    def document(self, release_id: str) -> Dsl | None:
        """What is kept of a release; None when there is none with this id."""
        with translated():
            found: Dsl = self.connection.client().get(
                index=self.published.index, id=release_id, params=_SEEN, ignore=[404]
            )
        if "error" in found:  # it is the index that is not there, or a part of it
            raise meaning("404", str(found["error"]["type"]))
        return found["_source"] if found["found"] else None
