from datetime import date

import pytest

from index.annotations import DateSpan
from web.i18n import texts


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (DateSpan(date(2018, 4, 12), date(2018, 4, 12), "day"), "12 april 2018"),
        (DateSpan(date(2018, 4, 1), date(2018, 4, 30), "month"), "april 2018"),
        (DateSpan(date(2016, 5, 25), date(2019, 1, 20), "span"), "mellan 25 maj 2016 och 20 januari 2019"),
        (None, "okänt datum"),
    ],
)
def test_a_date_in_words(span: DateSpan | None, words: str) -> None:
    assert texts.span_in_words(span) == words


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("2018-04", "april 2018"),
        ("2018-04-12", "12 april 2018"),
        ("2024-05-03T10:00:00Z", "3 maj 2024"),
        ("i våras", "i våras"),
        ("2018-13", "2018-13"),
        ("2018-00", "2018-00"),
        (None, ""),
    ],
)
def test_a_stated_date_in_words(stated: str | None, words: str) -> None:
    assert texts.stated_in_words(stated) == words


def test_numbers_and_counts() -> None:
    assert texts.number(1234567) == "1\u00a0234\u00a0567"
    assert [texts.hits(n) for n in (0, 1, 2000)] == ["0 träffar", "1 träff", "2\u00a0000 träffar"]
