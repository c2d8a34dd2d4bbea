from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.local import LocalEngine
from search.page import Page, Status
from search.query import Query
from tests.builders import publish
from tests.search.contract import DOCUMENTS
from tests.web.fake import BrokenEngine, FakeEngine, NoEngine
from web.app import create_app
from web.release import citations
from web.settings import Settings

ClientOf = Callable[[Engine], FlaskClient]

DECIDED = ["/", "/?q=uppdrag", "/en/?q=uppdrag", "/help", "/releases/p.span", "/api/v1/search?q=uppdrag"]
DECIDED += ["/robots.txt", "/sitemap.xml", "/sitemaps/1.xml"]
DECIDED += ["/api/v1/releases/p.span", "/api/v1/suggest?q=u", "/api/v1/status", "/api/v1/openapi.json"]


@dataclass
class Published(FakeEngine):
    """An engine that counts its searches, and over which another generation can be published."""

    generation: str = "000001"
    created: str = "2024-01-02T10:00:00Z"
    searches: int = 0
    publish_while_searching: str = ""

    def search(self, query: Query) -> Page:
        self.searches += 1
        self.generation = self.publish_while_searching or self.generation
        return super().search(query)

    def status(self) -> Status:
        return replace(super().status(), generation=self.generation, created=self.created)


def tag_of(client: FlaskClient, address: str = "/api/v1/search?q=uppdrag") -> str:
    return client.get(address).headers["ETag"]


def asked_again(client: FlaskClient, tag: str, address: str = "/api/v1/search?q=uppdrag") -> int:
    return client.get(address, headers={"If-None-Match": tag}).status_code


@pytest.mark.parametrize("address", DECIDED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_answer_is_told_that_it_still_holds(client: FlaskClient, address: str, method: str) -> None:
    tag = client.open(address, method=method).headers["ETag"]
    again = client.open(address, method=method, headers={"If-None-Match": tag})
    assert tag.startswith('W/"')
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == client.get(address).headers["Cache-Control"] == "no-cache, max-age=0"
    assert "Content-Type" not in again.headers


def test_nothing_is_searched_for_to_say_so() -> None:
    engine = Published()
    client = create_app(engine).test_client()
    tag = tag_of(client)
    assert (asked_again(client, tag), engine.searches) == (304, 1)
    assert (asked_again(client, '"other"'), engine.searches) == (200, 2)


@pytest.mark.parametrize("form", ["{}", '"x", {}', '{}, W/"y"', "*"])
def test_every_form_of_the_header_is_read(client: FlaskClient, form: str) -> None:
    assert asked_again(client, form.format(tag_of(client))) == 304


def test_a_tag_is_compared_weakly(client: FlaskClient) -> None:
    assert asked_again(client, tag_of(client).removeprefix("W/")) == 304


def test_every_address_language_and_host_has_its_own_tag(client: FlaskClient) -> None:
    addresses = ["/?q=uppdrag", "/en/?q=uppdrag", "/?q=skola", "/api/v1/search?q=uppdrag", "/api/v1/search?q=upp%64rag"]
    tags = [tag_of(client, address) for address in addresses]
    tags.append(client.get("/?q=uppdrag", base_url="http://other.example").headers["ETag"])
    assert len(set(tags)) == len(tags)


def test_another_generation_makes_every_answer_new() -> None:
    engine = Published()
    client = create_app(engine).test_client()
    tag = tag_of(client)
    engine.generation = "000002"
    assert asked_again(client, tag) == 200
    engine.generation, engine.created = "000001", "2025-01-01T00:00:00Z"  # the data folder was made anew
    assert asked_again(client, tag) == 200


def test_an_answer_from_a_generation_that_came_meanwhile_is_asked_for_once_more() -> None:
    engine = Published(publish_while_searching="000002")
    client = create_app(engine).test_client()
    tag = tag_of(client)
    assert engine.generation == "000002"
    assert asked_again(client, tag) == 200
    assert asked_again(client, tag_of(client)) == 304


def test_other_settings_make_every_answer_new() -> None:
    one, other = (create_app(FakeEngine(), Settings(workers=n)).test_client() for n in (1, 2))
    assert tag_of(one) != tag_of(other)


def test_a_release_is_cited_with_the_day_on_which_it_is_read(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citations, "today", lambda: date(2024, 2, 28))
    release, search = (tag_of(client, address) for address in ("/releases/p.span", "/?q=uppdrag"))
    monkeypatch.setattr(citations, "today", lambda: date(2024, 2, 29))
    assert "hämtad 29 februari 2024" in client.get("/releases/p.span").text
    assert (asked_again(client, release, "/releases/p.span"), asked_again(client, search, "/?q=uppdrag")) == (200, 304)


def test_a_new_generation_of_a_real_index_is_noticed(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS)
    client = create_app(LocalEngine(tmp_path)).test_client()
    tag = tag_of(client)
    assert asked_again(client, tag) == 304
    publish(tmp_path, DOCUMENTS[:1])
    assert asked_again(client, tag) == 200


@pytest.mark.parametrize("address", ["/api/v1/search?page=0", "/api/v1/releases/none", "/releases/none", "/none"])
def test_an_error_has_no_tag_and_is_an_error_for_those_who_ask_for_anything(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"If-None-Match": "*"})
    assert response.status_code in (400, 404)
    assert "ETag" not in response.headers
    assert "no-" in response.headers["Cache-Control"]


def test_without_an_index_nothing_has_a_tag(client_of: ClientOf) -> None:
    client = client_of(NoEngine())
    assert (client.get("/").status_code, client.get("/help").status_code) == (503, 200)
    assert all("ETag" not in client.get(address).headers for address in ("/", "/help", "/api/v1/search"))


def test_a_fault_of_ours_has_no_tag(client_of: ClientOf) -> None:
    response = client_of(BrokenEngine()).get("/api/v1/search")
    assert (response.status_code, "ETag" in response.headers) == (500, False)


def test_health_is_never_kept(client: FlaskClient) -> None:
    for address in ("/healthz", "/readyz"):
        response = client.get(address, headers={"If-None-Match": "*"})
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
        assert "ETag" not in response.headers
