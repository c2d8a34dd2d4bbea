from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.page import Status
from search.query import Filters, Query
from search.timeline import MOST_ROWS, Step, days_asked, drawable, interval_of, periods, step_for, whole_periods

STATUS = Status("1", "", 9, "2014-03-05", "2024-12-31", {}, {})
EMPTY = Status("1", "", 0, None, None, {}, {})
days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2024-01-01", "2024-01-01", Step.DAY),
        ("2024-07-01", "2024-09-30", Step.DAY),  # the longest quarter
        ("2024-07-01", "2024-10-01", Step.MONTH),
        ("2022-01-01", "2024-12-31", Step.MONTH),  # three years
        ("2022-01-01", "2025-01-01", Step.YEAR),
    ],
)
def test_the_step_suits_the_interval(first: str, last: str, step: Step) -> None:
    assert step_for(date.fromisoformat(first), date.fromisoformat(last)) is step


@given(first=days, length=st.integers(0, 4000))
def test_the_step_for_an_interval_never_gives_too_many_rows(first: date, length: int) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    assert len(periods(step_for(first, last), first, last)) <= 93


@given(step=st.sampled_from(Step), first=days, length=st.integers(0, MOST_ROWS - 1))
def test_periods_cover_every_day_once_and_each_is_whole_but_at_the_ends(step: Step, first: date, length: int) -> None:
    last = date.fromordinal(min(first.toordinal() + length, date.max.toordinal()))
    found = periods(step, first, last)
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, end), (begin, _) in pairwise(found):
        assert begin == end + timedelta(days=1)
        assert whole_periods(step, begin, end) == (begin, end) or begin == found[-1][0] or end == found[0][1]
    for begin, end in found:
        assert begin <= end
        assert whole_periods(step, begin, begin) == whole_periods(step, end, end)


def test_an_interval_that_ends_before_it_begins_has_no_periods() -> None:
    assert periods(Step.DAY, date(2024, 1, 2), date(2024, 1, 1)) == ()


def test_too_many_rows_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="401 rows, more than 400: take a longer step or fewer days"):
        periods(Step.MONTH, date(1990, 1, 31), date(2023, 5, 1))


def test_chosen_years_are_days_asked_for() -> None:
    chosen = Filters.of(year=["2018", "2016", "okand", "0000"])
    assert days_asked(Query(filters=chosen)) == (date(2016, 1, 1), date(2018, 12, 31))
    assert days_asked(Query(filters=chosen, first=date(2017, 5, 1))) == (date(2017, 5, 1), date(2018, 12, 31))
    assert days_asked(Query(filters=Filters.of(year=["okand"]), last=date(2017, 5, 1))) == (None, date(2017, 5, 1))


def test_a_drawing_is_of_what_is_asked_as_far_as_there_are_releases() -> None:
    assert interval_of(Query(), STATUS) == (date(2014, 3, 5), date(2024, 12, 31))
    assert interval_of(Query(first=date(2020, 2, 1)), STATUS) == (date(2020, 2, 1), date(2024, 12, 31))
    years = Query(filters=Filters.of(year=["2020"]))
    assert interval_of(years, STATUS) == (date(2020, 1, 1), date(2020, 12, 31))
    assert interval_of(Query(first=date(1, 1, 1), last=date(9999, 12, 31)), STATUS) == interval_of(Query(), STATUS)
    assert interval_of(Query(first=date(2025, 2, 1)), STATUS) is None
    assert interval_of(Query(last=date(2013, 2, 1)), STATUS) is None
    assert interval_of(Query(), EMPTY) is None


def test_more_days_than_there_are_need_not_be_drawn() -> None:
    query = Query("tåg", first=date(2, 1, 1))
    assert drawable(query, STATUS) == Query("tåg", first=date(2014, 3, 5))
    assert drawable(query, EMPTY) == query
    assert drawable(Query("tåg"), STATUS) == Query("tåg")
    years = Filters.of(year=["0001", "9999", "2015"])
    assert drawable(Query(filters=years), STATUS) == Query("", years, date(2014, 3, 5), date(2024, 12, 31))
    assert drawable(Query(last=date(2020, 1, 1)), STATUS) == Query(last=date(2020, 1, 1))


@given(
    first=st.none() | days, last=st.none() | days, years=st.lists(days.map(lambda day: f"{day.year:04}"), max_size=2)
)
def test_what_is_drawable_never_has_too_many_rows(first: date | None, last: date | None, years: list[str]) -> None:
    query = drawable(Query(filters=Filters.of(year=years), first=first, last=last), STATUS)
    interval = interval_of(query, STATUS)
    if interval:
        asked = days_asked(query)
        assert len(periods(step_for(*interval), asked[0] or interval[0], asked[1] or interval[1])) <= 93
