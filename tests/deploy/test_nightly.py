"""The nightly job as docs and unit files have it."""

import configparser
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from web.cli.main import main
from web.settings import TABLE

SERVICE = ROOT / "deploy" / "pressok-update.service"
TIMER = ROOT / "deploy" / "pressok-update.timer"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def commands(service: Path) -> list[list[str]]:
    text = service.read_text(encoding="utf-8")
    return [shlex.split(line) for line in re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)]


def test_the_service_fetches_and_then_updates_the_same_folder() -> None:
    fetch, update = commands(SERVICE)
    assert [fetch[1], update[1]] == ["fetch", "update"]
    assert fetch[2:] == update[2:]
    for command in (fetch, update):
        assert CliRunner().invoke(main, [command[1], "--help"]).exit_code == 0


def test_what_was_rejected_does_not_keep_the_service_from_updating() -> None:
    text = SERVICE.read_text(encoding="utf-8")
    assert "Type=oneshot\n" in text
    assert "SuccessExitStatus=1\n" in text


def test_every_setting_in_the_service_is_one() -> None:
    names = set(re.findall(r"PRESSOK_[A-Z_]+", SERVICE.read_text(encoding="utf-8") + OPERATIONS))
    assert names <= {row.name for row in TABLE}


def test_the_timer_is_enabled_and_runs_once_a_night() -> None:
    timer = configparser.ConfigParser()
    timer.read_string(TIMER.read_text(encoding="utf-8"))
    assert timer["Timer"]["OnCalendar"].endswith("UTC")
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize(
    ("status", "ran"), [(0, "fetch g0v\nupdate g0v\n"), (1, "fetch g0v\nupdate g0v\n"), (2, "fetch g0v\n")]
)
def test_the_cron_line_updates_unless_nothing_was_fetched(tmp_path: Path, status: int, ran: str) -> None:
    found = re.search(r"^    0 5 \* \* \* (.+)$", OPERATIONS, re.MULTILINE)
    assert found
    program = tmp_path / ".venv" / "bin" / "pressok"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\necho "$@" >> ran\ntest "$1" = update || exit {status}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    subprocess.run(["sh", "-c", found[1].replace("/srv/pressok", shlex.quote(str(tmp_path)))], check=False)
    assert (tmp_path / "ran").read_text() == ran
