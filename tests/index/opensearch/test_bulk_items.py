"""What is sent in one request, and what is sent again."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ClusterRefused
from index.opensearch import bulk
from index.opensearch.bulk import Deletion, Writing, chunks
from index.opensearch.publisher import version_of


@given(st.lists(st.integers(0, 4000), max_size=60))
def test_chunks_are_all_items_in_order_and_none_is_much_too_large(sizes: list[int]) -> None:
    items = [Writing(str(n), 1, b"x" * size) for n, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "BYTES", 5000)
        found = list(chunks(items))
    assert [item for chunk in found for item in chunk] == items
    for chunk in found:
        assert sum(len(item.lines()) for item in chunk[:-1]) < 5000


def test_an_item_carries_its_version() -> None:
    action, source, _ = Writing("å", 7, b'{"a":1}').lines().split(b"\n")
    assert orjson.loads(action) == {"index": {"_id": "å", "version": 7, "version_type": "external_gte"}}
    assert source == b'{"a":1}'
    (deletion,) = Deletion("å", 8).lines().splitlines()
    assert orjson.loads(deletion) == {"delete": {"_id": "å", "version": 8, "version_type": "external_gte"}}


@pytest.mark.parametrize(
    ("item", "status", "due"),
    [
        (Writing("a", 1, b"{}"), 201, False),
        (Writing("a", 1, b"{}"), 409, False),  # something newer is there
        (Writing("a", 1, b"{}"), 429, True),
        (Writing("a", 1, b"{}"), 503, True),
        (Deletion("a", 1), 404, False),
        (Deletion("a", 1), 409, False),
    ],
)
def test_only_what_the_cluster_may_take_another_time_is_sent_again(item: Any, status: int, due: bool) -> None:
    assert bulk._is_due(item, {"status": status}) is due


def test_what_the_cluster_never_takes_is_said_with_its_reason() -> None:
    answer = {"status": 400, "error": {"type": "mapper_parsing_exception", "reason": "no such field"}}
    with pytest.raises(ClusterRefused) as refused:
        bulk._is_due(Writing("a", 1, b"{}"), answer)
    assert "'a' (400: mapper_parsing_exception, no such field)" in str(refused.value)
    assert "run the command again" in str(refused.value)


def test_a_later_run_has_a_higher_version() -> None:
    earlier, later = "2026-11-22T12:00:00.000001Z", "2026-11-22T12:00:00.000002Z"
    assert version_of(later) - version_of(earlier) == 1
    assert version_of("1970-01-01T00:00:01Z") == 1_000_000
