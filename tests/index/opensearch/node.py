"""Something on this machine that speaks like a node of a cluster, and misbehaves when told to."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

OK = (200, {"acknowledged": True})


def failure(status: int, kind: str = "", reason: str = "") -> tuple[int, Any]:
    """An error as a cluster words it: its kind, and a reason that may quote what was asked."""
    cause = {"type": kind, "reason": reason}
    return status, {"error": {"root_cause": [cause], **cause}, "status": status} if kind else {"found": False}


class Node:
    """What it answers to everything, after ``pause`` seconds and once it is awake, and what it was asked."""

    def __init__(self) -> None:
        self.answer: tuple[int, Any] = OK
        self.pause = 0.0
        self.requests: list[str] = []
        self.clients: set[int] = set()
        self.awake = threading.Event()
        self.awake.set()
        self.url = ""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    node: Node

    def do_GET(self) -> None:
        self.node.requests.append(f"{self.command} {self.path}")
        self.node.clients.add(self.client_address[1])
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(self.node.pause)
        self.node.awake.wait()
        status, told = self.node.answer
        body = told.encode() if isinstance(told, str) else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if isinstance(told, str) else "application/json")
        self.send_header("Content-Length", str(len(body)))
        with suppress(ConnectionError):  # who asked may have given up
            self.end_headers()
            self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def answering(secure: ssl.SSLContext | None = None) -> Iterator[Node]:
    """A node, at ``node.url`` for as long as the block lasts."""
    node = Node()
    handler = type("Handler", (_Handler,), {"node": node})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        if secure:
            server.socket = secure.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        node.url = f"{'https' if secure else 'http'}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield node
        finally:
            node.awake.set()
            server.shutdown()
            thread.join()
