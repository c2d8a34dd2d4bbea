from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import Annotations, DateSpan, Entity, Quote
from tests.builders import document, month

SPAN = DateSpan(date(2016, 5, 25), date(2019, 1, 20), "span")


def test_a_span_counts_in_every_year_that_it_touches() -> None:
    assert list(SPAN.years) == [2016, 2017, 2018, 2019]
    assert list(month(2024, 12).years) == [2024]


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (None, None, True),
        (date(2019, 1, 20), None, True),
        (date(2019, 1, 21), None, False),
        (None, date(2016, 5, 25), True),
        (None, date(2016, 5, 24), False),
        (date(2017, 1, 1), date(2017, 1, 1), True),
    ],
)
def test_a_span_matches_an_interval_that_it_overlaps(first: date | None, last: date | None, overlaps: bool) -> None:
    assert SPAN.overlaps(first, last) is overlaps


@given(st.dates(), st.dates())
def test_the_middle_lies_within(a: date, b: date) -> None:
    first, last = sorted((a, b))
    assert first.toordinal() <= DateSpan(first, last, "span").middle <= last.toordinal()


def test_a_span_can_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends"):
        DateSpan(date(2019, 1, 2), date(2019, 1, 1), "span")


def test_annotations_survive_being_written_and_read() -> None:
    found = Annotations(SPAN, ministers=(Entity("ibrahim-baylan", "Ibrahim Baylan"),))
    assert Annotations.from_dict(found.to_dict()) == found
    assert Annotations.from_dict(Annotations().to_dict()) == Annotations()


def test_quotations_survive_being_written_and_read() -> None:
    speaker = Entity("test-testsson", "Test Testsson")
    found = Annotations(quotes=(Quote(2, 9, None, False, "summary"), Quote(2, 17, speaker, True)))
    written = found.to_dict()
    assert Annotations.from_dict(written) == found
    del written["quotes"]
    assert Annotations.from_dict(written) == Annotations()


def test_a_document_survives_being_written_and_read() -> None:
    one = document(span=SPAN, ministers=["Ibrahim Baylan"], body="Text med\nradbyte")
    assert type(one).from_json(one.to_json()) == one
    assert "\n" not in one.to_json()
