import numpy as np
import pytest

from search.common.beside import NEVER
from search.local.positions import Places
from search.local.snapshot import Snapshot
from tests.builders import document
from tests.search.local.snapshots import snapshot_of

DOCUMENTS = [
    document("a", title="Stöd", summary="Ett två tre.", body="Stöd till fler skolor och till skolbarn."),
    document("b", title="Skola", body="Stöd."),
    document("c", body="Skola " + "och " * 150 + "stöd."),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), DOCUMENTS)


def distances(snapshot: Snapshot, one: str, other: str, *documents: int) -> list[int]:
    places = Places(snapshot.arrays.inverted, np.array(documents, np.int64))
    columns = [places.of([snapshot.lookup.number(term)]) for term in (one, other)]
    found: list[int] = places.distances(*columns).tolist()
    return found


def test_the_least_distance_in_a_section(snapshot: Snapshot) -> None:
    assert distances(snapshot, "stöd", "skol", 0) == distances(snapshot, "skol", "stöd", 0) == [3]
    assert distances(snapshot, "till", "skol", 0) == [1]  # in "skolbarn"
    assert distances(snapshot, "barn", "skol", 0) == [0]


def test_sections_and_what_is_far_away_never_meet(snapshot: Snapshot) -> None:
    assert distances(snapshot, "stöd", "skol", 1, 2) == [NEVER, NEVER]
    assert distances(snapshot, "stöd", "två", 0, 1) == [NEVER, NEVER]


def test_a_term_that_is_nowhere_is_nowhere_near(snapshot: Snapshot) -> None:
    assert distances(snapshot, "stöd", "nowhere", 0, 1, 2) == [NEVER] * 3


def test_places_are_those_of_the_documents_alone(snapshot: Snapshot) -> None:
    number = snapshot.lookup.number("stöd")
    every = Places(snapshot.arrays.inverted, np.array([0, 1, 2])).of([number])
    assert len(every) == 4
    assert Places(snapshot.arrays.inverted, np.array([0, 2])).of([number]).tolist() == every[[0, 1, 3]].tolist()
