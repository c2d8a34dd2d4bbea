import fcntl
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.store import DataFolder
from search.local import LocalEngine
from tests.web.cli.running import start, wait_until
from web.cli.main import main

BROAR = "Pressmeddelande\nBroar ska byggas\nEn bro byggs över ån."
TUNNLAR = "Pressmeddelande\nTunnlar ska byggas\nEn tunnel byggs under ån."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "inkorg"
    path.mkdir()
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def watch(folder: Path, data: Path, *args: str) -> Result:
    fast = ("--settled", "0.05", "--interval", "0.05")
    return CliRunner().invoke(main, ["watch", str(folder), "--data", str(data), *fast, *args])


def test_once_indexes_what_is_there_and_ends(folder: Path, data: Path) -> None:
    (folder / "broar.txt").write_text(BROAR, encoding="utf-8")
    result = watch(folder, data, "--once")
    assert result.exit_code == 0, result.output
    assert "archive: 1 new" in result.stdout


def test_a_bad_file_is_told_and_the_rest_is_indexed(folder: Path, data: Path) -> None:
    (folder / "broar.txt").write_text(BROAR, encoding="utf-8")
    (folder / "tom.txt").write_bytes(b"")
    result = watch(folder, data, "--once")
    assert result.exit_code == 1
    assert "rejected: tom.txt: it is empty" in result.stderr
    assert LocalEngine(data).status().releases == 1


def test_once_does_not_wait_for_a_fault_to_be_mended(folder: Path, data: Path) -> None:
    data.mkdir()
    (data / "corrections.csv").write_text("nonsense\n")
    result = watch(folder, data, "--once")
    assert result.exit_code == 2
    assert "corrections.csv" in result.stderr


def test_a_folder_that_is_not_there_is_told(folder: Path, data: Path) -> None:
    assert watch(folder / "nowhere", data).exit_code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_appears_is_indexed_until_it_is_told_to_stop(folder: Path, data: Path, number: int) -> None:
    """Bad files are told once, another writer is waited for, faults are told and outlived."""
    (folder / "broar.txt").write_text(BROAR, encoding="utf-8")
    (folder / "tom.txt").write_bytes(b"")
    data.mkdir()
    args = ("watch", folder, "--data", data, "--settled", "0.05", "--interval", "0.05")
    with (data / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = start(*args)
        assert process.stderr
        assert "Another pressok process is writing" in process.stderr.readline()
    wait_until(lambda: published(data) == 1)
    (data / "corrections.csv").write_text("nonsense\n")
    (folder / "tunnlar.txt").write_text(TUNNLAR, encoding="utf-8")
    told = [process.stderr.readline() for _ in range(2)]
    (data / "corrections.csv").unlink()
    wait_until(lambda: published(data) == 2)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "rejected: tom.txt: it is empty" in told[0]
    assert "corrections.csv" in told[1]
    assert "Trying again until that is mended" in told[1]
    assert errors == "stopped\n"


def published(data: Path) -> int:
    folder = DataFolder(data)
    return int(folder.manifest().counts["releases"]) if folder.is_published else 0
