from pathlib import Path

import numpy as np
import pytest

from search.common.texts import APART
from search.local.snapshot import Snapshot
from search.local.texts import ShownTexts, typed_text
from tests.builders import document
from tests.search.local.snapshots import snapshot_of


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("data")
    return snapshot_of(
        folder,
        [
            document("a", title="Nytt stöd", summary="Stöd ges nu.", body="Mer skolstöd. Slut."),
            document("b", title="Slut", body="Stöd."),
        ],
    )


def test_lead_and_body_are_one_text_and_the_title_another(snapshot: Snapshot) -> None:
    texts = ShownTexts(snapshot.arrays, np.array([0, 1]))
    stöd, slut = (snapshot.lookup.number(term) for term in ("stöd", "slut"))
    anywhere, none, end = (column.tolist() for column in texts.columns([stöd, "nowhere", slut], parts=True))
    assert anywhere == [1, APART, APART + 4, 3 * APART]
    assert none == []
    assert end == [APART + 5, 2 * APART]
    (written,) = texts.columns([stöd], parts=False)
    assert written.tolist() == [1, APART, 3 * APART]


def test_places_are_those_of_each_text(snapshot: Snapshot) -> None:
    texts = ShownTexts(snapshot.arrays, np.array([0, 1]))
    line = np.array([1, APART + 4, 3 * APART])
    assert texts.places(line, np.array([1, 2, 1])).rows() == [[(1, 5, 9)], [(2, 17, 25)], [], [(1, 0, 4)]]


def test_a_typed_text_has_words_that_no_release_has(snapshot: Snapshot) -> None:
    texts = typed_text(snapshot, "Traktorer och stöd, traktorstöd")
    stöd = snapshot.lookup.number("stöd")
    assert [column.tolist() for column in texts.columns(["traktor", stöd], parts=False)] == [[0], [2]]
    assert texts.beginning("trakt").tolist() == [0, 3]
