import json
from pathlib import Path

from index.archive import Archive
from index.store import DataFolder
from tests.web.cli.running import change_manifest, pressok


def test_the_status_says_what_is_published(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "2 releases, 2018-04-01 to 2022-06-30" in pressok("status", "--data", data).stdout
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["releases"] == 2


def test_the_status_says_how_fresh_the_index_is(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    (data / "LAST_UPDATE").write_text("2026-11-22T10:00:00Z\n")
    told = pressok("status", "--data", data).stdout
    assert "newest release: 2022-06-01; last updated 2026-11-22T10:00:00Z" in told
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["updated"] == "2026-11-22T10:00:00Z"


def test_a_missing_or_damaged_archive_is_found(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    archive = DataFolder(data).archive
    archive.write_bytes(b"x" * 5000)
    assert pressok("status", "--verify", "--data", data).exit_code == 2
    archive.unlink()
    result = pressok("status", "--verify", "--data", data)
    assert (result.exit_code, "missing" in result.stderr) == (2, True)


def test_an_archive_that_gives_something_else_is_found(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    with Archive.open(data / "archive.sqlite") as archive, archive.transaction():
        archive.forget("a", "now")
    result = pressok("status", "--verify", "--data", data)
    assert (result.exit_code, "Run 'pressok update'" in result.stderr) == (2, True)


def test_verifying_makes_no_archive_and_needs_no_writing(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    before = sorted(data.rglob("*"))
    assert pressok("status", "--verify", "--data", data).exit_code == 0
    assert [p for p in sorted(data.rglob("*")) if not p.name.endswith(("-wal", "-shm"))] == before
    (data / "archive.sqlite").unlink()
    assert pressok("status", "--verify", "--data", data).exit_code == 2
    assert not (data / "archive.sqlite").exists()


def test_the_status_says_when_other_code_made_the_index(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "another version" not in pressok("status", "--data", data).stdout
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["up_to_date"] is True
    change_manifest(data, fingerprint="other")
    assert "run 'pressok update'" in pressok("status", "--data", data).stdout
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["up_to_date"] is False
    assert pressok("update", "--data", data).exit_code == 0
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["up_to_date"] is True
