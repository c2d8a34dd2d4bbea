"""What every answer tells browsers, what is refused unread, and what is believed of proxies."""

import pytest
from flask.testing import FlaskClient

from tests.web.fake import FakeEngine
from web.app import create_app
from web.middleware.security import MAX_BODY, POLICY
from web.settings import Settings

EVERY_KIND = [
    *("/", "/?page=0", "/releases/p.2018.bostad", "/releases/x", "/en/help", "/nothing", "/static/x/css/base.css"),
    *("/api/v1/search", "/api/v1/search?page=0", "/api/v1/openapi.json", "/feed.atom", "/export.csv", "/export.jsonl"),
    *("/opensearch.xml", "/sitemap.xml", "/healthz"),
]


def behind(proxies: int, **more: str) -> FlaskClient:
    return create_app(FakeEngine(), Settings(proxies=proxies, rate=0, **more)).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("address", EVERY_KIND)
def test_every_answer_has_every_header(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == dict(POLICY)
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert not any(word in text for text in policy.values() for word in ("unsafe", "*", "http", "data:", "blob:"))
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    for_programs = address.startswith(("/api/", "/feed", "/export", "/opensearch"))
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if for_programs else "same-origin")
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


def test_a_browser_that_came_by_https_is_told_to_stay(client: FlaskClient) -> None:
    told = client.get("/", base_url="https://localhost").headers
    assert told["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize("host", ['x"><script>', "a b", "user@host", "host:x", "[::1", "a/b", "é"])
@pytest.mark.parametrize("address", ["/", "/feed.atom", "/api/v1/search"])
def test_a_host_that_is_none_is_refused(client: FlaskClient, host: str, address: str) -> None:
    assert client.get(address, environ_overrides={"HTTP_HOST": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "www.example.org:8000", "127.0.0.1", "[::1]:80", "sok_ny.example"])
def test_any_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/feed.atom", environ_overrides={"HTTP_HOST": host}).status_code == 200


def test_a_body_is_not_read(client: FlaskClient) -> None:
    assert client.get("/", data=b"x" * MAX_BODY).status_code == 200
    page = client.get("/", data=b"x" * (MAX_BODY + 1))
    assert (page.status_code, "inte att skicka" in page.text) == (413, True)
    answer = client.get("/api/v1/status", data=b"x" * (MAX_BODY + 1))
    assert (answer.status_code, answer.json["error"]["code"]) == (413, "too_large")  # type: ignore[index]
    endless = client.get("/", environ_overrides={"HTTP_TRANSFER_ENCODING": "chunked"})
    assert endless.status_code == 413


def test_a_facet_has_so_many_values_at_most(client: FlaskClient) -> None:
    many = {"minister": [f"m{n}" for n in range(101)]}
    answer = client.get("/api/v1/search", query_string=many)
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "too_many_values")  # type: ignore[index]
    assert "högst 100 värden" in client.get("/", query_string=many).text
    assert client.get("/api/v1/search", query_string={"minister": many["minister"][:100]}).status_code == 200


FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "sok.example.org",
    "X-Forwarded-Prefix": "/press",
}


def links(client: FlaskClient, headers: dict[str, str]) -> str:
    return client.get("/feed.atom", headers=headers).text


def test_no_proxy_is_believed_unless_there_is_one() -> None:
    assert "sok.example.org" not in links(behind(0), FORWARDED)
    assert 'href="https://sok.example.org/press/feed.atom"' in links(behind(1), FORWARDED)
    assert "max-age" in behind(1).get("/", headers=FORWARDED).headers["Strict-Transport-Security"]


def test_of_several_proxies_the_outermost_is_believed_and_not_who_asks() -> None:
    lied = {name: f"lie.example, {value}" for name, value in FORWARDED.items()}
    assert "lie.example" not in links(behind(1), lied)
    through_two = {name: f"lie.example, {value}, inner.example" for name, value in FORWARDED.items()}
    assert 'href="https://sok.example.org/press/feed.atom"' in links(behind(2), {
        **through_two, "X-Forwarded-Prefix": "/lie, /press, /",
    })  # fmt: skip
    assert "sok.example.org" not in links(behind(2), FORWARDED)


def test_the_operators_name_for_the_service_wins_over_every_other() -> None:
    client = behind(1, url="https://pressok.example")
    for headers in ({}, {"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}):
        for address in ("/feed.atom", "/sitemap.xml", "/opensearch.xml", "/export.ris", "/releases/p.2018.bostad"):
            text = client.get(address, headers=headers).text
            assert "evil.example" not in text
            assert "localhost" not in text
        assert "https://pressok.example/feed.atom" in links(client, headers)
