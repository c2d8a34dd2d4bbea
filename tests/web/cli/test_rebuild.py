import json
import os
from pathlib import Path

import pytest

from index.store import DataFolder
from tests.web.cli.running import pressok
from web.cli import main as cli


def test_a_rebuild_says_what_became_of_everything(data: Path, lines: Path) -> None:
    result = pressok("rebuild", lines, "--data", data)
    assert result.exit_code == 0, result.output
    assert "read 2 pages and records = 2 releases + 0 merged + 0 rejected" in result.stdout
    assert "releases per second" in result.stdout
    assert "indexed 2 of 2" in result.stderr


def test_reading_shows_that_something_is_going_on(data: Path, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_ITEMS_BETWEEN", 1)
    assert pressok("rebuild", lines, "--data", data).stderr.startswith(f"reading {lines}\nread 1\nread 2\n")


BAD = {
    "tom.txt": (b"", "empty"),
    "lång.txt": (b"x" * 20_000_000, "larger than 2 MB"),
    "fel.txt": (b"R\xe5d", "not UTF-8"),
    "bild.txt": (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    "halv.jsonl:1": (b'{"id": "x", "ti', "not valid JSON"),
    "g0v/tal.json": (b'[{"title": "Ett tal", "url": "/tal/2024/01/x"}]', "none of its 1 pages is there"),
}


def test_bad_input_of_every_kind_is_told_and_the_rest_is_indexed(data: Path, lines: Path, tmp_path: Path) -> None:
    folder = tmp_path / "input"
    (folder / "g0v" / "api").mkdir(parents=True)
    (folder / "g0v" / "api" / "codes.json").write_text("{}")
    for name, (content, _) in BAD.items():
        (folder / name.partition(":")[0]).write_bytes(content)
    result = pressok("rebuild", folder, lines, "--data", data)
    assert result.exit_code == 1
    assert "read 9 pages and records = 3 releases + 0 merged + 6 rejected" in result.stdout
    on_record = [json.loads(line) for line in (data / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["name"] for row in on_record} == BAD.keys()
    for row in on_record:
        assert BAD[row["name"]][1] in row["reason"]
        assert f"rejected: {row['name']}: {row['reason']}\n" in result.stderr
    found = pressok("search", "--sort", "oldest", "--data", data).stdout
    assert all(title in found for title in ("Möte om segregation", "Nya poliser", "Ett tal"))


def test_what_was_rejected_is_named_and_the_exit_status_says_so(data: Path, lines: Path, tmp_path: Path) -> None:
    (tmp_path / "tom.txt").write_bytes(b"")
    result = pressok("rebuild", lines, tmp_path / "tom.txt", "--data", data)
    assert result.exit_code == 1
    assert "tom.txt" in result.stderr
    assert "2 releases + 0 merged + 1 rejected" in result.stdout


def test_a_source_that_is_not_there_stops_the_run(data: Path, tmp_path: Path) -> None:
    result = pressok("rebuild", tmp_path / "nowhere", "--data", data)
    assert result.exit_code == 2
    assert "nowhere" in result.stderr


def test_nothing_to_index_is_not_a_success(data: Path) -> None:
    result = pressok("rebuild", "--data", data)
    assert result.exit_code == 2
    assert "Name a SOURCE" in result.stderr


def test_an_update_writes_what_changed(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    lines.write_text(lines.read_text().replace("Nya poliser", "Nya domare"))
    result = pressok("update", lines, "--data", data)
    assert result.exit_code == 0
    assert "archive: 0 new, 1 changed" in result.stdout
    assert "2 releases, 1 written" in result.stdout


def test_a_second_writer_is_told_to_wait(data: Path, lines: Path) -> None:
    with DataFolder(data).writing():
        result = pressok("rebuild", lines, "--data", data)
    assert result.exit_code == 2
    assert "Try again" in result.stderr


def test_a_source_whose_name_is_not_utf8_is_read(data: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("En titel")
    assert pressok("rebuild", odd, "--data", data).exit_code == 0
    odd.write_bytes(b"")
    result = pressok("update", odd, "--data", data)
    assert (result.exit_code, "rejected: caf\\xe9.txt: it is empty" in result.stderr) == (1, True)


def test_what_its_source_no_longer_has_is_marked_or_left_out(
    data: Path, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressok("rebuild", lines, "--data", data)
    lines.write_text(lines.read_text().splitlines(keepends=True)[0])
    pressok("update", lines, "--data", data)
    assert "borttaget hos källan" in pressok("search", "poliser", "--data", data).stdout
    assert "borttaget" not in pressok("search", "segregation", "--data", data).stdout
    monkeypatch.setenv("PRESSOK_KEEP_REMOVED", "0")
    assert "1 taken out" in pressok("update", "--data", data).stdout
    assert pressok("search", "poliser", "--data", data).stdout.startswith("0 träffar")
    assert pressok("status", "--verify", "--data", data).exit_code == 0
    assert pressok("forget", "a", "--data", data).exit_code == 0
    assert "0 releases" in pressok("status", "--data", data).stdout
