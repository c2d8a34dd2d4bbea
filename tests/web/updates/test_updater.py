"""What the process of an update does; that one is started and ends is tested in ``test_updates``."""

from pathlib import Path

from tests.web.cli.conftest import data, lines
from web.settings import Settings
from web.updates.updater import commands, run

__all__ = ["data", "lines"]


def test_an_update_reads_its_sources() -> None:
    assert commands(Settings(Path("d"), sources=(Path("a"), Path("b")))) == [["update", "--data", "d", "--", "a", "b"]]


def test_it_fetches_first_what_it_reads_first_when_told_to() -> None:
    found = commands(Settings(Path("d"), fetch=Path("g0v"), sources=(Path("a"),)))
    assert found == [["fetch", "--", "g0v"], ["update", "--data", "d", "--", "g0v", "a"]]


def test_the_worst_status_and_all_that_was_said_are_kept(data: Path, lines: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("")
    update = ["update", "--data", str(data), "--"]
    status, said = run([[*update, str(tmp_path / "bad.txt"), str(lines)], [*update, str(lines)]])
    assert status == 1
    assert [line.split(",")[0] for line in said if line.startswith("index:")] == [
        "index: generation 000001",
        "index: nothing to publish",
    ]
    assert not any("bad.txt" in line for line in said), "what was rejected is told in rejects.jsonl"


def test_what_fails_ends_it(data: Path, lines: Path, tmp_path: Path) -> None:
    status, said = run([["update", str(tmp_path / "none"), "--data", str(data)], ["update", str(lines)]])
    assert (status, len(said)) == (2, 1)
    assert said[0].startswith("pressok: ")
    assert run([["no-such-command"]])[0] == 2
