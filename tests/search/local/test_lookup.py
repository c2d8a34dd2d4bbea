from pathlib import Path

import numpy as np
import pytest

from index.arrays.inverted import IN_TITLE
from index.arrays.ragged import Ragged
from search.common.beside import beside_each_other
from search.local import lookup
from search.local.lookup import columns_of, mask
from search.local.snapshot import Snapshot
from search.tree import Prefix, Word
from tests.builders import document
from tests.search.local.snapshots import named, snapshot_of, words

DOCUMENTS = [
    document("whole", title="Medborgarskapskrav", body="Nytt."),
    document("near", title="Nytt", body="Krav för medborgarskap."),
    document("far", title="Krav", body="Krav på en hel del annat som inte alls har med det att göra: medborgarskap."),
    document("part", title="Medborgarskap", body="Nytt."),
    document("verb", body="Skatten sänks. Man ska sänka den."),
    document("noun", body="Sänkning av skatten."),
    document("joined", body="Ett Nato-medlemskap."),
    document("member", body="Ett medlemskap."),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), DOCUMENTS)


def found(snapshot: Snapshot, typed: str, sections: int = lookup.ANYWHERE) -> dict[str, float]:
    return named(snapshot, snapshot.lookup.find(words(typed), sections))


def test_a_compound_is_found_whole_and_by_parts_that_stand_near(snapshot: Snapshot) -> None:
    scores = found(snapshot, "medborgarskapskrav")
    assert set(scores) == {"whole", "near"}
    assert scores["whole"] > scores["near"]


@pytest.mark.parametrize(("between", "is_found"), [(lookup.NEAR - 1, True), (lookup.NEAR, False)])
def test_parts_stand_for_a_compound_so_many_words_apart(tmp_path: Path, between: int, is_found: bool) -> None:
    rows = [document("a", body=f"Krav {'och ' * between}medborgarskap."), document("b", body="Medborgarskapskrav.")]
    assert ("a" in found(snapshot_of(tmp_path, rows), "medborgarskapskrav")) is is_found


def test_parts_of_a_compound_are_found_in_it(snapshot: Snapshot) -> None:
    assert set(found(snapshot, "krav")) == {"whole", "near", "far"}
    assert set(found(snapshot, "krav", IN_TITLE)) == {"whole", "far"}


def test_what_has_some_parts_of_a_compound_has_a_share_of_it(snapshot: Snapshot) -> None:
    word = words("medborgarskapskrav")
    assert isinstance(word, Word)
    parted, shares = snapshot.lookup.partly(word)
    ids = [snapshot.arrays.documents.ids[n] for n in parted.documents]
    assert dict(zip(ids, shares.tolist(), strict=True)) == {"far": 1.0, "part": 0.5}
    plain = words("nytt")
    assert isinstance(plain, Word)
    assert not len(snapshot.lookup.partly(plain)[0].documents)


def test_nouns_and_verbs_find_each_other_for_less(snapshot: Snapshot) -> None:
    scores = found(snapshot, "sänkning")
    assert set(scores) == set(found(snapshot, "sänka")) == {"verb", "noun"}
    assert found(snapshot, "sänka")["verb"] > scores["verb"]


def test_words_stand_beside_each_other_in_a_phrase(snapshot: Snapshot) -> None:
    assert set(found(snapshot, '"krav för medborgarskap"')) == {"near"}
    assert found(snapshot, '"medborgarskap för krav"') == found(snapshot, '"för okänt"') == {}
    assert found(snapshot, '"krav för medborgarskap"', IN_TITLE) == {}


def test_a_prefix_finds_words_that_begin_so_and_nothing_that_is_joined_to_them(snapshot: Snapshot) -> None:
    assert set(found(snapshot, "medborg*")) == {"whole", "near", "far", "part"}
    assert set(found(snapshot, "nato*")) == {"joined"}
    assert found(snapshot, "okän*") == {}


def test_of_many_words_that_begin_so_the_commonest_are_taken(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MAX_EXPANSION", 1)
    terms = snapshot.arrays.inverted.terms
    assert [terms[n] for n in snapshot.lookup.expanded(Prefix("me", "me"))] == ["medborgarskap"]


def test_masks_and_runs() -> None:
    assert mask(np.array([0, 2]), 4).tolist() == [True, False, True, False]
    positions = Ragged.of([[0, 5, 9], [1, 7], [2, 3, 10]])
    assert beside_each_other(columns_of(positions, [0, 1, 2])).tolist() == [0]
    assert beside_each_other(columns_of(positions, [0, 2])).tolist() == [9]
    assert beside_each_other(columns_of(positions, [0, -1])).tolist() == []
