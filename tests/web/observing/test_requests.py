import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.fake import BrokenEngine, FakeEngine
from web.app import create_app
from web.observing.logs import Lines
from web.observing.requests import Observed, Telling, identity
from web.settings import Settings


@dataclass
class Noted:
    """Figures that are kept as they come."""

    working: int = 0
    ended: list[tuple[str, str, str]] = field(default_factory=list)
    hits: list[int] = field(default_factory=list)

    def begin(self) -> None:
        self.working += 1

    def end(self, endpoint: str, method: str, status: str, seconds: float) -> None:
        assert 0 < seconds < 60
        self.working -= 1
        self.ended.append((endpoint, method, status))

    def found(self, hits: int) -> None:
        self.hits.append(hits)


def observed(engine: Any, noted: Noted, **chosen: Any) -> FlaskClient:
    app = create_app(Telling(engine))  # type: ignore[arg-type]
    Observed.around(app, noted, Settings(**chosen))
    app.test_client_class = Whole
    return app.test_client()


class Whole(FlaskClient):
    """A client that fetches answers to their end, as servers do."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **kwargs, buffered=True)


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What the log says while a test runs."""
    told: list[dict[str, Any]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(json.loads(Lines().format(record)))

    handler, root = Keep(), logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield told
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize(
    ("address", "endpoint", "status"),
    [
        ("/api/v1/search?q=bostad", "/api/v1/search", "200"),
        ("/en/releases/p.span", "/en/releases/<release_id>", "200"),
        ("/ministers/nobody-at-all", "/ministers/<key>", "404"),
        ("/secret-words", "other", "404"),
        ("/api/v1/search?page=0", "/api/v1/search", "400"),
    ],
)
def test_a_request_is_counted_by_the_template_of_its_address(address: str, endpoint: str, status: str) -> None:
    noted = Noted()
    observed(FakeEngine(), noted).get(address)
    assert noted.ended == [(endpoint, "GET", status)]
    assert noted.working == 0


def test_a_method_that_somebody_invents_is_no_label() -> None:
    noted = Noted()
    observed(FakeEngine(), noted).open("/", method="INVENTED")
    assert noted.ended == [("other", "other", "405")]


def test_hits_of_first_pages_are_counted_and_probes_are_not() -> None:
    noted = Noted()
    client = observed(FakeEngine(), noted)
    for address in ("/?q=bostad", "/api/v1/search?q=nothing", "/?q=uppdrag&page=2&size=1", "/readyz"):
        client.get(address)
    assert noted.hits == [1, 0]


def test_a_request_is_one_line_that_does_not_say_what_was_asked(lines: list[dict[str, Any]]) -> None:
    answer = observed(FakeEngine(), Noted()).get("/api/v1/search?q=bostad", headers={"X-Request-ID": "from-the-proxy"})
    (line,) = lines
    assert line.pop("ms") > 0
    assert line.pop("time").endswith("Z")
    assert line == {
        "level": "info",
        "message": "request",
        "id": "from-the-proxy",
        "method": "GET",
        "endpoint": "/api/v1/search",
        "status": 200,
        "bytes": len(answer.data),
        "generation": "000001",
    }
    assert answer.headers["X-Request-ID"] == "from-the-proxy"


def test_queries_and_clients_are_told_when_asked_for(lines: list[dict[str, Any]]) -> None:
    observed(FakeEngine(), Noted(), log_queries=True, log_clients=True).get("/api/v1/search?q=bostad")
    assert (lines[0]["query"], lines[0]["path"], lines[0]["client"]) == ("q=bostad", "/api/v1/search", "127.0.0.1")


def test_an_address_is_told_as_it_was_sent(lines: list[dict[str, Any]]) -> None:
    client = observed(FakeEngine(), Noted(), log_queries=True)
    client.get("/ministers/%C3%A5sa%0A%1B%25?q=100%25+%C3%A5")
    assert (lines[0]["path"], lines[0]["query"]) == ("/ministers/%C3%A5sa%0A%1B%25", "q=100%25+%C3%A5")


def test_an_error_is_told_with_its_place_under_the_id_of_its_request(lines: list[dict[str, Any]]) -> None:
    answer = observed(BrokenEngine(), Noted()).get("/api/v1/search?q=bostad")
    failed, line = lines
    assert answer.status_code == line["status"] == 500
    assert failed["id"] == line["id"] == answer.headers["X-Request-ID"]
    assert "in search" in failed["error"]
    assert failed["error"].endswith("RuntimeError")
    assert "a secret" not in failed["error"].replace('raise RuntimeError("a secret of the house")', "")
    assert "bostad" not in json.dumps(lines)


@pytest.mark.parametrize(
    "given", [None, "", "short", "x" * 65, "two words", 'a"quoted"one', "line\nbreak", "åäöåäöåäö"]
)
def test_an_id_that_does_not_look_like_one_is_replaced(given: str | None) -> None:
    assert identity(given) not in (given, identity(given))


def test_a_stream_is_passed_on_as_it_comes_and_told_of_at_its_end(lines: list[dict[str, Any]]) -> None:
    sent: list[str] = []

    def parts() -> Iterator[bytes]:
        for part in (b"one", b"two"):
            sent.append(part.decode())
            yield part

    noted = Noted()
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: app.response_class(parts()))
    Observed.around(app, noted, Settings())
    answer = app.test_client().get("/", buffered=False)
    stream = answer.iter_encoded()
    assert (next(stream), sent, lines) == (b"one", ["one"], [])
    assert list(stream) == [b"two"]
    answer.close()
    assert (lines[0]["bytes"], noted.working) == (6, 0)


def test_what_fails_outside_of_the_framework_is_told_of_too() -> None:
    def broken(environ: Any, start_response: Any) -> Any:
        raise OSError("gone")

    noted = Noted()
    with pytest.raises(OSError, match="gone"):
        Observed(broken, noted, Settings())({"REQUEST_METHOD": "GET"}, lambda *_: lambda _: None)
    assert noted.ended == [("other", "GET", "500")]
