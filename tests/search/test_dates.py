from datetime import date

import pytest

from search.dates import read_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-05-25", date(2016, 5, 25), date(2016, 5, 25)),
    ],
)
def test_a_year_a_month_and_a_day_have_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (read_day(text, at_end=False), read_day(text, at_end=True)) == (first, last)


@pytest.mark.parametrize("text", ["", "16", "2016-13", "2015-02-29", "0000", "2016-5", " 2016", "٢٠١٦"])
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(ValueError):
        read_day(text, at_end=False)
