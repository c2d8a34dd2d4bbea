import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from index.build import update
from index.store import DataFolder
from tests.web.cli.running import change_manifest, damage_archive, pressok, replace_by_folder, run
from web.cli.main import main


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


@pytest.mark.parametrize("command", [["export"], ["status"]])
def test_a_full_disk_is_told(data: Path, lines: Path, command: list[str]) -> None:
    pressok("rebuild", lines, "--data", data)
    with Path("/dev/full").open("w") as full:
        result = run(*command, "--data", data, stdout=full)
    assert (result.returncode, result.stderr) == (
        2,
        "pressok: No space left on device. Make room there and run it again.\n",
    )


def test_ctrl_c_ends_a_run_with_one_line(data: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting"
    code = (
        "import pathlib, signal, time, index.build as b\n"
        # Whoever runs the tests in the background may have had this signal ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"b.take_in = lambda *_: (pathlib.Path({str(waiting)!r}).touch(), time.sleep(30))\n"
        "from web.cli.main import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "rebuild", "--data", str(data)], stderr=subprocess.PIPE, text=True
    ) as process:
        while not waiting.exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said.count("\n"), "nothing was published" in said) == (2, 1, True)


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
