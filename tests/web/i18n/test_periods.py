from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.timeline import Step, periods
from tests.web.fake import FakeEngine
from web.app import create_app
from web.i18n.periods import marked, period_in_words

APP = create_app(FakeEngine())


def words(*days: tuple[int, int, int], language: str = "") -> str:
    with APP.test_request_context(f"/{language}"):
        return period_in_words(date(*days[0]), date(*days[-1])).replace("\u2009", " ")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2017, 1, 1), (2017, 12, 31), "2017"),
        ((2015, 1, 1), (2018, 12, 31), "2015–2018"),
        ((2017, 5, 1), (2017, 5, 31), "maj 2017"),
        ((2017, 5, 1), (2017, 8, 31), "maj–augusti 2017"),
        ((2017, 5, 23), (2017, 5, 23), "23 maj 2017"),
        ((2017, 4, 10), (2017, 4, 20), "10–20 april 2017"),
        ((2017, 5, 10), (2017, 6, 3), "10 maj–3 juni 2017"),
    ],
)
def test_whole_years_and_months_are_called_that(
    first: tuple[int, int, int], last: tuple[int, int, int], said: str
) -> None:
    assert words(first, last) == said


def test_periods_are_said_in_the_language_of_the_page() -> None:
    assert words((2017, 5, 1), (2017, 5, 31), language="en/") == "May 2017"


def marks(step: Step, first: date, last: date, *, phone: bool = False) -> list[str]:
    with APP.test_request_context("/"):
        rows = marked(step, [days[0] for days in periods(step, first, last)])
    return [mark for mark, minor in rows if mark and not (phone and minor)]


def test_few_periods_each_have_a_mark() -> None:
    years = marks(Step.YEAR, date(2014, 1, 1), date(2024, 12, 31))
    assert years == [str(year) for year in range(2014, 2025)]
    assert marks(Step.YEAR, date(2014, 1, 1), date(2024, 12, 31), phone=True) == years[::2]
    months = marks(Step.MONTH, date(2017, 1, 1), date(2017, 12, 31))
    assert months[:5] == ["jan", "feb", "mars", "apr", "maj"] and len(months) == 12
    assert marks(Step.DAY, date(2017, 5, 29), date(2017, 6, 2)) == ["29", "30", "31", "1 juni", "2"]


def test_a_new_year_is_told_among_months() -> None:
    assert marks(Step.MONTH, date(2017, 11, 1), date(2018, 2, 28)) == ["nov", "dec", "2018", "feb"]
    two_years = marks(Step.MONTH, date(2017, 1, 1), date(2018, 12, 31))
    assert two_years == ["2017", "apr", "juli", "okt", "2018", "apr", "juli", "okt"]
    assert marks(Step.MONTH, date(2017, 1, 1), date(2018, 12, 31), phone=True) == ["2017", "2018"]


def test_of_many_periods_some_have_a_mark() -> None:
    assert marks(Step.YEAR, date(1994, 1, 1), date(2024, 12, 31)) == ["1995", "2000", "2005", "2010", "2015", "2020"]
    assert marks(Step.DAY, date(2017, 5, 1), date(2017, 5, 31)) == ["1 maj", "5", "10", "15", "20", "25"]
    assert marks(Step.DAY, date(2017, 1, 1), date(2017, 3, 31)) == ["1 jan", "15", "1 feb", "15", "1 mars", "15"]


@given(st.sampled_from(Step), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 91))
def test_there_is_room_for_all_marks(step: Step, first: date, days: int) -> None:
    last = first + timedelta(days * {Step.DAY: 1, Step.MONTH: 12, Step.YEAR: 365}[step])
    assert len(marks(step, first, last)) <= 13
    assert len(marks(step, first, last, phone=True)) <= 7
