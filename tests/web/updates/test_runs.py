"""Starting an update over HTTP, with a real process that updates a small data folder."""

import fcntl
import hmac
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.build import rebuild
from index.store import DataFolder
from tests.index.files_of_releases import titles, write_lines
from tests.web.api.test_openapi import check
from tests.web.fake import FakeEngine
from tests.web.test_server import free_port, wait
from web.app import create_app
from web.settings import Settings, Token
from web.updates import runs as updates_module
from web.updates.runs import Update, Updates

TOKEN = "a-token-of-more-than-32-characters"
WITH_TOKEN = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = "/api/v1/update"
SLEEPER = ["/bin/sleep", "60"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen")
    return Settings(tmp_path / "data", token=Token.of(TOKEN), sources=(lines,))


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return create_app(FakeEngine(), settings).test_client()


def ended(client: FlaskClient, started: TestResponse) -> dict[str, Any]:
    """What became of an update that was started, when it is no longer running."""
    for _ in range(600):
        response = client.get(started.headers["Location"], headers=WITH_TOKEN)
        assert response.status_code == 200
        if response.json and response.json["state"] != "running":
            return dict(response.json)
        time.sleep(0.1)
    raise AssertionError("it is still running")


class Process:
    """A process that holds the lock that it was started with, in the place of one that updates."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started: list[subprocess.Popen[bytes]] = []
        monkeypatch.setattr(updates_module, "_start", self._start)

    def _start(self, _update: Update, _settings: Settings, lock: Any) -> None:
        self.started.append(subprocess.Popen(SLEEPER, pass_fds=(lock.fileno(),)))

    def kill(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = Process(monkeypatch)
    yield found
    found.kill()


def test_an_update_runs_and_can_be_followed(client: FlaskClient, settings: Settings) -> None:
    started = client.post(UPDATE, headers=WITH_TOKEN)
    assert started.status_code == 202
    assert started.headers["Location"] == f"/api/v1/updates/{started.get_json()['id']}"
    found = ended(client, started)
    assert (found["state"], found["exit_status"]) == ("done", 0)
    assert found["started"] <= found["ended"]
    assert any(line.startswith("index: generation 000001, 2 releases") for line in found["summary"])
    assert titles(DataFolder(settings.data)) == {"Skolan", "Polisen"}
    check(found, "Update")
    assert client.get(started.headers["Location"], headers=WITH_TOKEN).headers["Cache-Control"] == "no-store"


def test_an_update_that_fails_says_why(settings: Settings, tmp_path: Path) -> None:
    client = create_app(FakeEngine(), replace(settings, sources=(tmp_path / "nothing",))).test_client()
    found = ended(client, client.post(UPDATE, headers=WITH_TOKEN))
    assert (found["state"], found["exit_status"]) == ("failed", 2)
    assert "nothing" in found["summary"][0]


def test_no_process_is_left_over(client: FlaskClient) -> None:
    ended(client, client.post(UPDATE, headers=WITH_TOKEN))
    for _ in range(100):
        if not any(state == "Z" and parent == os.getpid() for state, parent in states()):
            return
        time.sleep(0.1)
    raise AssertionError("a process that ended was not waited for")


def states() -> Iterator[tuple[str, int]]:
    """The state of each process, and the one that started it."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent, *_ = path.read_text().rpartition(")")[2].split()
            yield state, int(parent)


def test_an_update_goes_on_when_the_worker_is_replaced(settings: Settings, tmp_path: Path) -> None:
    bind = f"127.0.0.1:{free_port()}"
    rebuild(DataFolder(settings.data), settings.sources)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    environment |= {"PRESSOK_TOKEN": TOKEN, "PRESSOK_SOURCES": str(settings.sources[0]), "PRESSOK_WORKERS": "1"}
    command = [sys.executable, "-m", "web.cli.main", "serve", "--bind", bind, "--data", str(settings.data)]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, env=environment, stderr=log) as server:
        try:
            wait(f"http://{bind}/healthz", server)
            request = urllib.request.Request(f"http://{bind}{UPDATE}", method="POST", headers=WITH_TOKEN)
            with urllib.request.urlopen(request, timeout=60) as started:
                update = json.load(started)
            pid = pid_of(update["id"])
            os.kill(pid, signal.SIGSTOP)  # so that it is not done too early
            workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
            for worker in workers:
                os.kill(int(worker), signal.SIGTERM)
            while set(workers) & set(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()):
                time.sleep(0.1)
            os.kill(pid, signal.SIGCONT)
            found = following(f"http://{bind}/api/v1/updates/{update['id']}")
        finally:
            server.terminate()
            server.wait(30)
    assert len(workers) == 1
    assert (found["state"], found["exit_status"]) == ("done", 0)
    assert TOKEN not in (tmp_path / "log").read_text()


def following(address: str) -> dict[str, Any]:
    """What became of an update, asked of a server whose workers come and go."""
    for _ in range(600):
        request = urllib.request.Request(address, headers=WITH_TOKEN)
        with suppress(OSError), urllib.request.urlopen(request, timeout=20) as answer:
            found: dict[str, Any] = json.load(answer)
            if found["state"] != "running":
                return found
        time.sleep(0.1)
    raise AssertionError("it is still running")


def test_of_two_at_once_one_is_refused_and_told_what_to_follow(client: FlaskClient, process: Process) -> None:
    app = client.application
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: app.test_client().post(UPDATE, headers=WITH_TOKEN), range(8)))
    (started,) = [answer for answer in answers if answer.status_code == 202]
    check(started.get_json(), "Update")
    refused = [answer for answer in answers if answer.status_code == 409]
    assert len(refused) == 7 and len(process.started) == 1
    again = client.post(UPDATE, headers=WITH_TOKEN)
    assert again.status_code == 409
    assert again.headers["Location"] == started.headers["Location"]
    assert started.headers["Location"] in again.get_json()["error"]["message"]


def test_an_update_that_was_killed_has_failed_and_another_can_start(client: FlaskClient, process: Process) -> None:
    first = client.post(UPDATE, headers=WITH_TOKEN)
    assert client.get(first.headers["Location"], headers=WITH_TOKEN).get_json()["state"] == "running"
    process.kill()
    found = ended(client, first)
    assert (found["state"], found["ended"], found["exit_status"]) == ("failed", None, None)
    assert "start another" in found["summary"][0]
    second = client.post(UPDATE, headers=WITH_TOKEN)
    assert second.status_code == 202
    assert client.get(second.headers["Location"], headers=WITH_TOKEN).get_json()["state"] == "running"
    assert client.get(first.headers["Location"], headers=WITH_TOKEN).get_json()["state"] == "failed"


def test_a_real_update_that_is_killed_has_failed(client: FlaskClient) -> None:
    started = client.post(UPDATE, headers=WITH_TOKEN)
    pid = pid_of(started.get_json()["id"])
    os.kill(pid, signal.SIGKILL)  # while it is still being loaded
    assert ended(client, started)["state"] == "failed"


def pid_of(update_id: str) -> int:
    """The process that has the id among its arguments, which stand there a moment after it has started."""
    for _ in range(500):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if update_id.encode() in path.read_bytes():
                    return int(path.parent.name)
        time.sleep(0.01)
    raise AssertionError("it was not started")


def test_who_writes_otherwise_keeps_an_update_from_starting(client: FlaskClient, settings: Settings) -> None:
    with DataFolder(settings.data).writing():
        refused = client.post(UPDATE, headers=WITH_TOKEN)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (409, "update_running")
    assert "Location" not in refused.headers


@pytest.mark.parametrize("folder", ["a.jsonl", "a.jsonl/below"])
def test_where_nothing_can_be_written_it_is_not_available(settings: Settings, tmp_path: Path, folder: str) -> None:
    client = create_app(FakeEngine(), replace(settings, data=tmp_path / folder)).test_client()
    refused = client.post(UPDATE, headers=WITH_TOKEN)
    assert (refused.status_code, refused.get_json()["error"]["code"]) == (503, "update_unavailable")
    assert str(tmp_path) not in refused.text


def test_a_process_that_does_not_start_is_told_of(
    client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/nothing/python")
    assert client.post(UPDATE, headers=WITH_TOKEN).status_code == 503
    assert [row["state"] for row in json.loads((settings.data / "updates.json").read_text())] == ["failed"]


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [
        ({}, 'Bearer realm="pressok"'),
        ({"Authorization": f"Bearer {TOKEN}x"}, 'Bearer realm="pressok", error="invalid_token"'),
        ({"Authorization": "Bearer "}, 'Bearer realm="pressok", error="invalid_token"'),
        ({"Authorization": f"Basic {TOKEN}"}, 'Bearer realm="pressok", error="invalid_token"'),
        ({"Authorization": "Bearer å\udce5".encode("utf-8", "surrogateescape").decode("latin-1")}, None),
        ({"Cookie": f"token={TOKEN}"}, 'Bearer realm="pressok"'),
    ],
)
def test_who_has_not_the_token_is_refused(
    client: FlaskClient, settings: Settings, headers: dict[str, str], challenge: str | None
) -> None:
    for response in (client.post(UPDATE, headers=headers), client.get("/api/v1/updates/x", headers=headers)):
        assert (response.status_code, response.get_json()["error"]["code"]) == (401, "unauthorized")
        assert response.headers["WWW-Authenticate"].startswith('Bearer realm="pressok"')
        assert challenge in (None, response.headers["WWW-Authenticate"])
    assert not settings.data.exists()


def test_without_a_token_there_are_no_such_addresses(settings: Settings) -> None:
    client = create_app(FakeEngine(), replace(settings, token=None)).test_client()
    for response in (client.post(UPDATE, headers=WITH_TOKEN), client.get("/api/v1/updates/x", headers=WITH_TOKEN)):
        assert (response.status_code, response.get_json()["error"]["code"]) == (404, "not_found")


def test_tokens_are_compared_in_the_same_time_wherever_they_differ(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, process: Process
) -> None:
    compared: list[tuple[int, int]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return one == other

    monkeypatch.setattr(hmac, "compare_digest", compare)
    for token in ("", "a", TOKEN[:-1], TOKEN, TOKEN * 20):
        client.post(UPDATE, headers={"Authorization": f"Bearer {token}"})
    assert compared == [(32, 32)] * 5
    assert len(process.started) == 1


@pytest.mark.parametrize(
    "sent", [{"data": "x"}, {"json": {}}, {"headers": {**WITH_TOKEN, "Transfer-Encoding": "chunked"}}]
)
def test_no_body_is_taken(client: FlaskClient, sent: dict[str, Any]) -> None:
    response = client.post(UPDATE, **{"headers": WITH_TOKEN, **sent})
    assert (response.status_code, response.get_json()["error"]["code"]) == (413, "too_large")


def test_what_is_unknown_is_refused(client: FlaskClient) -> None:
    assert client.post(f"{UPDATE}?source=x", headers=WITH_TOKEN).get_json()["error"]["parameter"] == "source"
    assert client.get("/api/v1/updates/none", headers=WITH_TOKEN).status_code == 404
    other = client.get(UPDATE, headers=WITH_TOKEN)
    assert (other.status_code, set(other.headers["Allow"].split(", "))) == (405, {"OPTIONS", "POST"})
    assert other.get_json()["error"]["message"] == "Only POST is possible here."


def test_an_end_between_two_looks_is_no_death(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Updates(tmp_path)
    running = Update("a", "2024-01-01T00:00:00Z")
    (tmp_path / "updates.json").write_text(json.dumps([asdict(running)]))

    @contextmanager
    def end_meanwhile(_: Updates) -> Iterator[bool]:
        found.finish("a", 0, ["done"])
        yield True

    monkeypatch.setattr(Updates, "_nobody_has_the_lock", end_meanwhile)
    assert found.get("a") == replace(
        running, state="done", exit_status=0, summary=("done",), ended=found._read()[0].ended
    )


def test_no_update_starts_while_one_is_found_to_have_died(
    settings: Settings, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    updates = Updates(settings.data)
    first = updates.start(settings)
    assert first
    process.kill()
    others: list[Update | None] = []
    without_dead = updates_module._without_dead

    def while_another_starts(found: list[Update]) -> list[Update]:
        others.append(Updates(settings.data).start(settings))
        return without_dead(found)

    monkeypatch.setattr(updates_module, "_without_dead", while_another_starts)
    died = updates.get(first.id)
    assert (others, died and died.state) == ([None], "failed")


def test_looking_does_not_keep_an_update_from_starting(settings: Settings, process: Process) -> None:
    updates = Updates(settings.data)
    assert updates.start(settings)
    process.kill()
    with ExitStack() as looking:
        file = looking.enter_context((settings.data / "update.lock").open())
        fcntl.flock(file, fcntl.LOCK_EX)
        with ThreadPoolExecutor(1) as pool:
            starting = pool.submit(updates.start, settings)
            time.sleep(0.01)
            looking.close()
            assert starting.result()


def test_only_the_latest_are_told_of_and_broken_records_of_none(tmp_path: Path) -> None:
    updates = Updates(tmp_path)
    updates._write([Update(str(n), "2024-01-01T00:00:00Z", state="done") for n in range(30)])
    assert updates.get("19") and not updates.get("20")
    for text in ("{", "[{}]", '[{"id": 1}]', '"x"'):
        (tmp_path / "updates.json").write_text(text)
        assert updates.get("19") is None
