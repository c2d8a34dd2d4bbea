from datetime import date

from index.annotations import Annotations, DateSpan
from index.release import Period, Term
from tests.index.annotate.conftest import Annotate

BAYLAN = "Samordnings- och energiminister Ibrahim Baylan kommer."


def span(annotations: Annotations) -> tuple[str, str, str] | None:
    found = annotations.span
    return (found.first.isoformat(), found.last.isoformat(), found.precision) if found else None


def test_a_stated_day_is_the_span(annotate: Annotate) -> None:
    assert annotate(BAYLAN, "2018-04-12").span == DateSpan(date(2018, 4, 12), date(2018, 4, 12), "day")


def test_a_stated_month_is_the_span(annotate: Annotate) -> None:
    assert span(annotate(BAYLAN, "2016-02")) == ("2016-02-01", "2016-02-29", "month")


def test_the_archive_period_and_the_term_meet(annotate: Annotate) -> None:
    period = Period(date(2014, 10, 3), date(2019, 1, 20))
    assert span(annotate(BAYLAN, None, period=period)) == ("2016-05-25", "2019-01-20", "span")


def test_the_table_wins_over_a_printed_term(annotate: Annotate) -> None:
    printed = (Term("samordnings- och energiminister", Period(date(2021, 1, 21), date(2021, 11, 30))),)
    assert span(annotate(BAYLAN, None, terms=printed)) == ("2016-05-25", "2019-01-20", "span")


def test_a_printed_term_counts_where_the_table_knows_nothing(annotate: Annotate) -> None:
    printed = (Term("framtidsminister", Period(date(2014, 10, 3), date(2016, 5, 25))),)
    found = annotate("Framtidsminister Test Testsson kommer.", None, terms=printed)
    assert span(found) == ("2014-10-03", "2016-05-25", "span")


def test_several_holders_narrow_the_span(annotate: Annotate) -> None:
    body = "Finansminister Magdalena Andersson och näringsminister Ibrahim Baylan kommer."
    assert span(annotate(body, None)) == ("2019-01-21", "2021-11-29", "span")


def test_a_holder_who_contradicts_the_rest_is_left_out(annotate: Annotate) -> None:
    body = f"{BAYLAN} Statsminister Ulf Kristersson kommer."
    assert span(annotate(body, None)) == ("2016-05-25", "2019-01-20", "span")


def test_a_former_minister_and_a_name_without_office_say_nothing(annotate: Annotate) -> None:
    assert span(annotate("Tidigare finansminister Magdalena Andersson kommer. Pål Jonson också.", None)) is None


def test_the_contact_block_names_the_minister_too(annotate: Annotate) -> None:
    found = annotate("Ett möte.", None, contact="Pressekreterare hos energi- och näringsminister Ebba Busch")
    assert span(found) == ("2023-01-01", "2024-12-31", "span")
    assert found.ministers == ()


def test_a_stated_sender_was_in_office(annotate: Annotate) -> None:
    assert span(annotate("", None, senders=("Tobias Billström",))) == ("2022-10-18", "2024-09-09", "span")


def test_an_open_end_is_the_day_that_the_table_is_true_of(annotate: Annotate) -> None:
    assert span(annotate("Försvarsminister Pål Jonson kommer.", None)) == ("2022-10-18", "2024-12-31", "span")


def test_nothing_is_known(annotate: Annotate) -> None:
    assert annotate("Ett möte.", None).span is None
    assert annotate("Ett möte.", "2018-13-40").span is None
