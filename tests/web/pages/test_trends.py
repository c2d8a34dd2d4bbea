import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from index.annotations import DateSpan
from search.engine import Engine
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.html import Node, read

ClientOf = Callable[[Engine], FlaskClient]


def crowd(*years: tuple[int, int, int]) -> FakeEngine:
    """Releases by year: how many, and how many of them are about a school."""
    first = DOCUMENTS[1]
    made = []
    for year, count, schools in years:
        for n in range(count):
            day = date(year, 1 + n % 12, 1 + n % 28)
            body = "om skola" if n < schools else "om annat"
            release = replace(first.release, id=f"p.{year}.{n}", title="Något", summary="", body=body)
            found = replace(first.annotations, span=DateSpan(day, day, "day"))
            made.append(replace(first, release=release, annotations=found))
    return FakeEngine(tuple(made))


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return crowd((2021, 40, 20), (2022, 100, 10), (2023, 200, 50))


def page(client_of: ClientOf, engine: FakeEngine, address: str) -> Node:
    return read(client_of(engine).get(address).text)


def test_the_share_of_each_period_is_drawn_and_told(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&step=year")
    rows = [row.text.split() for row in found.one("tbody").all("tr")]
    assert rows == [["2021", "40", "20"], ["2022", "100", "10", "10", "%"], ["2023", "200", "50", "25", "%"]]
    assert [t.text for t in found.all("title")][1:] == ["skola, 2022: 10 %", "skola, 2023: 25 %"]


def test_a_thin_period_is_not_drawn_and_the_page_says_so(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&step=year")
    assert len(found.all("rect", class_="gap")) == 1
    assert "färre än 100 dokument" in found.text
    dense = page(client_of, engine, "/trends?q=skola&step=year&from=2022")
    assert not dense.all("rect", class_="gap")
    assert "färre än 100 dokument" not in dense.text


def test_words_stand_side_by_side_and_lead_to_their_hits(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&q=annat&step=year")
    assert [li.text for li in found.one("ul", class_="legend").all("li")] == ["skola 80", "annat 260"]
    assert "q=annat" in found.link("annat")


def test_one_word_can_be_split_by_minister(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&split=minister&step=year")
    assert [li.text for li in found.one("ul", class_="legend").all("li")] == ["Prova Provsson 80"]


def test_the_numbers_can_be_had_as_csv(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&step=year")
    response = client_of(engine).get(found.link("CSV"))
    assert response.mimetype == "text/csv"
    rows = list(csv.DictReader(response.text.splitlines()))
    assert [(r["first"], r["series"], r["releases"], r["of"], r["share"], r["thin"]) for r in rows] == [
        ("2021-01-01", "skola", "20", "40", "0.50000", "1"),
        ("2022-01-01", "skola", "10", "100", "0.10000", "0"),
        ("2023-01-01", "skola", "50", "200", "0.25000", "0"),
    ]


def test_a_word_that_a_spreadsheet_would_run_is_not_run(client_of: ClientOf, engine: FakeEngine) -> None:
    for word in ("=1+1", "＝1+1"):
        response = client_of(engine).get("/trends.csv", query_string={"q": word, "step": "year"})
        assert {row["series"] for row in csv.DictReader(response.text.splitlines())} == {f"'{word}"}


@pytest.mark.parametrize("address", ["/trends", "/trends.csv"])
def test_a_word_may_be_as_long_as_a_search(client_of: ClientOf, engine: FakeEngine, address: str) -> None:
    found = [client_of(engine).get(address, query_string={"q": ["skola", "a" * n]}) for n in (500, 501)]
    assert [response.status_code for response in found] == [200, 400]


def test_a_wrong_date_does_not_take_the_page_away(client_of: ClientOf) -> None:
    client = client_of(crowd((201, 1, 1), (2022, 100, 10)))
    assert client.get("/trends?q=skola").status_code == 200
    assert "2022" in client.get("/trends?q=skola&from=2020").text


def test_more_than_five_words_are_too_many(client_of: ClientOf, engine: FakeEngine) -> None:
    response = client_of(engine).get("/trends?" + "&".join(f"q=w{n}" for n in range(6)))
    assert response.status_code == 400
    assert "Högst fem ord" in response.text


def test_a_short_time_is_shown_by_month(client_of: ClientOf, engine: FakeEngine) -> None:
    found = page(client_of, engine, "/trends?q=skola&from=2023-01&to=2023-02")
    assert [row.text.split()[:3] for row in found.one("tbody").all("tr")] == [
        ["januari", "2023", "17"],
        ["februari", "2023", "17"],
    ]


def test_where_every_period_has_few_releases_they_are_still_shown(client_of: ClientOf) -> None:
    found = page(client_of, crowd((2019, 4, 1), (2020, 9, 3)), "/trends?q=skola&step=year")
    assert [row.text.split() for row in found.one("tbody").all("tr")] == [["2019", "4", "1"], ["2020", "9", "3"]]


def test_where_there_is_nothing_the_page_says_of_which_kind(client_of: ClientOf, engine: FakeEngine) -> None:
    address = "/trends?q=skola&from=1900&to=1901"
    assert "inga pressmeddelanden från den tiden" in page(client_of, engine, address).text
    assert "inga dokument från den tiden" in page(client_of, engine, f"{address}&all=1").text


@pytest.mark.parametrize("address", ["/trends", "/trends?q=", "/trends?q=skola&from=1900&to=1901", "/en/trends?q=x"])
def test_there_is_always_a_page(client_of: ClientOf, engine: FakeEngine, address: str) -> None:
    found = page(client_of, engine, address)
    assert len(found.all("h1")) == 1
    assert page(client_of, FakeEngine(()), address).all("h1")
