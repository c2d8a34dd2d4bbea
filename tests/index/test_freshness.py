from pathlib import Path

import pytest

from index.build import rebuild, update
from index.freshness import LastUpdate
from index.store import DataFolder
from search.local import LocalEngine
from tests.builders import document, month, publish
from tests.index.files_of_releases import write_lines


def test_what_is_noted_is_read_and_replaced(tmp_path: Path) -> None:
    last = LastUpdate(tmp_path)
    assert last.read() is None
    for time in ("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z"):
        LastUpdate(tmp_path).note(time)
        assert last.read() == time
    assert [path.name for path in tmp_path.iterdir()] == ["LAST_UPDATE"]


@pytest.mark.parametrize("content", [b"", b"yesterday\n", b"\xff\xfe"])
def test_what_can_not_be_read_is_not_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "LAST_UPDATE").write_bytes(content)
    assert LastUpdate(tmp_path).read() is None


def test_an_update_that_brings_nothing_new_is_noted_too(tmp_path: Path) -> None:
    folder, lines = DataFolder(tmp_path / "data"), write_lines(tmp_path / "lines.jsonl", "En sak")
    rebuild(folder, [lines])
    first, engine = LastUpdate(folder.path).read(), LocalEngine(folder.path)
    assert first is not None
    assert not update(folder, [lines]).generation
    assert first < (LastUpdate(folder.path).read() or "")
    assert engine.status().updated == LastUpdate(folder.path).read()


def test_a_run_that_reads_no_source_or_fails_does_not_make_the_index_fresh(tmp_path: Path) -> None:
    folder, lines = DataFolder(tmp_path / "data"), write_lines(tmp_path / "lines.jsonl", "En sak")
    rebuild(folder, [lines])
    first = LastUpdate(folder.path).read()
    rebuild(folder, [])
    with pytest.raises(Exception, match="missing"):
        update(folder, [tmp_path / "missing"])
    assert LastUpdate(folder.path).read() == first


def test_an_index_without_the_file_is_as_fresh_as_its_generation(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", span=month(2020, 5)), document("b", span=month(2021, 2)), document("c")])
    status = LocalEngine(tmp_path).status()
    assert (status.newest, status.updated) == ("2021-02-01", status.created)


def test_an_index_of_which_no_time_is_known_has_no_newest_release(tmp_path: Path) -> None:
    publish(tmp_path, [document("a")])
    assert LocalEngine(tmp_path).status().newest is None
