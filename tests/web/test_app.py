from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from tests.web.fake import NoEngine

ClientOf = Callable[[Engine], FlaskClient]


@pytest.mark.parametrize("address", ["/", "/releases/x", "/?page=0", "/api/v1/status", "/static/style.css", "/healthz"])
def test_every_answer_is_locked_down(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in response.headers


def test_the_page_brings_its_own_style_and_icon(client: FlaskClient) -> None:
    for name, kind in (("style.css", "text/css"), ("icon.svg", "image/svg+xml")):
        with client.get(f"/static/{name}") as response:
            assert (response.status_code, response.mimetype) == (200, kind)


def test_the_style_asks_nothing_of_anyone_else(client: FlaskClient) -> None:
    with client.get("/static/style.css") as response:
        assert "url(" not in response.get_data(as_text=True)
        assert "@import" not in response.get_data(as_text=True)


def test_alive_and_ready(client: FlaskClient, client_of: ClientOf) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok\n")
    assert client.get("/readyz").status_code == 200
    down = client_of(NoEngine())
    assert down.get("/healthz").status_code == 200
    assert down.get("/readyz").status_code == 503
    assert "pressok rebuild" in down.get("/readyz").text
