"""What must be on the disk before CURRENT says so. docs/reliability.md has the reasons."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build import rebuild, update
from index.store import DataFolder
from tests.reliability.rounds import write_round


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Each fsync with the inode of what was synced, and each rename with that of what was renamed."""
    done: list[tuple[str, int]] = []

    def noting(name: str, does: Callable[..., Any], inode: Callable[..., int]) -> Callable[..., Any]:
        def noted(*args: Any, **more: Any) -> Any:
            done.append((name, inode(args[0])))
            return does(*args, **more)

        return noted

    monkeypatch.setattr(os, "fsync", noting("sync", os.fsync, lambda descriptor: os.fstat(descriptor).st_ino))
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, noting("rename", getattr(os, name), lambda path: Path(path).stat().st_ino))
    return done


def inode(path: Path) -> int:
    return path.stat().st_ino


@pytest.mark.parametrize("run", [rebuild, update])
def test_all_of_a_generation_is_on_the_disk_before_it_is_named(
    tmp_path: Path, steps: list[tuple[str, int]], run: Callable[..., object]
) -> None:
    data = DataFolder(tmp_path / "deep" / "data")
    rebuild(data, [write_round(tmp_path / "x.jsonl", 1, all_change=True)])
    made_first = list(steps)
    synced = {which for what, which in made_first if what == "sync"}
    assert {inode(tmp_path), inode(data.path.parent), inode(data.path)} <= synced, "folders that were made"
    before = {inode(path) for path in data.current().path.rglob("*")}
    steps.clear()

    run(data, [write_round(tmp_path / "x.jsonl", 2, all_change=False)])

    generation = data.current().path
    named = steps.index(("rename", inode(data.path / "CURRENT")))
    numbered = steps.index(("rename", inode(generation)))
    made = {inode(path) for path in (generation, *generation.rglob("*"))} - before
    assert made <= {which for what, which in steps[:numbered] if what == "sync"}, "before it has its number"
    between = [step for step in steps[numbered:named] if step[0] == "sync"]
    assert between == [("sync", inode(data.path / "generations")), ("sync", inode(data.path / "CURRENT"))]
    assert steps[named + 1] == ("sync", inode(data.path)), "the name, before anybody is told"


def test_the_archive_syncs_each_commit(tmp_path: Path) -> None:
    from index.archive import Archive

    with Archive.open(tmp_path / "archive.sqlite") as archive:
        assert archive._rows("PRAGMA journal_mode") == [("wal",)]
        assert archive._rows("PRAGMA synchronous") == [(2,)]  # FULL
