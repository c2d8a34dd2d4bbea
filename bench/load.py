"""Asking a server as fast as it answers, with wrk."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 8
THREADS = 2  # of wrk; bench/paths.lua counts on it
_SCRIPT = Path(__file__).parent / "paths.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of wrk saw: requests a second, and the milliseconds of half and of 95 in a hundred answers."""

    per_second: float
    median: float
    p95: float
    requests: int
    failed: int


def require_wrk() -> str:
    """Where wrk is. Ends the program with what to do when it is missing."""
    found = shutil.which("wrk")
    if not found:
        raise SystemExit("wrk is not installed. Install it (Debian, Ubuntu: apt-get install wrk) and try again.")
    return found


def load(address: str, paths: Path, seconds: int, start: int = 0, connections: int = CONNECTIONS) -> Load:
    """Ask ``address`` for the ``paths`` of a file from line ``start`` on, in turn."""
    sizes = [f"-t{THREADS}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command = [require_wrk(), *sizes, "-s", str(_SCRIPT), address, "--", str(paths), str(start)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"wrk failed: {done.stderr or done.stdout}")
    return figures(done.stdout.splitlines())


def figures(lines: Sequence[str]) -> Load:
    """What the script's last line says; wrk gives times in microseconds."""
    told = next(line for line in lines if line.startswith("figures "))
    requests, duration, median, p95, failed = map(int, told.split()[1:])
    return Load(requests / (duration / 1e6), median / 1000, p95 / 1000, requests, failed)
