"""A small archive of invented pages on this machine, which speaks like the real one and misbehaves when told to."""

import gzip
import hashlib
import json
import socketserver
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Fault = Callable[[BaseHTTPRequestHandler, bytes], None]
LATEST = "/api/latest_updated.json"
CODES = "/api/codes.json"
HTML = b"<!DOCTYPE html>\n<html><body><h1>Underh\xc3\xa5ll</h1></body></html>"


def record(path: str, **more: Any) -> dict[str, Any]:
    """A record of a list as the archive writes them."""
    name = path.strip("/").rsplit("/", 1)[-1]
    return {"title": f"Om {name}", "url": path, "published": "2024-01-01", "updated": None, "types": ["1"], **more}


class Archive:
    """What the server has, what it was asked, and how it misbehaves.

    ``faults`` has for a path what happens at the next requests for it, one after the other; after that it behaves.
    ``always`` has what happens at every request for a path.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.always: dict[str, Fault] = {}
        self.requests: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.url = ""
        self.records: dict[str, list[dict[str, Any]]] = {"tal": [], "artiklar": []}
        for number in range(1, 4):
            self.add("tal", f"tal-{number}")
        for number in range(1, 3):
            self.add("artiklar", f"artikel-{number}")
        self.files[CODES] = json.dumps({"1": "Tal", "2": "Artikel"}).encode()
        self.updated("2024-02-01 01:00:27")

    def add(self, type_: str, name: str, **more: Any) -> str:
        """Publish a page with its record; its path."""
        path = f"/{type_}/2024/01/{name}"
        self.records[type_].insert(0, record(f"{path}/", **more))
        self.files[f"{path}.md"] = f"# Om {name}\n\nText om {name}.\n".encode()
        self.write_lists()
        return f"{path}.md"

    def write_lists(self) -> None:
        """Make the lists anew from the records."""
        for type_, rows in self.records.items():
            self.files[f"/{type_}.json"] = json.dumps(rows).encode()

    def updated(self, when: str) -> None:
        """Say that the archive was last updated then."""
        self.files[LATEST] = json.dumps({"latest_updated": when, "items": 5, "codes": 2}).encode()

    @property
    def pages(self) -> list[str]:
        """The pages that were asked for, in order."""
        return [path for path in self.requests if path.endswith(".md")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    archive: Archive

    def do_GET(self) -> None:
        archive = self.archive
        archive.requests.append(self.path)
        archive.headers.append(dict(self.headers.items()))
        body = archive.files.get(self.path, b"")
        waiting = archive.faults[self.path]
        fault = waiting.pop(0) if waiting else archive.always.get(self.path)
        if fault:
            fault(self, body)
        elif self.path not in archive.files:
            answer(self, 404, b"Not found")
        elif self.headers.get("If-None-Match") == etag(body):
            answer(self, 304, b"")
        else:
            answer(self, 200, body, ETag=etag(body))

    def setup(self) -> None:
        super().setup()
        self.archive.connections += 1

    def log_message(self, format: str, *args: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # the client hung up, which is what some tests are about


def etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:8]}"'


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Content_Type": "text/plain; charset=utf-8", **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    if status != 304:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


# How the server misbehaves.


def failing(status: int, **headers: str) -> Fault:
    return lambda handler, body: answer(handler, status, HTML, **headers)


def saying(text: bytes, **headers: str) -> Fault:
    """Another body than there should be."""
    return lambda handler, body: answer(handler, 200, text, **headers)


def moved(location: str) -> Fault:
    return lambda handler, body: answer(handler, 302, b"", Location=location)


def cut(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def cut_in_pieces(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    half = body[: len(body) // 2]
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
    handler.close_connection = True


def cut_packed(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    answer(handler, 200, gzip.compress(body)[:-9], Content_Encoding="gzip")


def packed(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """No fault: what a good server does."""
    answer(handler, 200, gzip.compress(body), Content_Encoding="gzip")


def in_pieces(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """No fault either."""
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for start in range(0, len(body), 7):
        piece = body[start : start + 7]
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    handler.wfile.write(b"0\r\n\r\n")


def without_length(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


def dripping(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """A byte now and then, so that no single read is late."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    time.sleep(2)
    handler.close_connection = True


def endless(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    piece = b"x" * 100_000
    for _ in range(1000):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def babbling(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.wfile.write(b"EHLO archive\r\n\r\n")
    handler.close_connection = True


@contextmanager
def serving(archive: Archive) -> Iterator[Archive]:
    """Serve the archive at ``archive.url`` for as long as the block lasts."""
    handler = type("Handler", (_Handler,), {"archive": archive})
    server: socketserver.BaseServer
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        archive.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield archive
        finally:
            server.shutdown()
            thread.join()
