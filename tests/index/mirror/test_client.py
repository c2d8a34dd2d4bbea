import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from index.errors import FetchError
from index.mirror import Client, Manners
from index.mirror.answers import NotGiven
from tests.index.mirror import server
from tests.index.mirror.conftest import HASTY
from tests.index.mirror.server import Archive, Fault, failing, moved, saying

PAGE = "tal/2024/01/tal-1.md"
ROOM = 10_000


class Patient(Client):
    """A client that notes how long it would have waited."""

    def __init__(self, archive: Archive, manners: Manners = HASTY, **more: Any) -> None:
        self.waits: list[float] = []
        super().__init__(archive.url, "Pressok/test (+nobody)", manners, sleep=self.waits.append, **more)


@pytest.fixture
def client(archive: Archive) -> Iterator[Patient]:
    patient = Patient(archive)
    yield patient
    patient.close()


def test_a_file_comes_with_what_is_needed_to_ask_whether_it_changed(client: Patient, archive: Archive) -> None:
    answer = client.get(PAGE, ROOM)
    assert answer.body == archive.files[f"/{PAGE}"]
    again = client.get(PAGE, ROOM, etag=answer.etag)
    assert (again.status, again.body, again.is_there) == (304, b"", True)
    assert client.get("tal/finns-inte.md", ROOM).is_there is False


@pytest.mark.parametrize("how", [server.packed, server.in_pieces])
def test_an_answer_may_come_packed_or_in_pieces(client: Patient, archive: Archive, how: Fault) -> None:
    archive.faults[f"/{PAGE}"] = [how]
    assert client.get(PAGE, ROOM).body == archive.files[f"/{PAGE}"]
    assert client.get(PAGE, ROOM).body == archive.files[f"/{PAGE}"]
    assert archive.connections == 1


PASSING = {
    "500": (failing(500), "the server answered 500 Internal Server Error"),
    "503": (failing(503), "the server answered 503 Service Unavailable"),
    "429": (failing(429), "the server answered 429 Too Many Requests"),
    "cut": (server.cut, "it was cut before its end"),
    "cut in pieces": (server.cut_in_pieces, "it was cut before its end"),
    "cut and packed": (server.cut_packed, "it was cut before its end"),
    "badly packed": (saying(b"# Not packed\n", Content_Encoding="gzip"), "it can't be unpacked"),
    "babbling": (server.babbling, "the server does not speak HTTP as it should"),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_may_pass_is_tried_again(client: Patient, archive: Archive, name: str) -> None:
    archive.faults[f"/{PAGE}"] = [PASSING[name][0]] * 4
    assert client.get(PAGE, ROOM).body == archive.files[f"/{PAGE}"]
    assert len(archive.requests) == 5


@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_given_up_with_its_reason(client: Patient, archive: Archive, name: str) -> None:
    fault, reason = PASSING[name]
    archive.always[f"/{PAGE}"] = fault
    with pytest.raises(NotGiven, match=rf"{reason}.* \(5 tries\)"):
        client.get(PAGE, ROOM)
    assert len(archive.requests) == 5
    assert client.get("tal/2024/01/tal-2.md", ROOM).status == 200  # the next request is not spoilt by it


SLOW = {
    "silent": (server.silent, {"read": 0.2}, "does not answer in time"),
    "dripping": (server.dripping, {"whole": 0.3}, "took longer than 0.3 s"),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_slow_answer_is_not_waited_for(archive: Archive, name: str) -> None:
    fault, limits, reason = SLOW[name]
    archive.always[f"/{PAGE}"] = fault
    client = Patient(archive, replace(HASTY, tries=2, **limits))
    with pytest.raises(NotGiven, match=reason):
        client.get(PAGE, 10_000_000)


LASTING = {
    "403": (failing(403), "the server answered 403 Forbidden"),
    "an invented status": (failing(599), "the server answered 599"),
    "no length": (server.without_length, "does not say how long"),
    "too long": (saying(b"x" * (ROOM + 1)), "larger than 0.01 MB"),
    "endless": (server.endless, "larger than 0.01 MB"),
    "too long when unpacked": (lambda handler, body: server.packed(handler, b"x" * 99_999), "larger than 0.01 MB"),
    "packed otherwise": (saying(b"?", Content_Encoding="br"), "packed in a way that was not asked for: br"),
    "another host": (moved("http://example.invalid/tal.md"), "redirected to another host: http://example"),
    "another port": (moved("http://127.0.0.1:9/tal.md"), "redirected to another host"),
    "no address": (moved("http://[broken/"), "redirected to another host"),
    "nowhere": (moved(""), "redirected to nowhere"),
    "a file": (moved("file:///etc/passwd"), "redirected to another host"),
    "a circle": (moved(f"/{PAGE}"), "redirected more than 3 times"),
}


@pytest.mark.parametrize("name", LASTING)
def test_what_will_not_pass_is_not_tried_again(client: Patient, archive: Archive, name: str) -> None:
    fault, reason = LASTING[name]
    archive.always[f"/{PAGE}"] = fault
    with pytest.raises(NotGiven, match=reason):
        client.get(PAGE, ROOM)
    assert client.waits == []
    assert len(archive.requests) == (4 if name == "a circle" else 1)
    assert client.get("tal/2024/01/tal-2.md", ROOM).status == 200


def test_a_redirect_within_the_host_is_followed(client: Patient, archive: Archive) -> None:
    archive.files["/ny.md"] = b"# Ny\n"
    archive.faults[f"/{PAGE}"] = [moved("/ny.md"), moved(f"{archive.url}/ny.md")]
    assert [client.get(PAGE, ROOM).body for _ in range(2)] == [b"# Ny\n"] * 2


def test_waits_double_up_to_a_limit_and_are_shortened_by_chance(archive: Archive) -> None:
    archive.always[f"/{PAGE}"] = failing(500)
    manners = replace(HASTY, tries=6, first_wait=2, longest_wait=10)
    for chance, expected in ((0.0, [2, 4, 8, 10, 10]), (1.0, [1, 2, 4, 5, 5])):
        client = Patient(archive, manners, chance=lambda chance=chance: chance)
        with pytest.raises(NotGiven):
            client.get(PAGE, ROOM)
        assert client.waits == expected


def test_the_server_is_left_alone_for_as_long_as_it_asks(client: Patient, archive: Archive) -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    for said, low, high in (("7", 7, 7), (at, 90, 100), ("soon", 0, 0), ("-1", 0, 0)):
        archive.faults[f"/{PAGE}"] = [failing(503, Retry_After=said)]
        client.waits.clear()
        client.get(PAGE, ROOM)
        assert low <= client.waits[0] <= high, said


@pytest.mark.parametrize("said", ["301", "9" * 50, "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_server_that_asks_for_long_ends_the_run(client: Patient, archive: Archive, said: str) -> None:
    archive.faults[f"/{PAGE}"] = [failing(429, Retry_After=said)]
    with pytest.raises(FetchError, match="asks to be left alone for"):
        client.get(PAGE, ROOM)
    assert (client.waits, len(archive.requests)) == ([], 1)


def test_all_waits_together_have_a_limit(archive: Archive) -> None:
    archive.always[f"/{PAGE}"] = failing(500)
    client = Patient(archive, replace(HASTY, first_wait=10, waits=45), chance=lambda: 0.0)
    with pytest.raises(FetchError, match="kept failing"):
        client.get(PAGE, ROOM)
    assert client.waits == [10, 20]


def test_there_is_a_delay_between_two_requests_but_not_before_the_first(archive: Archive) -> None:
    client = Patient(archive, replace(HASTY, delay=60))
    client.get(PAGE, ROOM)
    assert client.waits == []
    client.get(PAGE, ROOM)
    assert 55 < client.waits[0] <= 60
    client.close()


def test_a_connection_that_the_server_closed_is_made_anew(client: Patient, archive: Archive) -> None:
    archive.faults[f"/{PAGE}"] = [saying(b"# A\n", Connection="close")]
    assert [client.get(PAGE, ROOM).status for _ in range(3)] == [200] * 3
    assert (archive.connections, client.waits) == (2, [])


def test_tls_goes_over_the_proxy_of_the_environment(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def refuse(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        server.answer(handler, 407, b"")

    handler: Callable[..., object] = type("Proxy", (server._Handler,), {"archive": archive, "do_CONNECT": refuse})
    with server._Server(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_address[1]}")
        monkeypatch.setenv("no_proxy", "")
        client = Client("https://archive.invalid", "Pressok/test", HASTY, sleep=lambda _: None)
        with pytest.raises(NotGiven, match="can't be reached: Tunnel connection failed: 407"):
            client.get(PAGE, ROOM)
        proxy.shutdown()
    assert set(asked) == {"archive.invalid:443"}
