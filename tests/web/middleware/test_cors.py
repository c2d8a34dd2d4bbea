import pytest
from flask.testing import FlaskClient

SITE = {"Origin": "https://other.example"}


@pytest.mark.parametrize(
    "address",
    [
        *("/api/v1/search", "/api/v1/releases/p.span", "/api/v1/openapi.json"),
        *("/api/v1/search?page=0", "/api/v1/releases/none", "/api/v1/none"),
    ],
)
def test_any_site_may_read_the_api_and_its_errors(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers=SITE)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Expose-Headers"] == "ETag"
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("address", ["/feed.atom", "/en/feed.atom", "/export.csv", "/export.jsonl", "/opensearch.xml"])
def test_so_it_may_what_is_made_for_programs(client: FlaskClient, address: str) -> None:
    assert client.get(address, headers=SITE).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/", "/en/", "/help", "/releases/p.span", "/healthz", "/api", "/none"])
def test_pages_are_not_for_other_sites_scripts(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers=SITE)
    assert not [name for name, _ in response.headers if name.startswith("Access-Control-")]


def test_who_has_what_is_unchanged_may_read_that_too(client: FlaskClient) -> None:
    tag = client.get("/api/v1/search").headers["ETag"]
    response = client.get("/api/v1/search", headers={**SITE, "If-None-Match": tag})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (304, "*")


def test_a_browser_that_asks_first_is_answered(client: FlaskClient) -> None:
    asked = {**SITE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    response = client.options("/api/v1/search", headers=asked)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"].split(", ")
    assert int(response.headers["Access-Control-Max-Age"]) > 0
