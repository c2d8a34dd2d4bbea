import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from openapi_spec_validator import validate

from search.engine import Engine
from search.page import Offer
from tests.web.fake import FakeEngine
from web import params
from web.api import examples, openapi
from web.api.operations import OPERATIONS, UPDATES, Operation
from web.app import create_app
from web.settings import Settings, Token

DOCUMENT = openapi.document()
ADDRESSES = {
    "SearchResult": ["/search", "/search?q=uppdrag&minister=x&from=2016&to=2018&size=1", "/search?q=xyzzy"],
    "Release": ["/releases/p.2018.bostad", "/releases/p.ond"],
    "Similar": ["/releases/p.span/similar"],
    "Versions": ["/releases/p.2018.bostad/versions", "/releases/p.ond/versions"],
    "Suggestions": ["/suggest?q=upp"],
    "Status": ["/status"],
    "OpenApi": ["/openapi.json"],
    "Error": ["/search?page=0", "/nothing", "/releases/x"],
}


def closed(schema: Any) -> Any:
    """The schema with no field allowed that it does not describe: what we send must be documented."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found


def check(answer: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": closed(DOCUMENT["components"])}
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer)


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


def test_every_address_for_programs_is_described() -> None:
    """All but pages, their English twins, static files and what crawlers ask for; with an ending it is no page."""
    rules = [
        r
        for r in create_app(FakeEngine()).url_map.iter_rules()
        if not r.endpoint.startswith(("en.", "assets.", "sitemap."))
    ]
    described = [r.rule for r in rules if "." in r.rule or not r.endpoint.startswith("pages.")]
    assert {re.sub("<release_id>", "{id}", rule) for rule in described} == set(DOCUMENT["paths"])


def test_updates_are_described_where_there_are_any() -> None:
    app = create_app(FakeEngine(), Settings(token=Token.of("x" * 32)))
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    validate(document)
    rules = {re.sub("<update_id>", "{id}", r.rule) for r in app.url_map.iter_rules() if "/update" in r.rule}
    assert rules == document["paths"].keys() - DOCUMENT["paths"].keys() == {operation.path for operation in UPDATES}
    for operation in UPDATES:
        described = document["paths"][operation.path][operation.method]
        assert described["security"] == [{name: []} for name in document["components"]["securitySchemes"]]
        assert {str(operation.status), "401"} <= described["responses"].keys()
        for response in described["responses"].values():
            content = response["content"]["application/json"]
            check(content["example"], content["schema"]["$ref"].rpartition("/")[2])
    assert "securitySchemes" not in DOCUMENT["components"]


def test_every_operation_is_told_of_once() -> None:
    names = [operation.name for operation in OPERATIONS + UPDATES]
    assert len(set(names)) == len(names)
    assert all(operation.summary and operation.description for operation in OPERATIONS + UPDATES)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_headers_are_as_described(client: FlaskClient, operation: Operation) -> None:
    response = client.get(operation.path.replace("{id}", "p.span") + ("?q=u" if operation.name == "suggest" else ""))
    described = DOCUMENT["paths"][operation.path]["get"]["responses"]["200"]
    assert response.status_code == 200
    assert response.mimetype in described["content"]
    assert set(described.get("headers", ())) <= {name for name, _ in response.headers}
    assert ("ETag" in response.headers) is operation.decided


def test_links_lead_from_a_hit_to_the_release_and_to_those_like_it(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=segregation")
    links = DOCUMENT["paths"]["/api/v1/search"]["get"]["responses"]["200"]["links"]
    assert links.keys() == {"release", "similar", "versions"}
    for link in links.values():
        path = next(o.path for o in OPERATIONS if o.name == link["operationId"])
        assert link["parameters"] == {"id": "$response.body#/hits/0/id"}
        assert client.get(path.replace("{id}", found.get_json()["hits"][0]["id"])).status_code == 200


def test_every_parameter_that_is_read_is_described() -> None:
    described = DOCUMENT["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [p["name"] for p in described if p["in"] == "query"] == [p.name for p in params.SEARCH]


def test_an_answer_with_offers_is_as_described(client_of: Callable[[Engine], FlaskClient]) -> None:
    client = client_of(FakeEngine(offers=(Offer("year", "2018", "2018"),)))
    answer = json.loads(client.get("/api/v1/search?q=uppdrag").data)
    assert answer["offers"]
    check(answer, "SearchResult")


@pytest.mark.parametrize(("name", "address"), [(name, a) for name, rows in ADDRESSES.items() for a in rows])
def test_every_answer_is_as_described(client: FlaskClient, name: str, address: str) -> None:
    check(json.loads(client.get(f"/api/v1{address}").data), name)


def test_every_answer_has_a_right_example() -> None:
    for name, example in examples.EXAMPLES.items():
        check(example, name)
    for path in DOCUMENT["paths"].values():
        for status, response in path["get"]["responses"].items():
            assert response["description"], status
            content = response.get("content", {}).get("application/json")
            if content:
                check(content["example"], content["schema"]["$ref"].rpartition("/")[2])


def test_parameter_examples_are_understood(client: FlaskClient) -> None:
    sent = {row.name: row.example for row in params.SEARCH}
    assert client.get("/api/v1/search", query_string=sent).status_code == 200
