import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]
from openapi_spec_validator import validate
from schemathesis.checks import CHECKS

from search.engine import Engine
from search.page import Offer
from tests.web.fake import DOCUMENTS, FakeEngine
from web import examples, openapi, params
from web.app import create_app

DOCUMENT = openapi.document()
ADDRESSES = {
    "SearchResult": ["/search", "/search?q=uppdrag&minister=x&from=2016&to=2018&size=1", "/search?q=xyzzy"],
    "Release": ["/releases/p.2018.bostad", "/releases/p.ond"],
    "Similar": ["/releases/p.span/similar"],
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


def test_every_route_below_api_is_described() -> None:
    rules = [r for r in create_app(FakeEngine()).url_map.iter_rules() if r.rule.startswith("/api/")]
    assert {re.sub("<release_id>", "{id}", r.rule) for r in rules} == set(DOCUMENT["paths"])


def test_every_parameter_that_is_read_is_described() -> None:
    described = DOCUMENT["paths"]["/api/v1/search"]["get"]["parameters"]
    assert [p["name"] for p in described] == [p.name for p in params.SEARCH]


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
            content = response["content"]["application/json"]
            check(content["example"], content["schema"]["$ref"].rpartition("/")[2])
            assert response["description"], status


def test_parameter_examples_are_understood(client: FlaskClient) -> None:
    sent = {row.name: row.example for row in params.SEARCH}
    assert client.get("/api/v1/search", query_string=sent).status_code == 200


EXAMPLE = replace(DOCUMENTS[0], release=replace(DOCUMENTS[0].release, id=examples.RELEASE_ID))
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(FakeEngine((*DOCUMENTS, EXAMPLE))))

# Some well-formed requests are refused for what no schema can say: 30 February, a page beyond the depth
# that can be paged to, the last day before the first.
NOT_HELD: list[Any] = [CHECKS.get_one("positive_data_acceptance")]


@schema.parametrize()
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_is_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(excluded_checks=NOT_HELD)
