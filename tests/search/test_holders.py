from datetime import date

from index.annotate.tables import Tables
from search.holders import offices
from search.tree import Meaning

ROWS = [
    ("test-testsson", "Test Testsson", "finansminister", "2014-10-03", "2019-01-21"),
    ("test-testsson", "Test Testsson", "finansminister", "2019-01-21", "2021-11-30"),
    ("prova-provsson", "Prova Provsson", "finansminister", "2021-11-30", ""),
    ("prova-provsson", "Prova Provsson", "energi- och näringsminister", "2015-01-01", "2016-01-01"),
    ("test-testsson", "Test Testsson", "näringsminister", "2016-01-01", "2017-01-01"),
    ("test-testsson", "Test Testsson", "minister för nordiskt samarbete", "2016-01-01", "2017-01-01"),
    ("test-testsson", "Test Testsson", "EU-minister", "2016-01-01", "2017-01-01"),
    ("test-testsson", "Test Testsson", "statsråd", "2016-01-01", "2017-01-01"),
]
NAMES = ("key", "name", "office", "start", "end")
TABLES = Tables.of(dict(zip(NAMES, row, strict=True), department="") for row in ROWS)
FOUND = {title: holders for titles, holders in offices(TABLES.holdings) for title in titles}


def test_an_office_has_its_holders_each_up_to_the_day_before_leaving() -> None:
    assert FOUND["finansminister"] == (
        Meaning("minister", "test-testsson", date(2014, 10, 3), date(2021, 11, 29)),
        Meaning("minister", "prova-provsson", date(2021, 11, 30), None),
    )


def test_who_held_a_joined_office_held_each() -> None:
    assert [holder.key for holder in FOUND["näringsminister"]] == ["prova-provsson", "test-testsson"]
    assert [holder.key for holder in FOUND["energi- och näringsministern"]] == ["prova-provsson"]


def test_an_office_is_written_in_several_ways() -> None:
    titles = {"finansministern", "minister för finans", "ministern för finans", "minister för näring"}
    assert titles | {"ministern för nordiskt samarbete", "minister för EU".casefold(), "eu-minister"} <= FOUND.keys()


def test_every_minister_is_a_statsrad_so_that_it_is_no_office() -> None:
    assert "statsråd" not in FOUND
