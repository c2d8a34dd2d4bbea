import os
from pathlib import Path

import pytest

from index.archive import Archive
from tests.web.cli.running import pressok, run


def test_an_export_rebuilds_into_the_same_index(data: Path, lines: Path, tmp_path: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    exported = tmp_path / "export.jsonl"
    assert pressok("export", "--output", exported, "--data", data).exit_code == 0
    assert pressok("rebuild", exported, "--data", tmp_path / "again").exit_code == 0
    with Archive.open(data / "archive.sqlite") as one, Archive.open(tmp_path / "again" / "archive.sqlite") as other:
        assert one.digests() == other.digests()
    assert pressok("export", "--data", data).stdout.count("\n") == 2


def test_an_export_that_nobody_reads_ends_quietly(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    ours, theirs = os.pipe()
    os.close(ours)
    result = run("export", "--data", data, stdout=theirs)
    os.close(theirs)
    assert (result.returncode, result.stderr) == (0, "")


def test_an_export_that_fails_leaves_the_earlier_file(
    data: Path, lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressok("rebuild", lines, "--data", data)
    target = tmp_path / "out" / "export.jsonl"
    target.parent.mkdir()
    target.write_text("before")

    def fail(_: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("index.document.Document.to_json", fail)
        assert pressok("export", "--output", target, "--data", data).exit_code == 2
    assert [(p.name, p.read_text()) for p in target.parent.iterdir()] == [("export.jsonl", "before")]
    assert pressok("export", "--output", target, "--data", data).exit_code == 0
    assert [p.name for p in target.parent.iterdir()] == ["export.jsonl"]
    assert pressok("export", "--output", "/dev/null", "--data", data).exit_code == 0
    assert Path("/dev/null").is_char_device()
