"""Running the command, and spoiling what it works on."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from web.cli import main

BODY = "Ett möte om segregation hålls i april."


def pressok(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def run(*args: object, **more: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from web.cli import main; main()", *map(str, args)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60, check=False, **more)


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
