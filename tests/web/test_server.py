import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gunicorn.config import Config

from tests.builders import document, publish
from web.server import OneAtATime, options
from web.settings import Settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a real ``pressok serve`` over a small index in ``tmp_path``."""
    publish(tmp_path, [document("a", title="Möte om segregation")])
    bind = f"127.0.0.1:{free_port()}"
    command = [
        sys.executable,
        "-c",
        "from web.cli import main; main()",
        "serve",
        "--bind",
        bind,
        "--data",
        str(tmp_path),
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, stderr=log, stdout=log, env=clean) as process:
        try:
            wait(f"http://{bind}/healthz", process)
            yield f"http://{bind}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 20 s")


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        body: bytes = answer.read()
        return body


def test_page_and_api_are_served_and_follow_the_index(served: str, tmp_path: Path) -> None:
    assert "Möte om".encode() in get(f"{served}/?q=segregation")
    assert json.loads(get(f"{served}/api/v1/search?q=segregation"))["total"] == 1
    publish(tmp_path, [document("b", title="Mer om segregation")], afresh=False)
    for _ in range(8):  # every worker has noticed, whichever answers
        assert json.loads(get(f"{served}/api/v1/search?q=segregation"))["total"] == 2


def test_gunicorn_accepts_every_option() -> None:
    config = Config()
    for name, value in options(Settings(workers=3)).items():
        config.set(name, value)
    assert config.workers == 3
    assert config.address == [("127.0.0.1", 8000)]


def test_an_answer_is_worked_on_by_itself() -> None:
    working: list[str] = []

    def app(environ: Any, start_response: Any) -> list[bytes]:
        working.append(environ["PATH_INFO"])
        time.sleep(0.01)
        return [working.pop().encode()] if len(working) == 1 else []

    alone = OneAtATime(app)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: alone({"PATH_INFO": str(n)}, lambda *_: lambda _: None), range(8)))
    assert answers == [[str(n).encode()] for n in range(8)]
