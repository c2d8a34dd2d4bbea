import logging
import multiprocessing
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from index.errors import (
    ClusterRefused,
    ClusterUnavailable,
    DamagedGeneration,
    IndexUnavailable,
    NoGeneration,
    PressokError,
    SettingsError,
    WriterBusy,
)
from index.opensearch.connection import Connection, translated, within
from tests.index.opensearch.node import OK, Node, answering, failure

SECRET = "läkarbesöket"
BLOCK = "cluster_block_exception"


@pytest.fixture
def node() -> Iterator[Node]:
    with answering() as found:
        yield found


@pytest.fixture
def dead() -> str:
    """The address of a node that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"http://127.0.0.1:{port}"


def search(connection: Connection) -> None:
    with translated():
        connection.client().search(index="pressok", body={"query": {"match": {"body": SECRET}}})


@pytest.mark.parametrize(
    ("answer", "error", "advice"),
    [
        (failure(401, "security_exception"), ClusterRefused, "PRESSOK_OPENSEARCH_USER with this password"),
        (failure(403, "security_exception"), ClusterRefused, "may not do this"),
        (failure(403, BLOCK), ClusterRefused, "read-only"),
        (failure(404, "index_not_found_exception"), NoGeneration, "Run 'pressok rebuild SOURCE…'"),
        (failure(404, "search_context_missing_exception"), ClusterUnavailable, "Ask again"),
        (failure(404), DamagedGeneration, "Run 'pressok rebuild'"),
        (failure(409, "version_conflict_engine_exception"), WriterBusy, "Another pressok process"),
        (failure(413), ClusterRefused, "http.max_content_length"),
        (failure(429, BLOCK), ClusterRefused, "Make room"),
        (failure(429, "opensearch_rejected_execution_exception"), ClusterUnavailable, "more to do than it can"),
        (failure(500, "search_phase_execution_exception"), ClusterUnavailable, "500, search_phase_execution"),
        (failure(503, BLOCK), ClusterUnavailable, f"503, {BLOCK}"),
        (failure(503), ClusterUnavailable, "503, no reason given"),
        ((503, f"<h1>{SECRET}</h1>"), ClusterUnavailable, "503, no reason given"),
        (failure(400, "parsing_exception", f"what is {SECRET}?"), ClusterRefused, "400, parsing_exception"),
        (failure(400, f"<{SECRET}>"), ClusterRefused, "400, no reason given"),
        ((200, "<h1>Another service</h1>"), ClusterRefused, "is no OpenSearch"),
    ],
)
def test_an_error_says_what_to_do_and_nothing_of_what_was_asked(
    node: Node, answer: tuple[int, object], error: type[PressokError], advice: str, caplog: pytest.LogCaptureFixture
) -> None:
    node.answer = answer
    with caplog.at_level(logging.DEBUG), pytest.raises(error) as raised:
        search(Connection((node.url,)))
    assert type(raised.value) is error
    assert advice in str(raised.value)
    assert raised.value.__suppress_context__, "a traceback would tell of the error that it was made of"
    assert SECRET not in str(raised.value) + caplog.text


def test_an_error_of_another_kind_is_none_of_the_cluster_s() -> None:
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


def test_a_node_that_is_gone_is_passed_over(node: Node, dead: str, caplog: pytest.LogCaptureFixture) -> None:
    connection = Connection((dead, node.url))
    for _ in range(10):
        search(connection)
    assert len(node.requests) == 10
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 1 and dead in said[0], "the log tells once of the node that fails"


def test_a_node_that_is_shut_out_of_the_cluster_is_passed_over(node: Node) -> None:
    with answering() as alone:
        alone.answer = failure(503, BLOCK)
        for _ in range(4):
            search(Connection((alone.url, node.url)))
    assert len(node.requests) == 4


def test_a_node_that_came_back_is_asked_again(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.opensearch.connection._DEAD", 0.05)
    with answering() as other:
        connection = Connection((other.url, node.url), timeout=4)
        other.answer = failure(503, BLOCK)
        for _ in range(2):
            search(connection)
        other.answer = OK
        time.sleep(0.1)
        other.requests.clear()
        for _ in range(4):
            search(connection)
        assert other.requests


def test_when_no_node_is_left_that_is_said(dead: str) -> None:
    with pytest.raises(ClusterUnavailable, match="No node of the cluster can be reached"):
        search(Connection((dead, dead.replace("127.0.0.1", "localhost"))))


@pytest.mark.parametrize("others", [0, 1, 2])
def test_nodes_that_hang_take_no_longer_than_the_timeout_together(node: Node, others: int) -> None:
    with ExitStack() as stack:
        nodes = [node, *(stack.enter_context(answering()) for _ in range(others))]
        for each in nodes:
            each.awake.clear()
        start = time.monotonic()
        with pytest.raises(ClusterUnavailable, match="did not answer in time"):
            search(Connection(tuple(each.url for each in nodes), timeout=0.4))
        assert 0.3 < time.monotonic() - start < 1.0


def test_a_node_that_hung_is_left_alone_for_a_while(node: Node) -> None:
    with answering() as hanging:
        hanging.awake.clear()
        connection, failed = Connection((hanging.url, node.url), timeout=0.3), 0
        for _ in range(6):
            try:
                search(connection)
            except ClusterUnavailable:
                failed += 1
        assert failed <= 2
        assert len(hanging.requests) == failed


def test_what_is_asked_for_one_answer_shares_its_time(node: Node) -> None:
    connection = Connection((node.url,), timeout=5)
    start = time.monotonic()
    with within(0.3):
        search(connection)
        node.awake.clear()
        for _ in range(2):
            with pytest.raises(ClusterUnavailable, match="did not answer in time"):
                search(connection)
    assert time.monotonic() - start < 1.0
    assert len(node.requests) == 2, "with no time left nothing is asked"
    node.awake.set()
    search(connection)


def test_a_rebuild_may_wait_for_longer(node: Node) -> None:
    connection = Connection((node.url,), timeout=0.2)
    node.awake.clear()
    threading.Timer(0.5, node.awake.set).start()
    with translated():
        assert connection.client(timeout=10).indices.refresh(index="pressok") == OK[1]


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_threads_share_a_client_and_processes_do_not(node: Node) -> None:
    connection = Connection((node.url,))
    assert connection.client() is Connection((node.url,)).client()
    assert connection.client() is not connection.client(timeout=60)
    search(connection)
    process = multiprocessing.get_context("fork").Process(target=search, args=(connection,))
    process.start()
    process.join(10)
    search(connection)
    assert process.exitcode == 0
    assert len(node.requests) == 3 and len(node.clients) == 2, "each has a connection of its own, and keeps it"


def test_the_password_is_sent_and_never_shown(node: Node) -> None:
    connection = Connection((node.url,), user="pressok", password="hemligt")
    assert "hemligt" not in repr(connection)
    assert connection.client().transport.kwargs["http_auth"] == ("pressok", "hemligt")


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl, which makes the certificate, is not installed")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=node"
    named = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made.split(), *named], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with answering(context) as node:
        search(Connection((node.url,), ca=certificate))
        for wrong in (
            Connection((node.url,)),
            Connection((node.url.replace("127.0.0.1", "localhost"),), ca=certificate),
        ):
            with pytest.raises(ClusterRefused, match="PRESSOK_OPENSEARCH_CA"):
                search(wrong)
        assert len(node.requests) == 1


def test_without_the_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(
        SettingsError, match=r"opensearchpy is missing. Install it: pip install 'pressok\[opensearch\]'"
    ):
        Connection(("http://127.0.0.1:9",), name="nobody").client()


def test_an_outage_is_a_kind_of_there_being_no_index() -> None:
    assert issubclass(ClusterUnavailable, IndexUnavailable) and issubclass(ClusterRefused, IndexUnavailable)
