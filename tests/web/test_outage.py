"""A real ``pressok serve`` whose cluster fails, in one way after the other."""

import json
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.index.opensearch.node import Node, answering, failure
from tests.web.test_server import Served, serving

TIMEOUT = 1.0
LATE = TIMEOUT + 2  # seconds: what surely was not answered in time


@pytest.fixture
def node() -> Iterator[Node]:
    with answering() as found:
        yield found


@pytest.fixture
def served(tmp_path: Path, node: Node) -> Iterator[Served]:
    """The service over a cluster of one node."""
    chosen = {"ENGINE": "opensearch", "OPENSEARCH_URL": node.url, "OPENSEARCH_TIMEOUT": str(TIMEOUT), "WORKERS": "1"}
    node.answer = failure(503, "cluster_block_exception")
    with serving(tmp_path, **{f"PRESSOK_{name}": value for name, value in chosen.items()}) as found:
        yield found


def ask(address: str) -> tuple[int, str | None, str]:
    """Status, Retry-After and text of an answer that came in time."""
    start = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            found = answer.status, answer.headers["Retry-After"], answer.read().decode()
    except HTTPError as error:
        found = error.code, error.headers["Retry-After"], error.read().decode()
    assert time.monotonic() - start < LATE, address
    return found


def test_whatever_the_cluster_does_the_service_answers_in_time(served: Served, node: Node) -> None:
    def require(waiting: bool, code: str) -> None:
        for address in ("/", "/?q=skola", "/releases/x", "/api/v1/search?q=skola", "/api/v1/status"):
            status, retry_after, text = ask(served.address + address)
            assert (status, retry_after is not None) == (503, waiting), address
            if address.startswith("/api/"):
                assert json.loads(text)["error"]["code"] == code
        assert ask(f"{served.address}/readyz")[0] == 503
        assert ask(f"{served.address}/healthz")[0] == 200

    require(True, "temporarily_unavailable")
    node.answer = failure(429, "opensearch_rejected_execution_exception")
    require(True, "temporarily_unavailable")
    node.answer = failure(401, "security_exception")
    require(False, "index_unavailable")
    node.answer = failure(404, "index_not_found_exception")
    require(False, "index_unavailable")
    node.awake.clear()
    require(True, "temporarily_unavailable")
    log = served.log.read_text(encoding="utf-8")
    assert "skola" not in log and "Traceback" not in log


def test_a_cluster_that_hangs_does_not_keep_the_health_check_waiting(served: Served, node: Node) -> None:
    node.awake.clear()
    with ThreadPoolExecutor(9) as pool:
        searches = [pool.submit(ask, f"{served.address}/api/v1/search?q=skola") for _ in range(8)]
        time.sleep(0.2)
        start = time.monotonic()
        assert ask(f"{served.address}/healthz")[0] == 200
        assert time.monotonic() - start < TIMEOUT / 2, "the searches are still waiting"
        assert {search.result()[0] for search in searches} == {503}
