from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from tests.web.fake import BrokenEngine, FakeEngine, NoEngine

ClientOf = Callable[[Engine], FlaskClient]


@pytest.mark.parametrize(
    "address", ["/", "/releases/x", "/?page=0", "/api/v1/status", "/static/x/css/base.css", "/en/", "/healthz"]
)
def test_every_answer_is_locked_down(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; ")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in response.headers


def test_alive_and_ready(client: FlaskClient, client_of: ClientOf) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert client.get("/readyz").status_code == 200
    down = client_of(NoEngine())
    assert down.get("/healthz").status_code == 200
    assert down.get("/readyz").status_code == 503
    assert "pressok rebuild" in down.get("/readyz").text


class Forgetful(FakeEngine):
    """An engine that finds what it can't give out."""

    def get(self, release_id: str) -> None:
        return None


@pytest.mark.parametrize("engine", [Forgetful(), BrokenEngine()])
def test_an_index_that_does_not_answer_is_not_ready(client_of: ClientOf, engine: Engine) -> None:
    answer = client_of(engine).get("/readyz")
    assert (answer.status_code, answer.text) == (503, "The index does not answer; the log says more.\n")


def test_an_empty_index_is_ready(client_of: ClientOf) -> None:
    assert client_of(FakeEngine(())).get("/readyz").status_code == 200
