from pathlib import Path

import pytest

from index.archive import Archive
from index.build import forget, rebuild, update
from index.errors import CorrectionsError
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.index.files_of_releases import titles, write_lines, write_page, write_telling


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_a_copied_text_and_its_page_become_one_entry(data: DataFolder, tmp_path: Path) -> None:
    page, lines = write_telling(data, tmp_path)
    rebuild(data, [page])
    (alone,) = LocalEngine(data.path).search(Query()).hits
    summary = update(data, [page, lines])
    assert summary.adds_up
    assert (summary.read, summary.releases, summary.merged, summary.indexed, summary.erased) == (2, 1, 1, 1, 1)

    engine = LocalEngine(data.path)
    assert [hit.facts.id for hit in engine.search(Query()).hits] == ["r1"]
    document = engine.get(alone.facts.id)
    assert document is not None and document.release.id == "r1", "the copied text's address leads to the release"
    assert document.release.senders == ("Finansdepartementet",), "what only the copied text said is there"
    with Archive.open(data.archive) as archive:
        assert len(archive) == 2, "the archive keeps both as they were given"


def test_forgetting_a_release_forgets_every_telling_of_it(data: DataFolder, tmp_path: Path) -> None:
    sources = write_telling(data, tmp_path)
    rebuild(data, [*sources, write_page(tmp_path, "b.txt", "Något annat")])
    assert forget(data, "r1")
    assert rebuild(data, sources).forgotten == 2
    assert titles(data) == {"Något annat"}


def test_corrections_apply_and_survive_a_rebuild(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolverket får ett uppdrag", "Polisen växer")
    rebuild(data, [lines])
    data.corrections.write_text("release,field,action,value\nr0,agency,remove,Skolverket\nr0,agency,add,Boverket\n")
    assert update(data, []).written == 1
    for run in (update, rebuild):
        run(data, [])
        document = LocalEngine(data.path).get("r0")
        assert document is not None
        assert [a.name for a in document.annotations.agencies] == ["Boverket"]
    data.corrections.unlink()
    assert update(data, []).written == 1


def test_a_correction_of_no_release_is_told_and_a_wrong_file_stops_the_run(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    data.path.mkdir()
    data.corrections.write_text("release,field,action,value\nr9,agency,add,Boverket\n")
    assert [row.release_id for row in rebuild(data, [lines]).unused_corrections] == ["r9"]
    data.corrections.write_text("oj\n")
    with pytest.raises(CorrectionsError, match="line 1"):
        rebuild(data, [])
    assert titles(data) == {"Skolan"}
