"""How one index is asked, without a cluster."""

from typing import Any, cast

import pytest

from index.opensearch.catalog import Published
from index.opensearch.connection import Connection
from search.opensearch import asking as asking_module
from search.opensearch.asking import EVERYTHING, NOTHING, Asking, Dsl, all_of, any_of, leaves

TERM: Dsl = {"term": {"type": "tal"}}


class Client:
    """Answers every search with a number for each filter, and remembers how it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def client(self, timeout: float | None = None) -> "Client":
        return self

    def search(self, index: str, body: Dsl, params: dict[str, str]) -> Dsl:
        self.asked.append({"index": index, "body": body, **params})
        filters = body.get("aggs", {}).get("n", {}).get("filters", {}).get("filters", {})
        return {"aggregations": {"n": {"buckets": {name: {"doc_count": 7 + int(name)} for name in filters}}}}


def asking(client: Client, shards: int = 1) -> Asking:
    published = Published("p-000001", "f", "", "", 0, {}, shards, 1, True)
    return Asking(cast(Connection, client), published)


def test_filters_are_put_together_with_as_little_around_them_as_there_can_be() -> None:
    assert (all_of([]), all_of([TERM]), any_of([]), any_of([TERM])) == (EVERYTHING, TERM, NOTHING, TERM)
    assert all_of([TERM, TERM]) == {"bool": {"filter": [TERM, TERM]}}
    assert any_of([TERM, TERM]) == {"bool": {"should": [TERM, TERM], "minimum_should_match": 1}}


def test_every_process_asks_the_same_copy_for_the_pages_of_a_search() -> None:
    client = Client()
    for first in (0, 20):
        asking(client).search({"query": TERM, "from": first})
    assert [one["preference"] for one in client.asked] == ["qa9cfc99d"] * 2
    asking(client).search({"query": EVERYTHING})
    assert client.asked[-1]["preference"] != client.asked[0]["preference"]


def test_an_answer_of_a_part_is_none_and_several_shards_are_asked_first_how_rare_words_are() -> None:
    client = Client()
    asking(client).search({})
    asking(client, shards=2).search({})
    assert {one["allow_partial_search_results"] for one in client.asked} == {"false"}
    assert [one.get("search_type") for one in client.asked] == [None, "dfs_query_then_fetch"]


def test_a_number_is_asked_for_once() -> None:
    client = Client()
    one = asking(client)
    assert one.counts([TERM, NOTHING]) == [7, 8]
    assert (one.count(NOTHING), one.counts([TERM, EVERYTHING])) == (8, [7, 8])
    assert [list(asked["body"]["aggs"]["n"]["filters"]["filters"]) for asked in client.asked] == [["0", "1"], ["1"]]


@pytest.mark.parametrize("rows", [0, 3])
def test_nothing_is_asked_for_no_filters(rows: int) -> None:
    client = Client()
    assert asking(client).counts([]) == []
    assert client.asked == []


def test_numbers_that_are_forgotten_meanwhile_are_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking_module, "_COUNTS", 0)
    one = asking(Client())
    assert one.counts([TERM]) == [7]
    assert one.counts([TERM, NOTHING]) == [7, 8]


def test_leaves_are_counted_as_a_cluster_does() -> None:
    assert leaves(TERM) == leaves({"terms": {"terms": ["a", "b"]}}) == leaves(EVERYTHING) == 1
    near = {"span_near": {"clauses": [{"span_or": {"clauses": [{"span_term": {"places": "a"}}] * 2}}], "slop": 3}}
    assert leaves({"bool": {"must": [TERM, near], "filter": {"nested": {"path": "q", "query": TERM}}}}) == 4
