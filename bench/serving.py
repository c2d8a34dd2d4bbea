"""Servers as processes of their own, for as long as they are measured."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from bench.corpus import ROOT

CLI = ["-c", "from web.cli.main import main; main()"]
"""The command line, as arguments of Python."""
HOST = "127.0.0.1"
_PATIENCE = 60.0  # seconds until a server has to answer, or to end


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    arguments: Sequence[str], address: str, more: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """``python ARGUMENTS`` until the block ends, from when it answers at ``address``; ``more`` is for its environment.

    The operator's own settings, ``PRESSOK_*``, are kept from it, and no client's requests are limited. Raises
    :class:`RuntimeError` when it does not answer.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    environ = {**kept, "PRESSOK_RATE": "0", "PRESSOK_EXPORTS": "0", **(more or {})}
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environ, stdout=told, stderr=told)
        try:
            _wait(process, address, told)
            yield process
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _wait(process: subprocess.Popen[bytes], address: str, told: IO[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            fetch(address)
            return
        except OSError:
            time.sleep(0.05)
    told.seek(0)
    raise RuntimeError(f"{address} does not answer: {told.read().decode()[-2000:]}")


def fetch(address: str) -> bytes:
    """What is answered at ``address``. Raises :class:`OSError` for anything but success."""
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        return bytes(answer.read())
