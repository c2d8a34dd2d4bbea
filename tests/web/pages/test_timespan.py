from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import DateSpan
from search.page import Status
from search.query import Filters, Query
from search.timeline import Step
from tests.web.fake import DOCUMENTS, FakeEngine
from web.pages.timespan import around, as_interval, counted

FIRST = DOCUMENTS[0]
DAYS = st.dates(date(2014, 1, 1), date(2021, 12, 31))
SPANS = st.builds(lambda a, b: DateSpan(min(a, b), max(a, b), "span"), DAYS, DAYS)
YEARS = st.lists(st.integers(2014, 2021).map(str), max_size=4, unique=True)


def of(*spans: DateSpan | None) -> FakeEngine:
    annotated = [replace(FIRST, annotations=replace(FIRST.annotations, span=span)) for span in spans]
    return FakeEngine(tuple(annotated))


def years(*keys: str, first: date | None = None, last: date | None = None) -> Query:
    return Query("uppdrag", Filters.of(year=keys), first, last)


def test_years_that_follow_on_one_another_are_an_interval() -> None:
    assert as_interval(years("2017", "2016")) == years(first=date(2016, 1, 1), last=date(2017, 12, 31))
    assert as_interval(years("2017", first=date(2017, 5, 1))) == years(first=date(2017, 5, 1), last=date(2017, 12, 31))


def test_other_years_stay_what_they_are() -> None:
    for query in (years(), years("2015", "2017"), years("0000"), years("2015", first=date(2017, 1, 1))):
        assert as_interval(query) == query


@given(st.lists(SPANS | st.none()), YEARS, st.none() | DAYS, st.none() | DAYS)
def test_the_interval_has_the_same_hits(
    spans: list[DateSpan | None], keys: list[str], first: date | None, last: date | None
) -> None:
    query = years(*keys, first=first, last=last)
    found = of(*spans).search(replace(query, size=1000))
    as_asked = of(*spans).search(replace(as_interval(query), size=1000))
    assert [hit.json for hit in as_asked.hits] == [hit.json for hit in found.hits]


def step_of(query: Query) -> tuple[Step, int]:
    timeline = counted(FakeEngine(), query)
    assert timeline
    return timeline.step, len(timeline.rows)


def test_the_step_suits_the_time_that_is_asked_for() -> None:
    assert step_of(Query()) == (Step.YEAR, 5)
    assert step_of(years("2016", "2017", "2018")) == (Step.MONTH, 36)
    assert step_of(Query(first=date(2018, 4, 1), last=date(2018, 4, 30))) == (Step.DAY, 30)


def test_an_open_end_is_where_the_hits_end() -> None:
    assert step_of(Query(first=date(2019, 1, 1))) == (Step.MONTH, 14)
    assert step_of(Query("bostad")) == (Step.MONTH, 1)


def test_years_without_any_release_are_not_counted() -> None:
    assert step_of(Query(first=date(1, 1, 1), last=date(9999, 12, 31))) == (Step.YEAR, 5)
    assert step_of(years("0001", "2018", "9999")) == (Step.YEAR, 5)
    assert step_of(Query(last=date(9999, 12, 31))) == (Step.YEAR, 5)


@pytest.mark.parametrize(
    "query",
    [
        Query("titel"),
        Query("xyzzy"),
        Query(first=date(2030, 1, 1), last=date(2031, 1, 1)),
        Query(last=date(1500, 1, 1)),
        years("2015", first=date(2018, 1, 1)),
    ],
)
def test_nothing_is_counted_where_no_hit_has_a_date(query: Query) -> None:
    assert counted(FakeEngine(), query) is None


def test_a_wrong_date_that_makes_too_long_a_time_is_no_failure() -> None:
    class Long(FakeEngine):
        def status(self) -> Status:
            return replace(super().status(), first="0201-05-01")

    assert counted(Long(), Query()) is None


def test_an_empty_index_has_no_time() -> None:
    class Empty(FakeEngine):
        def status(self) -> Status:
            return replace(super().status(), first=None, last=None)

    assert counted(Empty(()), Query()) is None


def test_what_is_around_is_longer() -> None:
    year, month = (date(2017, 1, 1), date(2017, 12, 31)), (date(2017, 5, 1), date(2017, 5, 31))
    assert list(around((date(2017, 5, 10), date(2017, 5, 20)))) == [year, month]
    assert list(around(month)) == [year]
    assert list(around((date(2017, 5, 10), date(2017, 6, 2)))) == [year]
    assert list(around(year)) == list(around((date(2016, 5, 1), date(2017, 4, 30)))) == []
