import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from index.archive import Archive
from index.store import DataFolder
from tests.builders import release
from web.cli import main


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "releases.jsonl"
    rows = [
        release("a", title="Möte om segregation", published="2018-04", url="https://example.se/a"),
        release("b", title="Nya poliser", published="2022-06", url="https://example.se/b"),
    ]
    path.write_text("".join(json.dumps(row.to_dict()) + "\n" for row in rows), encoding="utf-8")
    return path


def pressok(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_a_rebuild_says_what_became_of_everything(data: Path, lines: Path) -> None:
    result = pressok("rebuild", lines, "--data", data)
    assert result.exit_code == 0, result.output
    assert "read 2 pages and records = 2 releases + 0 merged + 0 rejected" in result.stdout
    assert "releases per second" in result.stdout
    assert "indexed 2 of 2" in result.stderr


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


def test_a_search_prints_hits(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    result = pressok("search", "segregationen", "--data", data)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 träff\n\n1. Möte om segregation\n   april 2018")
    assert "https://example.se/a" in result.stdout


def test_a_search_takes_the_filters_of_the_page(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "Nya poliser" in pressok("search", "--year", "2022", "--data", data).stdout
    assert pressok("search", "--from", "2023", "--data", data).stdout == "0 träffar\n"
    wrong = pressok("search", "--from", "igår", "--data", data)
    assert (wrong.exit_code, "YYYY-MM-DD" in wrong.stderr) == (2, True)


def test_json_is_the_api_s_response(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    answer = json.loads(pressok("search", "segregation", "--json", "--data", data).stdout)
    assert (answer["total"], answer["hits"][0]["id"], answer["query"]["q"]) == (1, "a", "segregation")
    assert "<mark>segregation</mark>" in answer["hits"][0]["snippet"] or answer["hits"][0]["snippet"] == ""


@pytest.mark.parametrize("command", [["search", "x"], ["search", "x", "--json"], ["status"], ["export"]])
def test_without_an_index_every_command_names_the_one_that_makes_it(data: Path, command: list[str]) -> None:
    result = pressok(*command, "--data", data)
    assert result.exit_code == 2
    assert "pressok rebuild" in result.stderr


def test_a_damaged_index_names_the_command_that_mends_it(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    segment = next((DataFolder(data).current().path / "whoosh").glob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-10])
    for command in (["search", "x"], ["status", "--verify"]):
        result = pressok(*command, "--data", data)
        assert result.exit_code == 2
        assert segment.name in result.stderr and "pressok rebuild" in result.stderr
    assert pressok("rebuild", "--data", data).exit_code == 0
    assert pressok("status", "--verify", "--data", data).exit_code == 0


def test_the_status_says_what_is_published(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "2 releases, 2018-04-01 to 2022-06-30" in pressok("status", "--data", data).stdout
    assert json.loads(pressok("status", "--json", "--data", data).stdout)["releases"] == 2


def test_a_missing_or_damaged_archive_is_found(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    archive = DataFolder(data).archive
    archive.write_bytes(b"x" * 5000)
    assert pressok("status", "--verify", "--data", data).exit_code == 2
    archive.unlink()
    result = pressok("status", "--verify", "--data", data)
    assert (result.exit_code, "missing" in result.stderr) == (2, True)


def test_an_export_rebuilds_into_the_same_index(data: Path, lines: Path, tmp_path: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    exported = tmp_path / "export.jsonl"
    assert pressok("export", "--output", exported, "--data", data).exit_code == 0
    assert pressok("rebuild", exported, "--data", tmp_path / "again").exit_code == 0
    with Archive.open(data / "archive.sqlite") as one, Archive.open(tmp_path / "again" / "archive.sqlite") as other:
        assert one.digests() == other.digests()
    assert pressok("export", "--data", data).stdout.count("\n") == 2


def test_a_release_is_forgotten(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert pressok("forget", "a", "--data", data).stdout == "erased a\n"
    assert pressok("search", "segregation", "--data", data).stdout == "0 träffar\n"
    result = pressok("forget", "a", "--data", data)
    assert (result.exit_code, "nothing was erased" in result.stderr) == (2, True)


def test_an_unknown_setting_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSOK_DTA", "x")
    result = pressok("status")
    assert (result.exit_code, "PRESSOK_DTA" in result.stderr) == (2, True)


def test_every_command_explains_itself() -> None:
    listing = pressok("--help").stdout
    for name, command in main.commands.items():
        assert name in listing
        assert command.help, name
        assert all(p.help for p in command.params if isinstance(p, click.Option)), name
