import pytest

from index.document import Document
from search.language import parse
from search.local import matching
from search.local.matching import Matches, match
from search.local.snapshot import Snapshot
from search.query import Scope
from tests.builders import document
from tests.search.local.snapshots import snapshot_of

DOCUMENTS: list[Document] = [
    document("both", title="Ubåt", body="Segregation."),
    document("rare", title="Ubåt"),
    *(document(f"common{n}", title="Segregation") for n in range(8)),
    document("said", title="Tal", body="– Segregation, säger hon.", quotes=[("Ett Ettsson", "Segregation")]),
    document("number", title="Om 2017:45", body="Skattefusk."),
    document("part", title="Skatt på fisk"),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), DOCUMENTS)


def found(snapshot: Snapshot, typed: str, scope: Scope = Scope.ALL) -> Matches:
    return match(snapshot, parse(typed, scope), scope)


def ids(snapshot: Snapshot, matches: Matches) -> set[str]:
    return {snapshot.arrays.documents.ids[n] for n in matches.documents}


def test_what_has_the_words_that_tell_most_follows(snapshot: Snapshot) -> None:
    matches = found(snapshot, "ubåt segregation")
    assert (matches.matching, ids(snapshot, matches)) == ("some", {"both", "rare"})
    assert matches.complete.tolist() == [True, False]


def test_some_words_are_not_enough_when_many_releases_have_all(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "FEW", 1)
    matches = found(snapshot, "ubåt segregation")
    assert (matches.matching, ids(snapshot, matches)) == ("all", {"both"})


def test_what_is_nowhere_is_left_out_but_never_everything(snapshot: Snapshot) -> None:
    matches = found(snapshot, "ubåt xyzzy")
    assert (matches.matching, ids(snapshot, matches)) == ("some", {"both", "rare"})
    assert ids(snapshot, found(snapshot, "xyzzy plugh")) == set()


def test_the_number_of_a_document_is_never_left_out(snapshot: Snapshot) -> None:
    assert ids(snapshot, found(snapshot, "2017:45 ubåt")) == {"number"}
    assert ids(snapshot, found(snapshot, "2017:46 ubåt")) == set()


def test_a_part_of_a_compound_is_a_part_of_what_is_asked_for(snapshot: Snapshot) -> None:
    assert ids(snapshot, found(snapshot, "skattefusk")) == {"number", "part"}
    assert found(snapshot, "skattefusk").matching == "some"


def test_exclusions_and_conditions_leave_out(snapshot: Snapshot) -> None:
    assert ids(snapshot, found(snapshot, "ubåt -segregation")) == {"rare"}
    assert ids(snapshot, found(snapshot, "ubåt talare:ettsson")) == set()
    assert ids(snapshot, found(snapshot, "talare:ettsson")) == {"said"}


def test_nothing_asked_for_is_everything_that_has_text_there(snapshot: Snapshot) -> None:
    assert len(found(snapshot, "").documents) == len(DOCUMENTS)
    assert ids(snapshot, found(snapshot, "", Scope.QUOTES)) == {"said"}


def test_who_said_the_words_is_known(snapshot: Snapshot) -> None:
    matches = found(snapshot, "citat:segregation")
    assert matches.said_by is not None
    (pair,) = matches.said_by.tolist()
    speaker, where = divmod(pair, snapshot.count)
    assert (snapshot.facets["speaker"].number("ett-ettsson"), "said") == (speaker, snapshot.arrays.documents.ids[where])
    assert found(snapshot, "segregation").said_by is None
