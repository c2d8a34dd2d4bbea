from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.page import Status
from search.query import Filters, Query
from search.timeline import MOST_ROWS, Step, days_asked, interval_of, periods, step_for, whole_periods

STATUS = Status("1", "", 9, "2014-03-05", "2024-12-31", {}, {})
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
    assert interval_of(Query(first=date(2025, 2, 1)), STATUS) is None
    assert interval_of(Query(), Status("1", "", 0, None, None, {}, {})) is None
