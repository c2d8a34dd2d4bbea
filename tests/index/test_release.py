from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Link, Period, Release, Term
from tests.builders import release

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
periods = st.tuples(days, days).map(lambda pair: Period(*sorted(pair)))
texts = st.text(max_size=30)
links = st.lists(st.builds(Link, texts, texts), max_size=3).map(tuple)
releases = st.builds(
    Release,
    id=texts,
    type=texts,
    title=texts,
    url=st.none() | texts,
    summary=texts,
    body=texts,
    published=st.none() | days.map(str),
    senders=st.lists(texts, max_size=3).map(tuple),
    links=links,
    attachments=links,
    period=st.none() | periods | st.just(Period(None, date(2019, 1, 20))),
    terms=st.lists(st.builds(Term, texts, periods), max_size=2).map(tuple),
    contact=texts,
)


@given(releases)
def test_a_release_survives_being_written_and_read(one: Release) -> None:
    assert Release.from_dict(one.to_dict()) == one


@given(releases, releases)
def test_the_hash_tells_releases_apart(one: Release, other: Release) -> None:
    assert (one.content_hash() == other.content_hash()) == (one == other)


def test_the_hash_stays_the_same_from_one_version_of_the_program_to_the_next() -> None:
    assert release().content_hash() == "14ac21809c3416f6765d8644eee6546a"


def test_another_telling_fills_in_what_is_missing_and_changes_nothing() -> None:
    page = release(body="Texten.", published="2018-04")
    record = release(title="En annan rubrik", senders=("Finansdepartementet",), published="2018-04-12")
    assert page.completed_by(record) == release(body="Texten.", published="2018-04", senders=("Finansdepartementet",))


def test_a_period_can_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends"):
        Period(date(2019, 1, 1), date(2018, 1, 1))
