import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from gunicorn.config import Config

from bench.processes import tree
from tests.builders import document, publish
from tests.conftest import ROOT
from web.server import OneAtATime, options
from web.settings import Settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A real ``pressok serve``: its address, its process, and where it tells its log."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def workers(self) -> set[int]:
        return set(tree(self.process.pid)) - {self.process.pid}


@contextmanager
def serving(folder: Path, **chosen: str) -> Iterator[Served]:
    """``pressok serve`` over the index in ``folder``, started as its console script is."""
    bind = f"127.0.0.1:{free_port()}"
    script = folder / "pressok.py"
    script.write_text("from web.cli.main import main\nmain()\n")
    command = [sys.executable, str(script), "serve", "--bind", bind, "--data", str(folder)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    clean["PRESSOK_RATE"] = "0"  # what asks here is one client, which asks more than people do
    environ = {**clean, **chosen, "PYTHONPATH": str(ROOT)}
    log = folder / "log"
    with log.open("wb") as file, subprocess.Popen(command, stderr=file, stdout=file, env=environ) as process:
        try:
            wait(f"http://{bind}/healthz", process)
            yield Served(f"http://{bind}", process, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server over one release."""
    publish(tmp_path, [document("a", title="Möte om segregation")])
    with serving(tmp_path) as found:
        yield found


def wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the server ended by itself"
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within 60 s")


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=10) as answer:
        body: bytes = answer.read()
        return body


def test_page_and_api_are_served_and_follow_the_index(served: Served, tmp_path: Path) -> None:
    root = served.address
    assert "Möte om".encode() in get(f"{root}/?q=segregation")
    assert json.loads(get(f"{root}/api/v1/search?q=segregation"))["total"] == 1
    publish(tmp_path, [document("b", title="Mer om segregation")], afresh=False)
    for _ in range(8):  # every worker has noticed, whichever answers
        assert json.loads(get(f"{root}/api/v1/search?q=segregation"))["total"] == 2


def test_figures_are_those_of_all_workers_and_the_log_has_a_line_for_each_request(served: Served) -> None:
    for _ in range(12):
        get(f"{served.address}/api/v1/search?q=segregation")
    get(f"{served.address}/api/v1/search?q=ingenting&verbatim=1")
    lines = {
        'pressok_requests_total{endpoint="/api/v1/search",method="GET",status="200"} 13.0',
        'pressok_request_seconds_count{endpoint="/api/v1/search"} 13.0',
        "pressok_search_hits_count 13.0",
        "pressok_searches_without_hits_total 1.0",
        "pressok_requests_in_progress 1.0",  # that for the figures
        "pressok_generation 1.0",
    }
    # A request is counted when its answer has been sent, which may be a moment after it was read.
    until(lambda: lines <= set(get(f"{served.address}/metrics").decode().splitlines()))
    told = get(f"{served.address}/metrics").decode()
    assert "pressok_last_update_age_seconds" in told
    assert "segregation" not in told
    searches = [line for line in served.lines() if line.get("endpoint") == "/api/v1/search"]
    assert len({line["id"] for line in searches}) == 13
    assert "segregation" not in served.log.read_text()


def test_what_is_no_request_is_not_quoted_in_the_log(served: Served) -> None:
    host, port = served.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET /?q=segregation and spaces HTTP/1.1\r\n\r\n")
        assert b"400" in connection.recv(100)
    assert "A request that can't be read was refused." in served.log.read_text()
    assert "segregation" not in served.log.read_text()


def test_new_workers_take_over_under_load_and_no_request_is_lost(served: Served, tmp_path: Path) -> None:
    before, over = served.workers(), threading.Event()

    def ask() -> list[int]:
        connection = http.client.HTTPConnection(served.address.removeprefix("http://"), timeout=20)
        found = []
        while not over.is_set():
            connection.request("GET", "/api/v1/search?q=segregation")
            answer = connection.getresponse()
            found.append(json.loads(answer.read())["total"] * 1000 + answer.status)
        connection.close()
        return found

    with ThreadPoolExecutor(8) as pool:
        asking = [pool.submit(ask) for _ in range(8)]
        try:
            publish(tmp_path, [document("b", title="Mer om segregation")], afresh=False)
            served.process.send_signal(signal.SIGHUP)
            until(lambda: len(served.workers()) == 2 and not served.workers() & before)
        finally:
            over.set()
        answers = [found for done in asking for found in done.result()]
    assert {found % 1000 for found in answers} == {200}
    assert set(answers) <= {1200, 2200}
    assert 2200 in answers


def test_what_is_under_way_is_finished_before_the_end(tmp_path: Path) -> None:
    publish(tmp_path, [document(f"r{n}", title=f"Nummer {n}", body="Ord. " * 4000) for n in range(400)])
    with serving(tmp_path, PRESSOK_WORKERS="1") as served:
        answer = urllib.request.urlopen(f"{served.address}/export.jsonl", timeout=20)
        lines = [answer.readline()]
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        lines += answer.readlines()
        assert len([json.loads(line) for line in lines]) == 400
        assert served.process.wait(20) == 0


def test_a_new_master_takes_over_and_the_old_one_ends_without_a_request_lost(served: Served) -> None:
    old = served.workers()
    served.process.send_signal(signal.SIGUSR2)
    masters: list[int] = []

    def there() -> bool:
        """The new master and its two workers."""
        masters[:] = [pid for pid in served.workers() - old if len(tree(pid)) == 3]
        return bool(masters)

    until(there)
    (new,) = masters
    try:
        served.process.send_signal(signal.SIGTERM)
        while served.process.poll() is None:
            assert get(f"{served.address}/healthz") == b"ok\n"
        assert json.loads(get(f"{served.address}/api/v1/search?q=segregation"))["total"] == 1
    finally:
        os.kill(new, signal.SIGTERM)


def test_a_socket_that_systemd_listens_on_is_taken_over(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", title="Möte om segregation")])
    script = tmp_path / "pressok.py"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address, number = "http://{}:{}".format(*listening.getsockname()), listening.fileno()
        script.write_text(
            f"import os\nos.dup2({number}, 3)\nos.environ |= {{'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())}}\n"
            "from web.cli.main import main\nmain()\n"
        )
        bind = address.removeprefix("http://")
        command = [sys.executable, str(script), "serve", "--bind", bind, "--data", str(tmp_path)]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (
            (tmp_path / "log").open("wb") as log,
            subprocess.Popen(command, stderr=log, pass_fds=[number], env=environ) as process,
        ):
            try:
                assert get(f"{address}/readyz") == b"ok\n"  # it waited in the socket until the service was there
            finally:
                process.send_signal(signal.SIGTERM)
                assert process.wait(20) == 0


def until(holds: Callable[[], bool]) -> None:
    for _ in range(900):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about within 90 s")


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
