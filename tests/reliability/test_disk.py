"""A disk that gets full in each phase of a run: one line says so, what was published answers, with room it goes on."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.build import rebuild, update
from index.store import DataFolder
from search.local import LocalEngine
from tests.reliability.rounds import asked, write_round
from tests.web.cli.running import pressok

_KB = 1024
_STEPS = 24 if os.environ.get("FAULTS") == "all" else 8
_SOME = 16  # KB: what SQLite and the lock need before anything is begun


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, on which 64 MB have room."""
    if os.geteuid():
        pytest.skip("only root may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def leave(disk: Path, kilobytes: int) -> None:
    """Fill the disk but for so much."""
    free = shutil.disk_usage(disk).free
    (disk / "filling").write_bytes(bytes(free - kilobytes * _KB))


def needed(data: Path) -> int:
    """Kilobytes that another generation and the archive's log take, and then some."""
    made = [*DataFolder(data).current().path.rglob("*"), *[data / "archive.sqlite"] * 2]
    return sum(p.stat().st_blocks * 512 for p in made) * 3 // 2 // _KB


# Whoosh leaves the files of a segment that it can't write to the garbage collector, which says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("command", ["rebuild", "update"])
def test_a_disk_that_gets_full_in_any_phase(disk: Path, tmp_path: Path, command: str) -> None:
    data, source = disk / "data", tmp_path / "x.jsonl"
    every = command == "rebuild"
    for number in (1, 2):
        rebuild(DataFolder(data), [write_round(source, number, all_change=every)])
    most = needed(data)
    round_, failed, reasons = 2, 0, set()
    for step in range(_STEPS):
        leave(disk, _SOME + most * step // (_STEPS - 1))
        round_ += 1
        before = asked(LocalEngine(data))
        result = pressok(command, write_round(source, round_, all_change=every), "--data", data)
        if result.exit_code:
            failed += 1
            assert (result.exit_code, "Make room" in result.stderr) == (2, True), result.output
            reasons.add(result.stderr.splitlines()[-1])
            assert asked(LocalEngine(data)) == before
            assert not list((data / "generations").glob("*.new"))
        else:
            assert asked(LocalEngine(data)) == round_
        (disk / "filling").unlink()
        with Archive.open(data / "archive.sqlite", "ro") as archive:
            archive.check()
    print(f"{command}: the disk was full in {failed} of {_STEPS} runs: {sorted(reasons)}")
    assert 2 < failed < _STEPS
    assert pressok(command, source, "--data", data).exit_code == 0
    assert asked(LocalEngine(data)) == round_
    assert pressok("status", "--verify", "--data", data).exit_code == 0


def test_a_first_run_on_a_full_disk_leaves_nothing_in_the_way(disk: Path, tmp_path: Path) -> None:
    source = write_round(tmp_path / "x.jsonl", 1, all_change=True)
    for kilobytes in (0, 4, 8, 40, 100, 200):
        leave(disk, kilobytes)
        result = pressok("rebuild", source, "--data", disk / "data")
        assert result.exit_code == 2
        assert result.stderr.count("Make room") == 1, result.output
        (disk / "filling").unlink()
    assert pressok("rebuild", source, "--data", disk / "data").exit_code == 0
    assert asked(LocalEngine(disk / "data")) == 1


def test_a_full_folder_for_temporary_files_is_not_in_the_way(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a run puts aside lies beside what it makes, where the room is that it needs anyway."""
    monkeypatch.setenv("TMPDIR", str(disk))
    monkeypatch.setattr("tempfile.tempdir", None)
    leave(disk, 0)
    data = DataFolder(tmp_path / "data")
    rebuild(data, [write_round(tmp_path / "x.jsonl", 1, all_change=True)])
    update(data, [write_round(tmp_path / "x.jsonl", 2, all_change=False)])
    assert asked(LocalEngine(data.path)) == 2
