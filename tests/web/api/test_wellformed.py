from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.fake import FakeEngine
from web.api.wellformed import require
from web.app import create_app
from web.params import MAX_LENGTH, ParameterError

ROUTES = {
    "search": "/api/v1/search?q=",
    "suggest": "/api/v1/suggest?q=",
    "minister": "/api/v1/search?minister=",
    "release": "/api/v1/releases/p.span?q=",
    "status": "/api/v1/status?q=",
}


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("%ff", "not UTF-8"),
        ("%ED%A0%80", "not UTF-8"),
        ("a%C3", "not UTF-8"),
        ("100%", "write %25"),
        ("%zz", "write %25"),
        ("a%00b", "U+0000"),
        ("%1b[31m", "U+001B"),
        ("%7f", "U+007F"),
        ("%C2%85", "U+0085"),
    ],
)
def test_what_can_not_be_read_is_refused_by_name(client: FlaskClient, route: str, sent: str, said: str) -> None:
    response = client.get(ROUTES[route] + sent)
    error = response.get_json()["error"]
    name = "minister" if route == "minister" else "q"
    assert (response.status_code, error["code"], error["parameter"]) == (400, "malformed_parameter", name)
    assert error["message"].startswith(f"{name} can't be read: ") and said in error["message"]


@pytest.mark.parametrize(("sent", "name"), [("a%ff=1", "a\N{REPLACEMENT CHARACTER}"), ("q=1&%00=2", "\0")])
def test_a_name_that_can_not_be_read_is_shown_as_far_as_it_can(client: FlaskClient, sent: str, name: str) -> None:
    error = client.get(f"/api/v1/search?{sent}").get_json()["error"]
    assert (error["code"], error["parameter"]) == ("malformed_parameter", name)


def test_a_parameter_without_a_name_is_unknown(client: FlaskClient) -> None:
    response = client.get("/api/v1/search?=x")
    assert (response.status_code, response.get_json()["error"]["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("sent", ["", "?", "?q", "?q=", "?&&q=a", "?q=a%09b%0A", "?q=r%C3%A4tt+%2B1", "?q=100%25"])
def test_what_is_merely_odd_is_answered(client: FlaskClient, sent: str) -> None:
    assert client.get(f"/api/v1/search{sent}").status_code == 200


@pytest.mark.parametrize(("name", "route"), [("q", "search"), ("minister", "minister"), ("q", "suggest")])
def test_a_text_can_be_long_but_not_endless(client: FlaskClient, name: str, route: str) -> None:
    assert client.get(ROUTES[route] + quote("å" * MAX_LENGTH)).status_code == 200
    response = client.get(ROUTES[route] + quote("å" * (MAX_LENGTH + 1)))
    error = response.get_json()["error"]
    assert (response.status_code, error["code"], error["parameter"]) == (400, "too_long", name)
    assert str(MAX_LENGTH) in error["message"]


def test_a_page_says_that_a_text_is_too_long_and_bears_with_the_rest(client: FlaskClient) -> None:
    page = client.get("/?q=" + "a" * (MAX_LENGTH + 1))
    assert (page.status_code, "högst 500 tecken" in page.text) == (400, True)
    assert client.get("/?q=%ff%00&utm_source=x").status_code == 200


@pytest.mark.parametrize("id", ["%ff", "%00", "a%2Fb", "x" * 3000, "%F0%9F%92%A9"])
def test_an_odd_id_is_no_release(client: FlaskClient, id: str) -> None:
    for address in (f"/api/v1/releases/{id}", f"/api/v1/releases/{id}/similar"):
        response = client.get(address)
        assert (response.status_code, response.get_json()["error"]["code"]) == (404, "not_found")


@given(st.binary(max_size=60))
def test_whatever_is_sent_is_answered_or_refused_by_name(sent: bytes) -> None:
    """Any bytes as a query string: 200, or a 400 in our shape."""
    try:
        require(sent)
        refused = False
    except ParameterError:
        refused = True
    raw = sent.decode("latin-1")
    response = CLIENT.get("/api/v1/search", environ_overrides={"QUERY_STRING": raw})
    assert response.status_code in (200, 400)
    if response.status_code == 400:
        assert response.get_json()["error"]["parameter"] is not None
    else:
        assert not refused


CLIENT = create_app(FakeEngine()).test_client()
