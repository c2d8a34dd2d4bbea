import signal
from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.mirror import Manners
from tests.index.mirror.server import Archive, failing, saying, serving, silent
from tests.web.cli.running import start, wait_until
from web.cli import collecting
from web.cli.main import main


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving(Archive()) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "g0v"


def pressok(*args: object, **settings: str) -> Result:
    env = {f"PRESSOK_{name}": value for name, value in settings.items()}
    return CliRunner().invoke(main, [str(arg) for arg in args], env=env)


def fetch(archive: Archive, folder: Path, *args: str, **settings: str) -> Result:
    types = ("--type", "tal", "--type", "artiklar")
    return pressok("fetch", folder, *types, "--delay", "0", *args, **{"ARCHIVE_URL": archive.url, **settings})


def test_fetching_and_indexing_go_together(archive: Archive, folder: Path, tmp_path: Path) -> None:
    result = fetch(archive, folder)
    assert result.exit_code == 0, result.output
    assert "pages: 5 fetched, 0 were there" in result.stdout
    assert "fetched 5 of 5" in result.stderr
    assert pressok("update", folder, "--data", tmp_path / "data").exit_code == 0
    assert "Om tal-2" in pressok("search", "tal-2", "--data", tmp_path / "data").stdout
    assert "nothing new" in fetch(archive, folder).stdout


def test_what_was_rejected_is_named_and_the_exit_status_says_so(archive: Archive, folder: Path, tmp_path: Path) -> None:
    assert fetch(archive, folder).exit_code == 0
    archive.updated("2024-02-02 01:00:00")
    archive.always["/tal.json"] = saying(b"[]")
    result = fetch(archive, folder)
    assert result.exit_code == 1
    assert "rejected: tal.json: it lists nothing\n" in result.stderr
    update = pressok("update", folder, "--data", tmp_path / "data")
    assert update.exit_code == 0
    assert "5 releases" in update.stdout


def test_an_archive_that_can_t_be_reached_is_not_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "Manners", partial(Manners, first_wait=0))
    result = pressok("fetch", folder, "--delay", "0", "--from", "http://127.0.0.1:1")
    assert result.exit_code == 2
    assert "pressok: http://127.0.0.1:1/ can't be asked: the server can't be reached" in result.stderr


def test_the_archive_is_told_whom_to_turn_to(archive: Archive, folder: Path) -> None:
    assert "set PRESSOK_CONTACT" in fetch(archive, folder).stderr
    assert archive.headers[-1]["User-Agent"] == f"Pressok/{version('pressok')} (+no contact given)"
    assert "set PRESSOK_CONTACT" not in fetch(archive, folder, CONTACT="press@example.se").stderr
    assert archive.headers[-1]["User-Agent"] == f"Pressok/{version('pressok')} (+press@example.se)"


def test_the_address_may_be_given(archive: Archive, folder: Path) -> None:
    assert fetch(archive, folder, "--from", archive.url, ARCHIVE_URL="http://127.0.0.1:1").exit_code == 0


@pytest.mark.parametrize("base", ["g0v.se", "ftp://g0v.se", "https://", "https://g0v.se/?a=b", "https://g0v.se:x/"])
def test_an_address_that_is_none_is_refused(archive: Archive, folder: Path, base: str) -> None:
    result = fetch(archive, folder, "--from", base)
    assert result.exit_code == 2
    assert "write an address like https://g0v.se" in result.stderr
    assert pressok("fetch", folder, ARCHIVE_URL=base).exit_code == 2


@pytest.mark.parametrize("name", ["../x", "", "api/codes", "tal.json"])
def test_a_list_has_a_plain_name(archive: Archive, folder: Path, name: str) -> None:
    result = pressok("fetch", folder, "--type", name, ARCHIVE_URL=archive.url)
    assert result.exit_code == 2
    assert "name the first folder of an address" in result.stderr


def test_many_rejected_pages_are_counted(archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.cli.progress._SHOWN_REJECTS", 1)
    for number in (1, 2):
        archive.always[f"/tal/2024/01/tal-{number}.md"] = failing(403)
    result = fetch(archive, folder)
    assert result.exit_code == 1
    assert "… and 1 more" in result.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_stopped_says_so_and_keeps_what_it_has(archive: Archive, folder: Path, number: int) -> None:
    archive.faults["/tal/2024/01/tal-1.md"] = [silent]
    args = ("fetch", folder, "--type", "tal", "--delay", "0", "--from", archive.url)
    with start(*args) as process:
        wait_until(lambda: len(archive.pages) == 3)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "interrupted; what was fetched is kept" in errors
    archive.requests.clear()
    assert fetch(archive, folder).exit_code == 0
    assert archive.pages[0] == "/tal/2024/01/tal-1.md"
    assert len(archive.pages) == 3
