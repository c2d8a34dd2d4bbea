from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from index.document import Document
from search.local import ordering
from search.local.matching import match
from search.local.ordering import Ordered, ordered
from search.local.snapshot import Snapshot
from search.query import Sort
from tests.builders import document, month
from tests.search.local.snapshots import snapshot_of

Order = Callable[..., list[str]]


@pytest.fixture
def order(tmp_path: Path) -> Order:
    def order(
        documents: Iterable[Document], typed: str, sort: Sort = Sort.RELEVANCE, limit: int | None = None
    ) -> object:
        snapshot = snapshot_of(tmp_path, documents)
        found = best(snapshot, typed, sort, limit)
        return [snapshot.arrays.documents.ids[n] for n in found.documents]

    return order


def best(snapshot: Snapshot, typed: str, sort: Sort = Sort.RELEVANCE, limit: int | None = None) -> Ordered:
    tree = snapshot.read(typed)
    found = match(snapshot, tree)
    return ordered(snapshot, tree, found, np.ones(len(found.documents), np.bool_), sort, limit)


SPREAD = [
    document("far", body="Stöd är det som alla i landet vill ge i dag till skolor."),
    document("near", body="Det är i dag som alla vill ge stöd till skolor i landet."),
]
SAME = [document(i, title="Lika", span=span) for i, span in {"c": None, "b": month(2020, 1), "a": month(2020, 1),
                                                             "n": month(2021, 1)}.items()]  # fmt: skip


def test_words_close_to_each_other_come_first(order: Order) -> None:
    assert order(SPREAD, "stöd skolor") == order(SPREAD[::-1], "skolor stöd") == ["near", "far"]


def test_closeness_is_looked_at_where_it_can_matter(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "CANDIDATES", 1)
    assert order(SPREAD, "stöd skolor") == ["far", "near"]


def test_ties_are_broken_by_newest_then_id(order: Order) -> None:
    assert order(SAME, "") == ["n", "a", "b", "c"]


def test_what_has_no_date_comes_last_in_both_orders_of_time(order: Order) -> None:
    assert order(SAME, "lika", Sort.NEWEST) == ["n", "a", "b", "c"]
    assert order(SAME, "lika", Sort.OLDEST) == ["a", "b", "n", "c"]


@pytest.mark.parametrize("sort", Sort)
def test_a_limit_gives_the_beginning_of_the_whole_order(
    order: Order, sort: Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ordering, "CANDIDATES", 3)
    rows = [document(f"d{n}", title="Lika", body="Lika " * (n % 3), span=month(2015 + n % 4, 1)) for n in range(9)]
    whole = order(rows, "lika", sort)
    assert [order(rows, "lika", sort, limit) for limit in range(10)] == [whole[:limit] for limit in range(10)]


def test_scores_fall_from_the_first_to_the_last(tmp_path: Path) -> None:
    rows = [document(f"d{n}", title="Ett", body="Lika " * (n + 1)) for n in range(5)]
    scores = best(snapshot_of(tmp_path, rows), "lika").scores.tolist()
    assert scores == sorted(scores, reverse=True)


def test_leaving_out_what_can_not_reach_the_first_hits_changes_none_of_them(tmp_path: Path) -> None:
    # The more often the words are said the farther apart they are, so that nearness moves some far up.
    told = [document(f"d{n:02}", body="Stöd " * (n % 7 + 1) + "och " * (n % 11) + "skolor.") for n in range(40)]
    told += [document(f"e{n}", body="Stöd till dem. " + "Annat än så. " * n) for n in range(20)]
    snapshot = snapshot_of(tmp_path, told)
    whole = best(snapshot, "stöd skolor")
    for limit in (1, 3, 10, 30, 45):
        first = best(snapshot, "stöd skolor", limit=limit)
        assert first.documents.tolist() == whole.documents[:limit].tolist()
        assert first.scores.tolist() == whole.scores[:limit].tolist()
