import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from index.archive import Archive
from index.build import update
from index.store import DataFolder
from tests.builders import release
from web import cli
from web.cli import main

BODY = "Ett möte om segregation hålls i april."


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "releases.jsonl"
    rows = [
        release("a", title="Möte om segregation", body=BODY, published="2018-04", url="https://example.se/a"),
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
    assert answer["hits"][0]["snippet"] == BODY.replace("segregation", "<mark>segregation</mark>")


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
    assert pressok("forget", "a", "--data", data).exit_code == 0, "again, in case it was interrupted"
    result = pressok("forget", "c", "--data", data)
    assert (result.exit_code, "nothing was erased" in result.stderr) == (2, True)


def test_a_mistyped_folder_is_not_made(data: Path) -> None:
    result = pressok("forget", "a", "--data", data)
    assert (result.exit_code, "--data" in result.stderr, data.exists()) == (2, True, False)


def damage_archive(data: Path) -> None:
    path = data / "archive.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def change_manifest(data: Path, **changes: object) -> None:
    path = next(data.glob("generations/*/manifest.json"))
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("spoil", "command", "said"),
    [
        (damage_archive, "update", "Put a backup of it back"),
        (damage_archive, "rebuild", "Put a backup of it back"),
        (damage_archive, "forget a", "Put a backup of it back"),
        (damage_archive, "status --verify", "Put a backup of it back"),
        (lambda data: replace_by_folder(data / "archive.sqlite"), "rebuild", "is a folder and no archive"),
        (lambda data: replace_by_folder(data / "archive.sqlite"), "status --verify", "is a folder and no archive"),
        (lambda data: (data / "archive.sqlite").unlink(), "update", "remove CURRENT"),
        (lambda data: replace_by_folder(data / "CURRENT"), "rebuild", "is a folder. Remove it"),
        (lambda data: replace_by_folder(data / "CURRENT"), "search x", "is a folder. Remove it"),
        (lambda data: replace_by_folder(data / "writer.lock"), "rebuild", "can't be written to"),
        (lambda data: change_manifest(data, counts={}), "status", "pressok rebuild"),
        (lambda data: change_manifest(data, counts={}), "search x", "pressok rebuild"),
        (lambda data: change_manifest(data, program="other"), "search x", "not written by Pressök"),
        (lambda data: change_manifest(data, program="other"), "status", "not written by Pressök"),
        (lambda data: change_manifest(data, format=99), "export", "has format 99"),
        (lambda data: (shutil.rmtree(data), data.write_text("x")), "rebuild", "is not a folder"),
        (lambda data: (shutil.rmtree(data), data.write_text("x")), "status", "is not a folder"),
        (lambda _: None, "export --output nowhere/x", "nowhere/.x"),
        (lambda _: None, f"rebuild {'x' * 256}", "File name too long. Check the path"),
    ],
)
def test_what_can_not_be_done_is_one_line_that_says_what_to_do(
    data: Path, lines: Path, spoil: Callable[[Path], Any], command: str, said: str
) -> None:
    pressok("rebuild", lines, "--data", data)
    spoil(data)
    result = pressok(*command.split(), "--data", data)
    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.output
    assert result.stderr.startswith("pressok: ") and said in result.stderr


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


def test_an_interrupted_run_says_what_it_left(data: Path, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    pressok("rebuild", lines, "--data", data)
    with monkeypatch.context() as stopped:
        stopped.setattr("index.publisher.WhooshPublisher.add", interrupt)
        result = pressok("rebuild", "--data", data)
    assert (result.exit_code, result.stderr) == (
        2,
        "pressok: interrupted; nothing was published. Run it again to finish.\n",
    )
    with monkeypatch.context() as stopped:
        stopped.setattr("index.store.DataFolder.remove_old", interrupt)
        result = pressok("rebuild", "--data", data)
    assert "had been published already" in result.stderr
    with monkeypatch.context() as stopped:
        stopped.setattr("search.local.LocalEngine.search", interrupt)
        assert pressok("search", "x", "--data", data).stderr == "pressok: interrupted\n"
    assert update(DataFolder(data), []).generation == ""


def run(*args: object, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from web.cli import main; main()", *map(str, args)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **more)


def test_an_export_that_nobody_reads_ends_quietly(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    ours, theirs = os.pipe()
    os.close(ours)
    result = run("export", "--data", data, stdout=theirs)
    os.close(theirs)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("command", [["export"], ["status"]])
def test_a_full_disk_is_told(data: Path, lines: Path, command: list[str]) -> None:
    pressok("rebuild", lines, "--data", data)
    with Path("/dev/full").open("w") as full:
        result = run(*command, "--data", data, stdout=full)
    assert (result.returncode, result.stderr) == (
        2,
        "pressok: No space left on device. Make room there and run it again.\n",
    )


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


def test_ctrl_c_ends_a_run_with_one_line(data: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting"
    code = (
        "import pathlib, signal, time, index.build as b\n"
        # Whoever runs the tests in the background may have had this signal ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"b.take_in = lambda *_: (pathlib.Path({str(waiting)!r}).touch(), time.sleep(30))\n"
        "from web.cli import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "rebuild", "--data", str(data)], stderr=subprocess.PIPE, text=True
    ) as process:
        while not waiting.exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said.count("\n"), "nothing was published" in said) == (2, 1, True)


def test_a_busy_port_is_told_before_anything_starts(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        bind = f"127.0.0.1:{busy.getsockname()[1]}"
        result = pressok("serve", "--bind", bind, "--data", data)
    assert result.exit_code == 2
    assert bind in result.stderr and "--bind" in result.stderr
    result = pressok("serve", "--bind", "no-such-host.invalid:80", "--data", data)
    assert (result.exit_code, "can't listen on no-such-host.invalid:80" in result.stderr) == (2, True)


def test_a_source_whose_name_is_not_utf8_is_read(data: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"caf\xe9.txt")
    odd.write_text("En titel")
    assert pressok("rebuild", odd, "--data", data).exit_code == 0
    odd.write_bytes(b"")
    result = pressok("update", odd, "--data", data)
    assert (result.exit_code, "rejected: caf\\xe9.txt: it is empty" in result.stderr) == (1, True)


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


@pytest.fixture
def qrels(tmp_path: Path) -> Path:
    path = tmp_path / "qrels.tsv"
    path.write_text("query\tid\tgrade\nsegregation\ta\t3\npoliser\ta\t1\nälgar\tb\t2\n", encoding="utf-8")
    return path


def test_evaluate_prints_the_measures(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    result = pressok("evaluate", qrels, "--data", data)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "3 judged queries",
        "nDCG@10, judged releases only: 0.333",
        "nDCG@10, unjudged as worthless: 0.333",
        "recall@10: 0.333",
        "unjudged releases in the top ten: 1",
        "queries without hits: 1",
        "  älgar",
    ]


def test_evaluate_prints_a_row_for_each_query_on_request(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    rows = pressok("evaluate", qrels, "--per-query", "--data", data).stdout.splitlines()[2:5]
    assert [row.split() for row in rows] == [
        ["1.000", "1.000", "1.000", "1", "0", "segregation"],
        ["0.000", "0.000", "0.000", "1", "1", "poliser"],
        ["0.000", "0.000", "0.000", "0", "0", "älgar"],
    ]


def test_evaluate_as_json_holds_every_query(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    found = json.loads(pressok("evaluate", qrels, "--json", "--data", data).stdout)
    assert (found["queries"], found["unjudged"], found["without_hits"]) == (3, 1, ["älgar"])
    assert found["ndcg"] == pytest.approx(1 / 3)
    assert [row["query"] for row in found["per_query"]] == ["segregation", "poliser", "älgar"]


def test_evaluate_searches_what_was_judged(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "queries without hits: 3" in pressok("evaluate", qrels, "--type", "tal", "--data", data).stdout


def test_evaluate_names_the_line_that_it_cannot_use(data: Path, qrels: Path) -> None:
    qrels.write_text("query\tid\tgrade\nälgar\tb\tbra\n", encoding="utf-8")
    result = pressok("evaluate", qrels, "--data", data)
    assert (result.exit_code, result.stderr) == (
        2,
        f"pressok: {qrels}, line 2: the grade 'bra' is not a whole number from 0 to 9. Mend it.\n",
    )
