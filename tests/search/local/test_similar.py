from pathlib import Path

import pytest

from search.local import similar
from search.local.similar import similar_documents
from search.local.snapshot import Snapshot
from tests.builders import document, month
from tests.search.local.snapshots import snapshot_of

DOCUMENTS = [
    document("one", title="Ubåt i skärgården", body="Marinen söker och spanar."),
    document("both", title="Ubåt", body="Skärgården och annat."),
    document("less", title="Marinen", body="Och annat."),
    document("stop", title="I och med"),
    document("other", title="Skola", body="Annat."),
]


def similar_ids(snapshot: Snapshot, number: int, size: int = 5) -> list[str]:
    return [snapshot.arrays.documents.ids[n] for n, _ in similar_documents(snapshot, number, size)]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), DOCUMENTS)


def test_what_shares_most_comes_first_and_small_words_count_for_nothing(snapshot: Snapshot) -> None:
    assert similar_ids(snapshot, 0) == ["both", "less"]
    assert similar_ids(snapshot, 0, 1) == ["both"]
    assert similar_ids(snapshot, 3) == []


def test_scores_are_inner_products(snapshot: Snapshot) -> None:
    ((_, here), *_) = similar_documents(snapshot, 0, 5)
    ((back, there), *_) = similar_documents(snapshot, 1, 5)
    assert back == 0
    assert here == pytest.approx(there, rel=0.2)  # "annat" and "marinen" are in one of the two alone


def test_only_the_telling_words_are_compared(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar, "LEADING_TERMS", 1)
    assert similar_ids(snapshot, 0) == ["both"]


def test_equals_are_in_the_order_of_the_newest(tmp_path: Path) -> None:
    rows = [document(i, title="Ubåt", span=month(year, 1)) for i, year in {"a": 2019, "b": 2021, "c": 2020}.items()]
    assert similar_ids(snapshot_of(tmp_path, [*rows, document("x")]), 0) == ["b", "c"]
