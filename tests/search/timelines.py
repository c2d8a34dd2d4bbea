"""What every engine must do: counting by period. See :mod:`tests.search.contract`."""

from dataclasses import replace
from datetime import date

import pytest

from search.engine import Engine
from search.query import Filters, Query, Scope
from search.timeline import Step, Timeline, drawable
from tests.builders import document, month
from tests.search.contract import DOCUMENTS, Publish


def counted(timeline: Timeline) -> dict[str, tuple[int, int]]:
    """The rows that are not empty: the first day of each, the certain and the possible."""
    return {str(r.first): (r.certain, r.possible) for r in timeline.rows if r.certain or r.possible}


class TimelineContract:
    """The tests. Each gets an engine over ``DOCUMENTS``."""

    @pytest.fixture
    def engine(self, publish: Publish) -> Engine:
        return publish(DOCUMENTS)

    def test_every_year_from_the_first_hit_to_the_last_has_a_row(self, engine: Engine) -> None:
        timeline = engine.timeline(Query(), Step.YEAR)
        assert [(r.first, r.last) for r in timeline.rows] == [
            (date(y, 1, 1), date(y, 12, 31)) for y in range(2014, 2023)
        ]
        assert [(r.certain, r.possible) for r in timeline.rows] == [
            (2, 0), (0, 0), (0, 1), (1, 1), (0, 1), (0, 1), (0, 0), (0, 0), (2, 0),
        ]  # fmt: skip
        assert (timeline.undated, timeline.total) == (1, 7)

    def test_months_end_with_their_last_day(self, engine: Engine) -> None:
        rows = engine.timeline(Query("spår"), Step.MONTH).rows
        assert [(str(r.first), str(r.last), r.certain) for r in rows] == [
            ("2014-09-01", "2014-09-30", 1),
            ("2014-10-01", "2014-10-31", 1),
        ]

    def test_an_interval_has_all_its_rows_cut_off_at_its_ends(self, engine: Engine) -> None:
        timeline = engine.timeline(Query(first=date(2016, 12, 30), last=date(2017, 3, 15)), Step.MONTH)
        assert [(str(r.first), str(r.last), r.certain, r.possible) for r in timeline.rows] == [
            ("2016-12-30", "2016-12-31", 0, 1),
            ("2017-01-01", "2017-01-31", 0, 1),
            ("2017-02-01", "2017-02-28", 0, 1),
            ("2017-03-01", "2017-03-15", 0, 2),
        ]
        assert (timeline.undated, timeline.total) == (0, 2)

    def test_an_interval_without_hits_has_its_rows_too(self, engine: Engine) -> None:
        days = engine.timeline(Query("polisen", first=date(2020, 2, 28), last=date(2020, 3, 1)), Step.DAY)
        assert [str(r.first) for r in days.rows] == ["2020-02-28", "2020-02-29", "2020-03-01"]
        assert counted(days) == {}

    def test_an_open_end_is_where_the_hits_end(self, engine: Engine) -> None:
        since = engine.timeline(Query(first=date(2018, 6, 2)), Step.YEAR)
        assert (since.rows[0].first, since.rows[-1].last) == (date(2018, 6, 2), date(2022, 12, 31))
        assert engine.timeline(Query(first=date(2023, 1, 1)), Step.YEAR).rows == ()

    def test_a_chosen_year_is_an_interval(self, engine: Engine) -> None:
        timeline = engine.timeline(Query(filters=Filters.of(year=["2017"])), Step.MONTH)
        assert (len(timeline.rows), timeline.total) == (12, 2)
        assert counted(timeline)["2017-03-01"] == (1, 1)
        two = engine.timeline(Query(filters=Filters.of(year=["2014", "2016"]), last=date(2015, 6, 30)), Step.YEAR)
        assert [(str(r.first), str(r.last)) for r in two.rows] == [
            ("2014-01-01", "2014-12-31"),
            ("2015-01-01", "2015-06-30"),
        ]

    def test_no_time_at_all_has_no_rows(self, engine: Engine) -> None:
        assert engine.timeline(Query(first=date(2018, 1, 1), last=date(2017, 1, 1)), Step.YEAR).rows == ()
        assert engine.timeline(Query("finnsinte"), Step.YEAR) == Timeline(Step.YEAR, (), 0, 0, "finnsinte")

    def test_the_hits_are_those_of_the_search_or_those_with_all_words(self, engine: Engine) -> None:
        query = Query("segregation skolor")
        some, whole = engine.timeline(query, Step.YEAR), engine.timeline(query, Step.YEAR, complete=True)
        assert (some.total, some.undated) == (3, 1)
        assert (whole.total, whole.undated, counted(whole)) == (1, 0, {"2017-01-01": (1, 0)})

    def test_a_corrected_search_counts_what_was_meant(self, engine: Engine) -> None:
        corrected = engine.timeline(Query("segregaton"), Step.YEAR)
        assert corrected == engine.timeline(Query("segregation"), Step.YEAR)
        assert corrected.answered == "segregation"
        assert engine.timeline(Query("segregaton", verbatim=True), Step.YEAR).total == 0

    @pytest.mark.parametrize(
        "query",
        [
            Query(),
            Query("segregation skolor"),
            Query(filters=Filters.of(minister=["ibrahim-baylan"])),
            Query("polisen", first=date(2016, 6, 17)),
            Query(filters=Filters.of(year=["2017", "2018"]), last=date(2018, 5, 5)),
            Query("spår", scope=Scope.QUOTES, filters=Filters.of(speaker=["ett-ettsson"])),
            Query("minister:baylan till:2018"),
        ],
    )
    def test_a_row_s_numbers_are_the_hits_of_its_days(self, engine: Engine, query: Query) -> None:
        for step in (Step.YEAR, Step.MONTH):
            timeline = engine.timeline(query, step)
            assert timeline.total == engine.search(query).total
            for row in timeline.rows:
                found = engine.search(replace(query, first=row.first, last=row.last)).total
                assert row.certain + row.possible == found

    @pytest.mark.parametrize(
        "query",
        [
            Query(first=date(1, 1, 1)),
            Query(last=date(9999, 12, 31)),
            Query(first=date(1, 1, 1), last=date(1, 12, 31)),
            Query(first=date(2023, 1, 1)),
            Query(filters=Filters.of(year=["0001", "2016", "9999"])),
        ],
    )
    def test_what_is_drawable_has_the_same_hits(self, engine: Engine, query: Query) -> None:
        drawn = drawable(query, engine.status())
        assert engine.timeline(drawn, Step.YEAR).total == engine.search(query).total
        assert len(engine.timeline(drawn, Step.YEAR).rows) <= 9

    def test_so_many_rows_that_nobody_can_read_them_are_refused(self, publish: Publish) -> None:
        engine = publish([document("a", title="Tåg", span=month(2000, 1)), document("b", span=month(2024, 1))])
        with pytest.raises(ValueError, match="2000-01-01 to 2024-01-31 by day gives 8797 rows, more than 400"):
            engine.timeline(Query(), Step.DAY)
        year = Query(first=date(2023, 1, 1), last=date(2024, 2, 4))
        assert len(engine.timeline(year, Step.DAY).rows) == 400
        with pytest.raises(ValueError, match="401 rows"):
            engine.timeline(replace(year, last=date(2024, 2, 5)), Step.DAY)
