import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.page import Suggestion
from tests.web.fake import FakeEngine
from tests.web.feeds.schemas import find, read, text
from tests.web.html import read as read_page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_browser_can_add_the_service(client: FlaskClient, language: str) -> None:
    start = "" if language == "sv" else "/en"
    page = read_page(client.get(f"{start}/help").text)
    address = page.one("link", rel="search").attrs["href"]
    assert address == f"{start}/opensearch.xml"
    response = client.get(address)
    assert response.mimetype == page.one("link", rel="search").attrs["type"]
    told = read(response.data, "opensearch")
    assert text(told, "os:ShortName") == "Pressök"
    assert text(told, "os:Language") == language


def test_every_address_in_it_leads_somewhere(client: FlaskClient) -> None:
    for url in find(read(client.get("/en/opensearch.xml").data, "opensearch"), "os:Url"):
        template = url.get("template")
        assert template.startswith("http://localhost/en/")
        response = client.get(template.replace("{searchTerms}", "bostad%20%26%20mer"))
        assert (response.status_code, response.mimetype) == (200, url.get("type"))


def test_what_it_finds_is_what_was_typed(client: FlaskClient) -> None:
    told = read(client.get("/opensearch.xml").data, "opensearch")
    template = find(told, "os:Url[@type='text/html']")[0].get("template")
    page = read_page(client.get(template.replace("{searchTerms}", "bostad")).text)
    assert page.one("h1").text == "1 träff på bostad"


def test_below_a_mount_point_it_is_found_too(client: FlaskClient) -> None:
    told = client.get("/opensearch.xml", base_url="https://a.se/press").data
    template = find(read(told, "opensearch"), "os:Url[@type='text/html']")[0].get("template")
    assert template == "https://a.se/press/?q={searchTerms}"


class Suggesting(FakeEngine):
    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(f"{text}{end}", "title", None, 1) for end in ("a", "b", "a"))


def test_a_browser_gets_suggestions_in_its_own_format(client_of: Callable[[Engine], FlaskClient]) -> None:
    response = client_of(Suggesting()).get("/suggest.json?q= Bo ")
    assert response.mimetype == "application/x-suggestions+json"
    assert json.loads(response.data) == ["Bo", ["Boa", "Bob"]]
    assert json.loads(client_of(FakeEngine()).get("/suggest.json").data) == ["", []]
