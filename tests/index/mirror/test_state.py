import errno
import os
from pathlib import Path

import pytest

from index.mirror.state import Mirror, State
from index.sources.items import Unreadable

FULL = State(
    base="http://archive.example/",
    latest="2024-02-01 01:00:27",
    types=["tal"],
    lists={"tal.json": {"etag": '"a"', "modified": "", "digest": "b"}},
    pages={"tal/2024/01/om-öar.md": "c"},
    absent={"tal/2024/01/tal-2.md": ["d", "2024-02-01"]},
    failed=["tal/2024/01/tal-3.md"],
)


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    return Mirror(tmp_path)


def test_a_state_comes_back_as_it_was(mirror: Mirror, tmp_path: Path) -> None:
    assert State.load(tmp_path) is None
    mirror.save(FULL)
    assert State.load(tmp_path) == FULL


def test_a_state_is_not_saved_more_often_than_it_has_to_be(mirror: Mirror, tmp_path: Path) -> None:
    mirror.save(State())
    mirror.save(FULL, now=False)
    assert State.load(tmp_path) == State()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_file_that_can_t_be_written_to_its_end_changes_nothing(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    mirror.place("tal/a.md", b"# A\n")
    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    for name in ("tal/a.md", "tal/b.md"):
        with pytest.raises(OSError, match="No space left"):
            mirror.place(name, b"# Another\n")
    assert [path.read_bytes() for path in tmp_path.rglob("[!.]*.md")] == [b"# A\n"]


def test_a_file_is_on_the_disk_before_it_is_in_its_place(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def noting(name: str, real: object) -> object:
        return lambda *args: (steps.append(name), real(*args))[1]

    monkeypatch.setattr(os, "fsync", noting("sync", os.fsync))
    monkeypatch.setattr(Path, "replace", noting("place", Path.replace))
    mirror.place("a.md", b"# A\n")
    assert steps == ["sync", "place", "sync"]  # the file, its name, the folder
    assert (tmp_path / "a.md").read_bytes() == b"# A\n"


def test_removing_a_file_takes_the_folders_with_it_that_are_empty_then(mirror: Mirror, tmp_path: Path) -> None:
    mirror.place("tal/2024/01/a.md", b"# A\n")
    mirror.place("tal/2023/01/b.md", b"# B\n")
    mirror.remove("tal/2024/01/a.md")
    assert [path.name for path in (tmp_path / "tal").iterdir()] == ["2023"]
    mirror.remove("tal/2023/01/b.md")
    assert not (tmp_path / "tal").exists()


def test_a_link_never_leads_out_of_the_mirror(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    folder = tmp_path / "g0v"
    folder.mkdir()
    (folder / "tal").symlink_to(tmp_path / "outside")
    with pytest.raises(Unreadable, match="leads out of the mirror"):
        Mirror(folder).place("tal/a.md", b"# A\n")
    assert list((tmp_path / "outside").iterdir()) == []
