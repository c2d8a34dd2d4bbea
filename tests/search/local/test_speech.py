from math import log1p

import pytest

from search.local.snapshot import Snapshot
from search.local.speech import SATURATION
from tests.builders import document
from tests.search.local.snapshots import named, snapshot_of, words

DOCUMENTS = [
    document("a", body="Tåg går. – Fler tåg ska gå, säger Ett. – Tåg i tid, säger Två. – Tåg, hörs det.", quotes=[
        ("Ett Ettsson", "Fler tåg ska gå"), ("Två Tvåsson", "Tåg i tid"), ("", "Tåg"),
    ]),
    document("b", body="– Skatter och fusk hör ihop, säger Två. Skattefusk.", quotes=[
        ("Två Tvåsson", "Skatter och fusk hör ihop")]),
    document("c", body="Tåg i tid, utan citat."),
]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "quotes"),
    [
        ("tåg", [0, 1, 2]),
        ("tågen", [0, 1, 2]),
        ("går", [0]),
        ('"tåg i tid"', [1]),
        ('"gå tåg"', []),  # from one into the next
        ("hör*", [3]),
        ("skattefusk", [3]),  # both parts in one quotation
        ("segling", []),
    ],
)
def test_quotations_that_have_words(snapshot: Snapshot, typed: str, quotes: list[int]) -> None:
    assert snapshot.speech.quotes(words(typed)).tolist() == quotes


def test_documents_are_scored_by_how_often_it_was_said_and_how_rare_that_is(snapshot: Snapshot) -> None:
    (score,) = named(snapshot, snapshot.speech.find(words("tåg"))).values()
    assert score == pytest.approx(log1p(1.5 / 1.5) * 3 * (SATURATION + 1) / (3 + SATURATION))


def test_who_said_it_where(snapshot: Snapshot) -> None:
    pairs = [divmod(pair, snapshot.count) for pair in snapshot.speech.speakers(words("tåg")).tolist()]
    speakers = [snapshot.facets["speaker"].number(key) for key in ("ett-ettsson", "tva-tvasson")]
    assert pairs == [(speaker, 0) for speaker in speakers]


def test_documents_with_quotations(snapshot: Snapshot) -> None:
    assert snapshot.speech.documents.tolist() == [0, 1]
