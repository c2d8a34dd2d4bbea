"""Running the command, and spoiling what it works on."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from index.checksums import checksum
from web.cli.main import main

BODY = "Ett möte om segregation hålls i april."


def pressok(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def run(*args: object, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from web.cli.main import main; main()", *map(str, args)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **more)


def damage_archive(data: Path) -> None:
    path = data / "archive.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def change_manifest(data: Path, **changes: object) -> None:
    """Have a manifest that says something else, as if it had been published so."""
    path = next(data.glob("generations/*/manifest.json"))
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    (data / "CURRENT").write_text(f"{path.parent.name} {checksum(path)}\n")


def start(*args: object) -> "subprocess.Popen[str]":
    """``pressok`` with these arguments and without settings; its output and errors are to be read."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    command = [sys.executable, "-c", "from web.cli.main import main; main()", *(str(arg) for arg in args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean)


def wait_until(ready: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    for _ in range(1200):
        if ready():
            return
        time.sleep(0.05)
    raise AssertionError("it took more than a minute")
