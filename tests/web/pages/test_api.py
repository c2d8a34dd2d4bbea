"""The page about the API, and every example on it asked of the application."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.local import LocalEngine
from tests.web.fake import FakeEngine, NoEngine
from tests.web.html import Node, read
from web.api.operations import OPERATIONS, UPDATES
from web.app import create_app
from web.settings import Settings, Token

ClientOf = Callable[[Engine], FlaskClient]
DOCUMENTED = [operation for operation in OPERATIONS if operation.path.startswith("/api/")]


def page_of(client: FlaskClient, address: str = "/api") -> Node:
    response = client.get(address)
    assert response.status_code == 200
    return read(response.text)


def addresses(page: Node) -> list[str]:
    return [a.attrs["href"] or "" for a in page.all("a") if (a.attrs["href"] or "").startswith("/api/")]


def commands(page: Node) -> list[list[str]]:
    return [shlex.split(pre.text) for pre in page.all("pre") if pre.text.startswith("curl ")]


@pytest.mark.parametrize("address", ["/api", "/en/api"])
def test_every_operation_is_shown_with_every_parameter(client: FlaskClient, address: str) -> None:
    page = page_of(client, address)
    for operation in DOCUMENTED:
        section = page.one("section", **{"aria-labelledby": operation.name})
        assert section.all("code")[0].text == f"GET {operation.path}"
        rows = [th.one("code").text for th in section.all("th", scope="row")]
        assert rows == ["id"] * operation.by_id + [row.name for row in operation.parameters]
        assert all(td.text for td in section.all("td"))


def test_updates_are_shown_where_there_are_any(client: FlaskClient) -> None:
    page = page_of(create_app(FakeEngine(), Settings(token=Token.of("x" * 32))).test_client())
    for operation in UPDATES:
        section = page.one("section", **{"aria-labelledby": operation.name})
        assert section.all("code")[0].text == f"{operation.method.upper()} {operation.path}"
        command = shlex.split(next(pre.text for pre in section.all("pre") if pre.text.startswith("curl")))
        assert ("-X" in command) == (operation.method == "post")
        assert "Authorization: Bearer …" in command
    assert not [address for address in addresses(page) if "/update" in address], "a link would have no token"
    assert "update" not in {section.attrs.get("aria-labelledby") for section in page_of(client).all("section")}


def test_what_a_parameter_takes_is_said(client: FlaskClient) -> None:
    table = page_of(client).one("section", **{"aria-labelledby": "search"}).one("tbody")
    rows = {tr.one("code").text: tr.all("td")[0].text for tr in table.all("tr")}
    assert rows["sort"] == "relevance, newest, oldest; förval relevance"
    assert rows["size"] == "tal, 1 till 100; förval 20"
    assert (rows["in"], rows["year"]) == ("quotes", "YYYY")


def test_every_example_runs(client: FlaskClient) -> None:
    found = addresses(page_of(client))
    assert len(found) >= len(DOCUMENTED)
    for address in found:
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (200, "application/json"), address


def test_every_example_finds_something_in_the_releases_that_come_with_the_project(sample_data: Path) -> None:
    client = create_app(LocalEngine(sample_data)).test_client()
    for address in addresses(page_of(client)):
        answer = client.get(address).get_json()
        if "in=quotes" not in address:  # those releases quote nobody
            assert answer.get("hits", answer.get("suggestions", True)), address


@pytest.mark.corpus
def test_every_example_finds_something_in_the_real_corpus(corpus_data: Path) -> None:
    client = create_app(LocalEngine(corpus_data)).test_client()
    for address in addresses(page_of(client)):
        answer = client.get(address).get_json()
        assert answer.get("hits", answer.get("suggestions", True)), address


def test_every_command_asks_what_its_link_does_and_the_others_run_too(client: FlaskClient) -> None:
    page = page_of(client)
    for item in page.one("main").all("ul", class_="runs"):
        for example in item.all("li"):
            name, address = shlex.split(example.one("pre").text)
            assert (name, address) == ("curl", f"http://localhost{example.one('a').attrs['href']}")
    asked = [command[-1] for command in commands(page)]
    assert len(asked) == len(addresses(page)) + 2
    for address in asked:
        parts = urlsplit(address)
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200


def test_the_answers_shown_are_json(client: FlaskClient) -> None:
    shown = [json.loads(details.one("pre").text) for details in page_of(client).all("details")]
    assert len(shown) == len(DOCUMENTED) - 1
    assert all(shown)


def test_it_works_below_another_address(client: FlaskClient) -> None:
    page = read(client.get("/api", base_url="https://example.se/sok").text)
    assert addresses(page) == []
    links = [a.attrs["href"] or "" for a in page.all("a")]
    assert "/sok/api/v1/search?q=segregation" in links
    assert ["curl", "https://example.se/sok/api/v1/search?q=segregation"] in commands(page)


def test_without_an_index_it_leaves_out_only_the_examples_that_need_a_release(client_of: ClientOf) -> None:
    page = page_of(client_of(NoEngine()))
    assert not [address for address in addresses(page) if "releases" in address]
    assert len(page_of(client_of(FakeEngine(()))).all("section")) == len(page.all("section"))


def test_it_is_linked_from_the_foot_of_every_page(client: FlaskClient) -> None:
    for address, leads_to in (("/", "/api"), ("/en/help", "/en/api"), ("/releases/none", "/api")):
        foot = read(client.get(address).text).one("footer")
        assert leads_to in [a.attrs["href"] for a in foot.all("a")]
