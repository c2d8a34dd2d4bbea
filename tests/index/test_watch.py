import os
from pathlib import Path

import pytest

from index.build import Summary, update
from index.errors import WriterBusy
from index.sources import SourceError
from index.store import DataFolder
from index.watch import Watcher, look_at

BROAR = "Pressmeddelande\nBroar ska byggas\nEn bro byggs över ån."


class Clock:
    """Time that passes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "inkorg"
    path.mkdir()
    return path


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(folder: Path, data: DataFolder, clock: Clock) -> Watcher:
    return Watcher(folder, data, 5, clock=clock)


def test_what_appears_is_indexed_when_it_has_been_at_rest(watcher: Watcher, folder: Path, clock: Clock) -> None:
    (folder / "broar.txt").write_text(BROAR[:30])
    assert watcher.step() is None
    clock.now = 4
    (folder / "broar.txt").write_text(BROAR)  # it was only half written
    assert watcher.step() is None
    clock.now = 8
    assert watcher.step() is None
    clock.now = 9
    summary = watcher.step()
    assert summary
    assert (summary.new, summary.indexed) == (1, 1)


def test_nothing_is_done_while_nothing_changes(watcher: Watcher, folder: Path, clock: Clock) -> None:
    (folder / "broar.txt").write_text(BROAR)
    watcher.step()
    clock.now = 5
    assert watcher.step()
    clock.now = 1000
    assert watcher.step() is None


@pytest.mark.parametrize("change", ["new", "edited", "same size", "gone", "renamed over"])
def test_every_change_is_noticed(folder: Path, change: str) -> None:
    path = folder / "under" / "broar.txt"
    path.parent.mkdir()
    path.write_text(BROAR)
    before = look_at(folder)
    assert look_at(folder) == before
    if change == "new":
        (folder / "tunnlar.txt").write_text(BROAR)
    elif change == "edited":
        path.write_text(BROAR + "!")
    elif change == "same size":
        path.write_text(BROAR.replace("Broar", "Bojar"))
    elif change == "gone":
        path.unlink()
    else:
        other = folder / ".broar.txt"
        other.write_text(BROAR)
        os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
        other.replace(path)
    assert look_at(folder) != before


def test_hidden_files_and_links_to_nowhere_are_passed_over(folder: Path) -> None:
    (folder / ".broar.txt.part").write_text(BROAR)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("x")
    (folder / "link.txt").symlink_to(folder / "nowhere")
    assert look_at(folder) == {}


def test_a_change_during_an_update_is_the_next_one_s(folder: Path, data: DataFolder, clock: Clock) -> None:
    def update_and_edit(data: DataFolder, sources: list[Path]) -> Summary:
        summary = update(data, sources)
        (folder / "tunnlar.txt").write_text("Pressmeddelande\nTunnlar ska byggas\nEn tunnel byggs under ån.")
        return summary

    watcher = Watcher(folder, data, 5, renew=update_and_edit, clock=clock)
    (folder / "broar.txt").write_text(BROAR)
    watcher.step()
    clock.now = 5
    summary = watcher.step()
    assert summary
    assert summary.indexed == 1
    assert watcher.step() is None
    clock.now = 10
    summary = watcher.step()
    assert summary
    assert (summary.new, summary.indexed) == (1, 2)


def test_what_can_t_be_done_now_is_done_at_the_next_step(
    watcher: Watcher, folder: Path, data: DataFolder, clock: Clock
) -> None:
    (folder / "broar.txt").write_text(BROAR)
    watcher.step()
    clock.now = 5
    with data.writing(), pytest.raises(WriterBusy):
        watcher.step()
    summary = watcher.step()
    assert summary
    assert summary.indexed == 1


def test_a_file_that_is_taken_away_leaves_its_release_marked(watcher: Watcher, folder: Path, clock: Clock) -> None:
    for name in ("broar", "tunnlar"):
        (folder / f"{name}.txt").write_text(BROAR.replace("Broar", name.title()))
    watcher.step()
    clock.now = 5
    watcher.step()
    (folder / "tunnlar.txt").unlink()
    watcher.step()
    clock.now = 10
    summary = watcher.step()
    assert summary
    assert (summary.marked_removed, summary.indexed) == (1, 2)


def test_a_folder_must_be_there_and_not_hold_the_data(folder: Path, data: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="There is nothing at"):
        Watcher(tmp_path / "nowhere", data, 5)
    with pytest.raises(SourceError, match="holds the data folder"):
        Watcher(tmp_path, data, 5)
