"""A process that writes, which can be killed.

It is forked from one that has imported everything and read every table: what is killed is a run, and not a start.
"""

import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from web.cli.main import main

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.reliability.warmed"])

FILE_EVENTS = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link"})


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its exit status (negative: killed) and how many seconds it took."""

    status: int
    seconds: float

    @property
    def acknowledged(self) -> bool:
        """Whether it said that it was done."""
        return self.status == 0


def run(command: str, source: Path, data: Path, *, kill_after: float | None = None, kill_at: int = 0) -> Ended:
    """Run ``pressok rebuild`` or ``update``; kill it after so many seconds, or at its so manieth step on files."""
    process = _CONTEXT.Process(target=_main, args=([command, str(source), "--data", str(data)], kill_at))
    start = time.perf_counter()
    process.start()
    process.join(kill_after)
    if process.is_alive():
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    return Ended(process.exitcode or 0, time.perf_counter() - start)


def _main(arguments: list[str], kill_at: int) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(quiet, stream)
    if kill_at:
        _end_at(kill_at, arguments[-1])
    main(arguments)


def _end_at(step: int, folder: str) -> None:
    """Have this process killed at the so manieth time that it does something to a file of the folder."""
    done = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event in FILE_EVENTS and isinstance(arguments[0], str | os.PathLike) and folder in str(arguments[0]):
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
