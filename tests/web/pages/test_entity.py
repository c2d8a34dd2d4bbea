from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.html import Node, read


def get(client: FlaskClient, address: str, status: int = 200) -> Node:
    response = client.get(address)
    assert response.status_code == status
    return read(response.text)


def test_a_minister_has_a_page_with_the_latest_first(client: FlaskClient) -> None:
    page = get(client, "/ministers/test-testsson")
    assert page.one("h1").text == "Test Testsson"
    assert "2 dokument" in page.one("p", class_="lead").text
    assert [h.text for h in page.one("ol").all("h3")] == ["Uppdrag om bostad", "Uppdrag om segregation"]


def test_who_was_named_once_was_so_on_a_day_and_often_with_nobody(client_of: Callable[[Engine], FlaskClient]) -> None:
    once = FakeEngine(tuple(d for d in DOCUMENTS if d.release.id == "p.2018.bostad"))
    page = read(client_of(once).get("/ministers/test-testsson").text)
    assert page.one("p", class_="lead").text == "1 dokument, 12 april 2018."
    assert "Ofta tillsammans med" not in page.text


def test_its_releases_over_time_lead_to_each_year(client: FlaskClient) -> None:
    chart = get(client, "/ministers/test-testsson").one("section", id="histogram")
    assert "minister=test-testsson" in chart.one("tbody").link("2018")


def test_one_can_search_among_them(client: FlaskClient) -> None:
    form = get(client, "/ministers/test-testsson").all("form")[1]
    fields = {i.attrs["name"]: i.attrs.get("value") for i in form.all("input")}
    assert (form.attrs["action"], fields["minister"]) == ("/", "test-testsson")


def test_names_in_hits_lead_to_the_pages(client: FlaskClient) -> None:
    page = get(client, "/?q=bostad")
    assert page.one("article").link("Test Testsson") == "/ministers/test-testsson"
    assert page.one("article").link("Finansdepartementet") == "/departments/finansdepartementet"
    assert page.one("article").link("Boverket") == "/agencies/boverket"
    assert get(client, "/en/?q=bostad").one("article").link("Boverket") == "/en/agencies/boverket"


def test_a_department_tells_its_ministers_and_their_terms(client: FlaskClient) -> None:
    page = get(client, "/departments/finansdepartementet")
    assert "Magdalena Andersson, finansminister" in page.one("aside").text
    assert "3 oktober 2014" in page.one("aside").text


def test_an_agency_tells_its_other_names(client: FlaskClient) -> None:
    assert "Statens skolverk" in get(client, "/agencies/skolverket").one("main").text


@pytest.mark.parametrize("address", ["/ministers/nobody", "/departments/none", "/agencies/none", "/ministers/sida"])
def test_what_nothing_is_known_of_has_no_page(client: FlaskClient, address: str) -> None:
    get(client, address, 404)
