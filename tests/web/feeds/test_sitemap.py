import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from search.engine import Engine
from search.query import Query
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.feeds.schemas import find, read, texts
from web import params
from web.app import create_app
from web.feeds import sitemap

ClientOf = Callable[[Engine], FlaskClient]


def may_read(robots: str, address: str) -> bool:
    """Whether RFC 9309 (section 2.2.2) lets a reader ask for it, where nothing is allowed by name."""
    closed = re.findall("^Disallow: (.+)$", robots, re.MULTILINE)
    return not any(re.match(re.escape(path).replace(r"\*", ".*"), address) for path in closed)


def addresses(client: FlaskClient) -> list[str]:
    """Every address of the site map, parts and all."""
    parts = texts(read(client.get("/sitemap.xml").data, "sitemap"), "map:sitemap/map:loc")
    return [a for part in parts for a in texts(read(client.get(part).data, "sitemap"), "map:url/map:loc")]


def test_every_release_is_in_the_site_map(client: FlaskClient) -> None:
    found = addresses(client)
    assert {f"http://localhost/releases/{d.release.id}" for d in DOCUMENTS} <= set(found)
    assert len(found) == len(set(found))
    assert all(a.startswith("http://localhost/") for a in found)


def test_so_are_the_pages_of_which_there_is_one(client: FlaskClient) -> None:
    found = addresses(client)
    for path in ("", "help", "ministers/test-testsson", "departments/finansdepartementet", "agencies/boverket"):
        assert f"http://localhost/{path}" in found


def test_a_release_is_listed_with_when_it_changed(client: FlaskClient) -> None:
    (url, *_) = find(read(client.get("/sitemaps/1.xml").data, "sitemap"), "map:url[contains(map:loc, 'bostad')]")
    assert texts(url, "map:lastmod") == ["2024-01-02T10:00:00Z"]


def test_a_long_list_is_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(client)
    monkeypatch.setattr(sitemap, "CHUNK", 3)
    parts = texts(read(client.get("/sitemap.xml").data, "sitemap"), "map:sitemap/map:loc")
    assert [p.rpartition("/")[2] for p in parts] == ["pages.xml", "1.xml", "2.xml"]
    assert addresses(client) == whole
    for number in ("0", "3", "-1", "01", "x", "²", "9" * 5000):
        assert client.get(f"/sitemaps/{number}.xml").status_code == 404


def test_a_part_is_never_too_long() -> None:
    assert sitemap.CHUNK <= 50_000


@pytest.mark.parametrize("address", ["/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/1.xml"])
def test_who_has_it_of_this_generation_is_not_sent_it_again(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"If-None-Match": client.get(address).headers["ETag"]})
    assert (response.status_code, response.data) == (304, b"")


@dataclass
class Counting(FakeEngine):
    read: int = 0

    def export(self, query: Query) -> Iterator[Document]:
        for document in super().export(query):
            self.read += 1
            yield document


def test_it_is_sent_while_it_is_read(client_of: ClientOf) -> None:
    first = DOCUMENTS[0]
    many = tuple(replace(first, release=replace(first.release, id=f"p.{n}")) for n in range(2000))
    engine = Counting(many)
    with client_of(engine).get("/sitemaps/1.xml") as response:
        begun = next(response.iter_encoded())
        assert engine.read < 1000
        assert begun.startswith(b"<?xml")


@settings(max_examples=50)
@given(
    st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), min_size=1).filter(
        lambda s: s not in ".."
    )
)
def test_whatever_an_id_holds_its_address_is_right(release_id: str) -> None:
    odd = replace(DOCUMENTS[0], release=replace(DOCUMENTS[0].release, id=release_id))
    client = create_app(FakeEngine((odd,))).test_client()
    (address,) = texts(read(client.get("/sitemaps/1.xml").data, "sitemap"), "map:url/map:loc")
    assert unquote(address) == f"http://localhost/releases/{release_id}"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/help",
        "/?q=skola",
        "/releases/p.2018.bostad",
        "/en/releases/p.ond",
        "/feed.atom?q=skola",
        "/ministers/x",
    ],
)
def test_pages_may_be_read(client: FlaskClient, address: str) -> None:
    assert may_read(client.get("/robots.txt").text, address)


@pytest.mark.parametrize(
    "address",
    [
        *("/facets/minister", "/en/facets/agency?q=a", "/export.csv", "/en/export.jsonl?q=a", "/api/v1/search?q=a"),
        *("/releases/p.ond?q=uppdrag", "/en/releases/p.ond?q=a", "/suggest.json?q=a"),
        *(f"/?q=a&{row.name}=x" for row in params.SEARCH if row.name != "q"),
        *(f"/en/?{row.name}=x" for row in params.SEARCH if row.name != "q"),
    ],
)
def test_what_has_no_end_need_not_be_read(client: FlaskClient, address: str) -> None:
    assert not may_read(client.get("/robots.txt").text, address)


def test_everything_in_the_site_map_may_be_read(client: FlaskClient) -> None:
    robots = client.get("/robots.txt")
    assert robots.content_type == "text/plain; charset=utf-8"
    assert "\nSitemap: http://localhost/sitemap.xml\n" in robots.text
    assert all(may_read(robots.text, a.removeprefix("http://localhost")) for a in addresses(client))
