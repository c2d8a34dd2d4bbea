from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.timeline import PeriodCount
from tests.web.html import Node, read
from web.pages.histogram import heights


def histogram(client: FlaskClient, address: str) -> Node:
    return read(client.get(address).text).one("section", id="histogram")


def bars(drawn: Node) -> list[Node]:
    return [li.all("*")[0] for li in drawn.one("ul", class_="bars").all("li")]


def rows(drawn: Node) -> list[list[str]]:
    return [[cell.text for cell in row.all("*") if cell.tag in ("th", "td")] for row in drawn.one("tbody").all("tr")]


def levels(drawn: Node) -> list[tuple[str, str | None]]:
    found = drawn.one("ul", class_="levels").all("li")
    return [(li.text, li.all("a")[0].attrs["href"] if li.all("a") else None) for li in found]


def test_each_bar_says_what_it_is_and_leads_to_it(client: FlaskClient) -> None:
    drawn = histogram(client, "/?q=uppdrag&minister=test-testsson&page=1")
    assert drawn.one("h2").text == "Träffar per år"
    assert [bar.attrs["aria-label"] for bar in bars(drawn)] == [
        "2016: 1 träff, 1 med osäkert datum",
        "2017: 1 träff, 1 med osäkert datum",
        "2018: 2 träffar, 1 med osäkert datum",
        "2019: 1 träff, 1 med osäkert datum",
    ]
    assert bars(drawn)[2].attrs["href"] == "/?q=uppdrag&minister=test-testsson&from=2018&to=2018"
    assert read(client.get(bars(drawn)[2].attrs["href"] or "").text).one("h1").text == "2 träffar på uppdrag"


@pytest.mark.parametrize("address", ["/", "/?q=uppdrag&from=2019", "/?year=2016&year=2018&year=2020", "/en/?year=2018"])
def test_a_bar_leads_to_as_many_hits_as_it_says(client: FlaskClient, address: str) -> None:
    counted = [(bar.attrs["title"] or "", bar.attrs.get("href")) for bar in bars(histogram(client, address))]
    assert any(href for _, href in counted)
    for words, href in counted:
        promised = int(words.split(": ")[1].split()[0])
        assert bool(href) == bool(promised)
        assert not href or int(read(client.get(href).text).one("h1").text.split()[0]) == promised


def test_the_table_says_the_same_as_the_bars(client: FlaskClient) -> None:
    drawn = histogram(client, "/?from=2019")
    shown = [(bar.attrs["title"] or "").split(":")[0] for bar in bars(drawn)]
    table = rows(drawn)
    assert [row[0] for row in table] == shown
    assert table[0] == ["januari 2019", "1", "1"]
    assert table[13] == ["februari 2020", "1", "0"]
    links = [a.attrs["href"] for a in drawn.one("table").all("a")]
    assert (
        links
        == [bar.attrs["href"] for bar in bars(drawn) if "href" in bar.attrs]
        == ["/?from=2019&to=2019-01", "/?from=2020-02&to=2020-02"]
    )


def test_what_is_uncertain_stands_hatched_on_what_is_certain(client: FlaskClient) -> None:
    drawing = histogram(client, "/?q=uppdrag&minister=test-testsson").one("svg", class_="drawn")
    assert drawing.attrs["aria-hidden"] == "true"
    (sure,) = drawing.all("rect", class_="sure")
    may = drawing.all("rect", class_="may")
    assert {rect.attrs["fill"] for rect in may} == {"url(#may-be)"}
    assert [rect.attrs["y"] for rect in may] == ["50.0%", "50.0%", "0.0%", "50.0%"]
    assert (sure.attrs["x"], sure.attrs["y"], sure.attrs["height"]) == (may[2].attrs["x"], "50.0%", "50.0%")


def test_a_legend_stands_where_something_is_uncertain(client: FlaskClient) -> None:
    assert "datumet är osäkert" in histogram(client, "/?q=segregation").text
    certain = histogram(client, "/?q=bostad&from=2018&to=2018")
    assert "osäkert" not in certain.text
    assert [th.text for th in certain.one("thead").all("th")] == ["Tid", "Träffar"]
    assert not certain.all("rect", class_="may")


def test_the_time_that_is_shown_has_ways_out_of_it(client: FlaskClient) -> None:
    assert levels(histogram(client, "/?q=uppdrag")) == [("2016–2020", None)]
    within = histogram(client, "/?q=uppdrag&from=2018-04-10&to=2018-04-20&sort=oldest")
    assert within.one("h2").text == "Träffar per dag"
    assert levels(within) == [
        ("Alla år", "/?q=uppdrag&sort=oldest"),
        ("2018", "/?q=uppdrag&from=2018&to=2018&sort=oldest"),
        ("april 2018", "/?q=uppdrag&from=2018-04&to=2018-04&sort=oldest"),
        ("10–20 april 2018", None),
    ]


def test_a_chosen_year_gives_way_to_a_part_of_it(client: FlaskClient) -> None:
    drawn = histogram(client, "/?q=bostad&year=2018")
    assert levels(drawn) == [("Alla år", "/?q=bostad"), ("2018", None)]
    assert [bar.attrs["href"] for bar in bars(drawn) if "href" in bar.attrs] == ["/?q=bostad&from=2018-04&to=2018-04"]
    apart = histogram(client, "/?q=uppdrag&year=2016&year=2020")
    assert bars(apart)[0].attrs["href"] == "/?q=uppdrag&year=2016&year=2020&from=2016&to=2016"
    assert levels(apart)[0] == ("Alla år", "/?q=uppdrag")


def test_a_script_can_choose_from_one_bar_to_another(client: FlaskClient) -> None:
    """It puts ``from`` of one and ``to`` of the other into the address of all."""
    drawn = histogram(client, "/?q=uppdrag&minister=test-testsson&sort=oldest").one("ul", class_="bars")
    address = drawn.attrs["data-address"] or ""
    assert address == "/?q=uppdrag&minister=test-testsson&from=2016&to=2019&sort=oldest"
    for bar in drawn.all("li"):
        (link,) = bar.all("a")
        asked = parse_qs(urlsplit(link.attrs["href"] or "").query)
        assert (asked["from"], asked["to"]) == ([bar.attrs["data-from"]], [bar.attrs["data-to"]])


def test_one_bar_is_not_drawn_but_has_a_way_out(client: FlaskClient) -> None:
    day = histogram(client, "/?q=bostad&from=2018-04-12&to=2018-04-12")
    assert [label for label, _ in levels(day)] == ["Alla år", "2018", "april 2018", "12 april 2018"]
    assert not day.all("svg") and not day.all("table")


def test_what_has_no_date_is_counted_beside_the_bars(client: FlaskClient) -> None:
    assert "1 träff utan känt datum är inte med." in histogram(client, "/").text
    assert "utan känt datum" not in histogram(client, "/?from=2016").text


def test_no_hits_or_none_with_a_date_have_no_histogram(client: FlaskClient) -> None:
    for address in ("/?q=xyzzy", "/?q=titel", "/?from=2030", "/?from=2017&year=2015"):
        assert not read(client.get(address).text).all("section", id="histogram")


def test_the_start_page_says_what_there_is_year_by_year_and_how_fresh_it_is(client: FlaskClient) -> None:
    page = read(client.get("/").text)
    drawn = page.one("section", id="histogram")
    assert drawn.one("h2").text == "Så här mycket finns per år"
    assert [row[0] for row in rows(drawn)] == ["2016", "2017", "2018", "2019", "2020"]
    assert "Det nyaste är från 29 februari 2020. Indexet gjordes 2 januari 2024." in page.text
    assert "Indexet gjordes" not in read(client.get("/?q=uppdrag").text).text


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(1, 5000))
def test_bars_stay_in_the_drawing_and_the_least_can_be_seen(certain: int, possible: int, more: int) -> None:
    sure, may = heights(PeriodCount(date.min, date.min, certain, possible), max(certain + possible, more))
    assert sure + may <= 100.01
    assert bool(certain) == (sure >= 1.99) and bool(possible) == (may >= 1.99)
    assert certain or sure == 0
    assert possible or may == 0
