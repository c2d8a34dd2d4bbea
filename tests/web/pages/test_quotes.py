"""Searching in what was said, on the page and in the API, with the real engine."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.local import LocalEngine
from tests.builders import publish
from tests.search.contract import DOCUMENTS
from tests.web.html import read
from web.app import create_app


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    publish(tmp_path, DOCUMENTS)
    return create_app(LocalEngine(tmp_path)).test_client()


def test_the_page_shows_the_quotation_and_who_said_it(client: FlaskClient) -> None:
    page = read(client.get("/?q=tåg&in=quotes&speaker=tva-tvasson").text)
    quote = page.one("figure", class_="quote")
    assert quote.one("blockquote").text == "Nya spår byggs till tåg"
    assert [m.text for m in quote.all("mark")] == ["tåg"]
    assert quote.one("figcaption").text == "Två Tvåsson"
    active = page.one("ul", class_="active")
    assert active.link("bara i citat") == "/?q=t%C3%A5g&speaker=tva-tvasson"
    assert active.link("Rensa alla") == "/?q=t%C3%A5g"


def test_those_who_are_quoted_are_a_facet(client: FlaskClient) -> None:
    page = read(client.get("/?q=citat:spår").text)
    facet = page.one("section", **{"aria-labelledby": "facet-speaker"})
    assert facet.one("h3").text == "Citerade"
    assert [li.one("span", class_="name").text for li in facet.all("li")] == ["Två Tvåsson"]


def test_the_api_tells_who_said_the_snippet(client: FlaskClient) -> None:
    answer = json.loads(client.get("/api/v1/search?q=spår&in=quotes").data)
    assert answer["query"]["in"] == "quotes"
    said = {hit["id"]: (hit["snippet"], hit["quote"]) for hit in answer["hits"]}
    assert said == {
        "f": (
            "Nya <mark>spår</mark> byggs till tåg",
            {"speaker": {"id": "tva-tvasson", "name": "Två Tvåsson"}},
        ),
        "g": ("Nya <mark>spår</mark>", {"speaker": None}),
    }
    assert [v["value"] for v in answer["facets"]["speaker"]] == ["tva-tvasson"]


def test_speakers_are_alternatives(client: FlaskClient) -> None:
    for names in ("speaker=ett-ettsson&speaker=tva-tvasson", "speaker=Ett+Ettsson&speaker=Tv%C3%A5+Tv%C3%A5sson"):
        answer = json.loads(client.get(f"/api/v1/search?q=tåg+fler&in=quotes&{names}").data)
        assert [hit["id"] for hit in answer["hits"]] == ["f", "g"]


def test_a_release_is_given_out_with_what_is_said_in_it(client: FlaskClient) -> None:
    release = json.loads(client.get("/api/v1/releases/f").data)
    assert release["quotes"] == [
        {"text": "Fler tåg ska gå", "speaker": {"id": "ett-ettsson", "name": "Ett Ettsson"}, "minister": False},
        {"text": "Nya spår byggs till tåg", "speaker": {"id": "tva-tvasson", "name": "Två Tvåsson"}, "minister": False},
    ]
