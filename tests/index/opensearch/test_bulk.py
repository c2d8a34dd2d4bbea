"""Sending to something that speaks like a cluster, and has more to do than it can."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from index.errors import ClusterRefused, ClusterUnavailable
from index.opensearch import bulk
from index.opensearch.bulk import Deletion, Sender, Writing, chunks
from index.opensearch.connection import Connection

REJECTED = (429, "rejected_execution_exception")
TAKEN = (201, "")
Says = Callable[[str, int], tuple[int, str]]


class Taker:
    """Takes documents: ``says`` what becomes of one, by its id and how often it was sent; ``whole`` of a request."""

    def __init__(self) -> None:
        self.says: Says = lambda id, times: TAKEN
        self.whole: Callable[[int], tuple[int, str]] = lambda request: (200, "")
        self.requests: list[list[str]] = []
        self.held: dict[str, str] = {}
        self.sent: dict[str, int] = {}

    def take(self, lines: list[bytes]) -> tuple[int, Any]:
        rows = iter(map(json.loads, lines))
        sent = [
            (kind, told["_id"], next(rows) if kind == "index" else None) for row in rows for kind, told in row.items()
        ]
        self.requests.append([id for _, id, _ in sent])
        status, why = self.whole(len(self.requests))
        if status != 200:
            return status, {"error": {"type": why}, "status": status}
        items = [{kind: self._one(kind, id, source)} for kind, id, source in sent]
        return 200, {"errors": any("error" in told for row in items for told in row.values()), "items": items}

    def _one(self, kind: str, id: str, source: Any) -> dict[str, Any]:
        self.sent[id] = self.sent.get(id, 0) + 1
        status, why = self.says(id, self.sent[id])
        if why:
            return {"status": status, "error": {"type": why, "reason": "so it is"}}
        if kind == "index":
            self.held[id] = source["text"]
        else:
            self.held.pop(id, None)
        return {"status": status}


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def connection(taker: Taker) -> Iterator[Connection]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_PUT(self) -> None:
            status, told = taker.take(self.rfile.read(int(self.headers["Content-Length"])).splitlines())
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_PUT()

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Connection((f"http://127.0.0.1:{server.server_port}",))
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_FIRST_PAUSE", 0.01)


def writings(count: int) -> list[Writing]:
    return [Writing(f"r{n}", 1, b'{"text": "Skolan %d"}' % n) for n in range(count)]


def texts(count: int) -> dict[str, str]:
    return {f"r{n}": f"Skolan {n}" for n in range(count)}


def test_what_is_rejected_is_sent_again_and_nothing_else(taker: Taker, connection: Connection) -> None:
    taker.says = lambda id, times: REJECTED if id in ("r2", "r5") and times < 4 else TAKEN
    Sender(connection).send("pressok-000001", writings(8))
    assert taker.held == texts(8)
    assert taker.requests == [[f"r{n}" for n in range(8)], *([["r2", "r5"]] * 3)]


def test_a_request_that_is_rejected_is_sent_again_ever_later(taker: Taker, connection: Connection) -> None:
    taker.whole = lambda request: REJECTED if request < 5 else (200, "")
    start = time.monotonic()
    Sender(connection).send("pressok-000001", writings(3))
    assert time.monotonic() - start > (0.01 + 0.02 + 0.04 + 0.08) / 2
    assert (taker.held, len(taker.requests)) == (texts(3), 5)


def test_nobody_is_overrun_a_request_waits_for_the_one_before(
    taker: Taker, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BYTES", 1)
    taker.says = lambda id, times: REJECTED if id == "r1" and times < 3 else TAKEN
    Sender(connection).send("pressok-000001", writings(4))
    assert taker.requests == [["r0"], ["r1"], ["r1"], ["r1"], ["r2"], ["r3"]]


@pytest.mark.parametrize("whole", [False, True])
def test_patience_ends_with_advice(taker: Taker, connection: Connection, whole: bool) -> None:
    if whole:
        taker.whole = lambda request: REJECTED
    else:
        taker.says = lambda id, times: REJECTED if id == "r1" else TAKEN
    start = time.monotonic()
    with pytest.raises(ClusterUnavailable, match=r"did not take \d documents within 0 s: .* run the command again"):
        Sender(connection, patience=0.3).send("pressok-000001", writings(3))
    assert time.monotonic() - start < 1.5
    assert len(taker.requests) > 2


@pytest.mark.parametrize(
    ("status", "kind", "advice"),
    [
        (400, "mapper_parsing_exception", "refused 'r1' .* mend what it says, and run the command again"),
        (403, "cluster_block_exception", "read-only. Have whoever runs it lift the block"),
        (429, "cluster_block_exception", "Make room there, then run it again"),
    ],
)
def test_what_waiting_does_not_mend_is_not_waited_for(
    taker: Taker, connection: Connection, status: int, kind: str, advice: str
) -> None:
    taker.says = lambda id, times: (status, kind) if id == "r1" else TAKEN
    with pytest.raises(ClusterRefused, match=advice):
        Sender(connection).send("pressok-000001", writings(3))
    assert len(taker.requests) == 1


def test_what_is_newer_there_stays_and_what_is_gone_already_is_gone(taker: Taker, connection: Connection) -> None:
    taker.says = lambda id, times: (409, "version_conflict_engine_exception") if id == "r0" else TAKEN
    Sender(connection).send("pressok-000001", writings(2))
    taker.says = lambda id, times: (404, "not_found")
    Sender(connection).send("pressok-000001", [Deletion("r9", 2)])
    assert taker.held == {"r1": "Skolan 1"}
    assert len(taker.requests) == 2


def test_a_cluster_without_a_manager_for_a_moment_is_waited_for(taker: Taker, connection: Connection) -> None:
    taker.says = lambda id, times: (503, "cluster_block_exception") if times < 3 else TAKEN
    Sender(connection).send("pressok-000001", writings(2))
    assert taker.held == texts(2)


def test_requests_are_of_about_one_size(monkeypatch: pytest.MonkeyPatch) -> None:
    items = writings(100)
    monkeypatch.setattr(bulk, "BYTES", 1000)
    found = list(chunks(items))
    assert [one for chunk in found for one in chunk] == items
    sizes = [sum(len(one.lines()) for one in chunk) for chunk in found]
    assert all(1000 <= size < 1200 for size in sizes[:-1]) and len(sizes) > 5
    assert list(chunks([])) == []
