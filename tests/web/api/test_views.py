import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.page import Offer
from tests.web.fake import BrokenEngine, FakeEngine, NoEngine

ClientOf = Callable[[Engine], FlaskClient]


def get(client: FlaskClient, address: str) -> Any:
    response = client.get(f"/api/v1{address}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    return json.loads(response.data)


def test_a_search_answers_in_the_promised_shape_and_order(client: FlaskClient) -> None:
    answer = get(client, "/search?q=uppdrag&minister=Test+Testsson&from=2017&to=2018-06")
    assert list(answer) == [
        *("query", "matching", "total", "total_pages", "took_ms", "hits", "facets"),
        *("suggestion", "corrected", "without_filter", "offers", "next"),
    ]
    assert answer["query"] == {
        "q": "uppdrag",
        "sort": "relevance",
        "page": 1,
        "size": 20,
        "filters": {"minister": ["test-testsson"]},
        "from": "2017-01-01",
        "to": "2018-06-30",
    }
    assert list(answer["facets"]) == ["minister", "department", "agency", "speaker", "type", "category", "year"]
    assert answer["facets"]["minister"] == [
        {"value": "test-testsson", "label": "Test Testsson", "count": 2, "selected": True}
    ]
    assert (answer["matching"], answer["total"], answer["total_pages"], answer["took_ms"]) == ("all", 2, 1, 0.25)


def test_a_hit(client: FlaskClient) -> None:
    (hit,) = get(client, "/search?q=segregation")["hits"]
    assert hit == {
        "id": "p.span",
        "url": "https://www.regeringen.se/p.span/",
        "title": "Uppdrag om segregation",
        "type": "pressmeddelande",
        "summary": "",
        "published": {"first": "2016-05-25", "last": "2019-01-20", "precision": "span"},
        "departments": [{"id": "finansdepartementet", "name": "Finansdepartementet"}],
        "ministers": [{"id": "test-testsson", "name": "Test Testsson"}],
        "agencies": [],
        "categories": [],
        "score": 1.5,
        "snippet": "Ett uppdrag om <mark>segregation</mark>.",
        "quote": None,
        "removed": None,
    }


def test_the_echo_names_only_what_was_given(client: FlaskClient) -> None:
    assert get(client, "/search")["query"] == {"q": "", "sort": "relevance", "page": 1, "size": 20, "filters": {}}


def test_a_hit_of_unknown_date_and_evil_text(client: FlaskClient) -> None:
    (hit,) = get(client, "/search?q=titel")["hits"]
    assert hit["published"] is None
    assert hit["title"] == "<script>alert(1)</script> titel"
    assert hit["snippet"] == "&lt;img src=x onerror=alert(2)&gt; uppdrag"


def test_a_corrected_spelling_is_said_and_can_be_refused(client_of: ClientOf) -> None:
    client = client_of(FakeEngine(suggestion="skola", corrected=True))
    answer = get(client, "/search?q=skloa&verbatim=0")
    assert (answer["query"]["q"], answer["suggestion"], answer["corrected"]) == ("skloa", "skola", True)
    assert [hit["id"] for hit in answer["hits"]] == ["p.2020.skola"]
    verbatim = get(client, "/search?q=skloa&verbatim=1")
    assert (verbatim["query"]["verbatim"], verbatim["corrected"], verbatim["total"]) == (True, False, 0)


def test_filters_that_leave_nothing_come_with_what_dropping_each_gives(client: FlaskClient) -> None:
    answer = get(client, "/search?q=skola&agency=skolverket&minister=test-testsson&from=2020")
    assert answer["without_filter"] == [
        {"filter": "minister", "values": ["test-testsson"], "labels": ["Test-Testsson"], "count": 1},
        {"filter": "agency", "values": ["skolverket"], "labels": ["Skolverket"], "count": 0},
        {"filter": "dates", "values": [], "labels": [], "count": 0},
    ]
    assert get(client, "/search?q=skola&agency=skolverket")["without_filter"] == []


def test_filters_that_the_words_name_are_offered_until_they_are_chosen(client_of: ClientOf) -> None:
    client = client_of(FakeEngine(offers=(Offer("minister", "test-testsson", "Test Testsson"),)))
    offered = [{"facet": "minister", "value": "test-testsson", "label": "Test Testsson"}]
    assert get(client, "/search?q=uppdrag")["offers"] == offered
    assert get(client, "/search?q=uppdrag&minister=prova-provsson")["offers"] == offered
    assert get(client, "/search?q=uppdrag&minister=test-testsson")["offers"] == []


def test_next_leads_through_the_whole_result(client: FlaskClient) -> None:
    address: str | None = "/api/v1/search?q=uppdrag&size=3"
    seen = []
    while address:
        answer = json.loads(client.get(address).data)
        seen += [hit["id"] for hit in answer["hits"]]
        address = answer["next"]
    assert sorted(seen) == ["p.2018.bostad", "p.2020.skola", "p.ond", "p.span"]


def test_an_unknown_value_finds_nothing_and_stays_chosen(client: FlaskClient) -> None:
    answer = get(client, "/search?minister=nobody")
    assert answer["total"] == 0
    assert {"value": "nobody", "label": "nobody", "count": 0, "selected": True} in answer["facets"]["minister"]


def test_letters_are_written_as_they_are(client: FlaskClient) -> None:
    assert "å" in client.get("/api/v1/search?q=å").text
    assert b"\\u" not in client.get("/api/v1/search?q=å").data


def test_a_release_is_given_whole(client: FlaskClient) -> None:
    release = get(client, "/releases/p.2018.bostad")
    assert release["body"].startswith("Ett uppdrag om bostad.\n\n## Det här ingår")
    assert release["stated"] == {"published": None, "updated": "2018-05"}
    assert release["published"]["precision"] == "day"
    assert release["links"][1] == {"name": "Farlig", "url": "javascript:alert(1)"}
    assert release["contact"] == "Test Testsson\npressekreterare"
    assert [a["id"] for a in release["agencies"]][:2] == ["boverket", "skolverket"]
    assert (release["removed"], release["first_seen"]) == (None, "2024-01-01T10:00:00Z")


def test_similar_releases_suggestions_and_status(client: FlaskClient) -> None:
    assert [h["id"] for h in get(client, "/releases/p.span/similar")["hits"]] == [
        "p.2018.bostad",
        "p.2020.skola",
        "p.ond",
    ]
    assert get(client, "/suggest?q=uppdrag+om+se") == {
        "suggestions": [{"text": "Uppdrag om segregation", "kind": "title", "value": "p.span", "count": 1}]
    }
    assert get(client, "/suggest?q=") == {"suggestions": []}
    status = get(client, "/status")
    assert (status["generation"], status["releases"], status["by_type"]) == ("000001", 4, {"pressmeddelande": 4})


@pytest.mark.parametrize(
    ("address", "status", "code", "parameter"),
    [
        ("/search?fron=2017", 400, "unknown_parameter", "fron"),
        ("/search?from=2017-13", 400, "invalid_date", "from"),
        ("/search?from=2018&to=2017", 400, "from_after_to", "from"),
        ("/search?size=101", 400, "invalid_size", "size"),
        ("/search?page=0", 400, "invalid_page", "page"),
        ("/search?page=101&size=100", 400, "page_too_deep", "page"),
        ("/search?sort=best", 400, "invalid_sort", "sort"),
        ("/search?year=x", 400, "invalid_year", "year"),
        ("/search?page=1&page=2", 400, "repeated_parameter", "page"),
        ("/suggest", 400, "missing_parameter", "q"),
        ("/status?x=1", 400, "unknown_parameter", "x"),
        ("/releases/p.span?x=1", 400, "unknown_parameter", "x"),
        ("/releases/nobody", 404, "not_found", None),
        ("/releases/nobody/similar", 404, "not_found", None),
        ("/releases/../search", 404, "not_found", None),
        ("/nothing", 404, "not_found", None),
        ("//search", 404, "not_found", None),
        ("/search/", 404, "not_found", None),
    ],
)
def test_errors_have_one_shape(
    client: FlaskClient, address: str, status: int, code: str, parameter: str | None
) -> None:
    response = client.get(f"/api/v1{address}")
    assert (response.status_code, response.mimetype) == (status, "application/json")
    error = json.loads(response.data)
    assert list(error) == ["error"]
    assert list(error["error"]) == ["code", "message", "parameter"]
    assert (error["error"]["code"], error["error"]["parameter"]) == (code, parameter)
    assert error["error"]["message"]


def test_nothing_can_be_sent(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
        response = client.open("/api/v1/search", method=method)
        assert (response.status_code, json.loads(response.data)["error"]["code"]) == (405, "method_not_allowed")
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_head_and_options_are_answered(client: FlaskClient) -> None:
    assert (client.head("/api/v1/search").status_code, client.head("/api/v1/search").data) == (200, b"")
    assert client.options("/api/v1/search").status_code == 200


@pytest.mark.parametrize("address", ["/search", "/releases/x", "/releases/x/similar", "/suggest?q=x", "/status"])
def test_without_an_index_every_route_names_what_mends_it(client_of: ClientOf, address: str) -> None:
    response = client_of(NoEngine()).get(f"/api/v1{address}")
    error = json.loads(response.data)["error"]
    assert (response.status_code, error["code"]) == (503, "index_unavailable")
    assert "pressok rebuild" in error["message"]


def test_a_fault_of_ours_tells_nothing_of_the_inside(client_of: ClientOf) -> None:
    response = client_of(BrokenEngine()).get("/api/v1/search")
    assert (response.status_code, json.loads(response.data)["error"]["code"]) == (500, "internal_error")
    assert "secret" not in response.text
    page = client_of(BrokenEngine()).get("/")
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert "secret" not in page.text


def test_the_fake_is_an_engine() -> None:
    engine: Engine = FakeEngine()
    assert engine.get("p.span") is not None
