"""What every engine must do: what came before and after on the same matter. See :mod:`tests.search.contract`."""

from dataclasses import replace
from datetime import date

import pytest

from index.annotations import DateSpan
from search.engine import Engine
from search.page import Hit
from tests.builders import document, month
from tests.search.contract import Publish

ONE, TWO = "Ett Ettsson", "Två Tvåsson"
MATTER = "Broar, hamnar, färjor, slussar, kanaler och farleder."
OTHER = "Böcker, bibliotek, arkiv, museer, teatrar och filmer."
OFFICES = "Finansministern, energiministern, miljöministern, skolministern, statsministern och Ettsson."
FERRIES = [
    document("own", span=month(2020, 6), title="Broarna", body=MATTER, ministers=[ONE]),
    document("before", span=month(2019, 1), title="Om broarna", body=MATTER, ministers=[ONE, TWO]),
    document("less", span=month(2020, 1), title="Färjor", body="Broar, hamnar, färjor, slussar.", ministers=[ONE]),
    document("long ago", span=month(2001, 1), title="Broarna", body=MATTER, ministers=[ONE]),
    document("after", span=month(2022, 1), title="Broarna", body=MATTER, ministers=[ONE]),
    document("same month", span=month(2020, 6), title="Broarna", body=MATTER, ministers=[ONE]),
    document("around", span=DateSpan(date(2020, 5, 1), date(2020, 8, 2), "span"), title="Broarna",
             body=f"{MATTER} Och mycket annat som också ska byggas.", ministers=[ONE]),
    document("of another", span=month(2019, 2), title="Broarna", body=MATTER, ministers=[TWO]),
    document("of nobody", span=month(2019, 3), title="Broarna", body=MATTER),
    document("undated", title="Broarna", body=MATTER, ministers=[ONE]),
    document("on other things", span=month(2019, 4), title=f"{ONE} om böckerna", body=OTHER, ministers=[ONE]),
    document("by name", span=month(2019, 5), title=f"Finansminister {ONE}", body=OFFICES, ministers=[ONE]),
    document("by name too", span=month(2019, 7), title=f"Finansminister {ONE}", body=OFFICES, ministers=[ONE]),
]  # fmt: skip


def ids(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.facts.id for hit in hits]


class RelatedContract:
    """The tests. Each gets an engine over ``FERRIES``."""

    @pytest.fixture
    def engine(self, publish: Publish) -> Engine:
        return publish(FERRIES)

    def test_the_most_alike_before_and_after_are_in_order_of_time(self, engine: Engine) -> None:
        related = engine.related("own")
        assert related is not None
        assert ids(related.earlier) == ["long ago", "before"]
        assert ids(related.later) == ["around", "after"]

    def test_so_many_are_shown_as_asked_for_the_most_alike(self, engine: Engine) -> None:
        related = engine.related("own", size=1)
        assert related is not None
        assert (ids(related.earlier), ids(related.later)) == (["long ago"], ["after"])
        nothing = engine.related("own", size=0)
        assert nothing is not None and nothing.earlier == nothing.later == ()

    @pytest.mark.parametrize("alone", ["of nobody", "undated", "by name"])
    def test_nothing_goes_with_what_has_no_minister_no_date_or_no_matter(self, engine: Engine, alone: str) -> None:
        related = engine.related(alone)
        assert related is not None
        assert related.earlier == related.later == ()

    def test_it_goes_both_ways(self, engine: Engine) -> None:
        related = engine.related("after")
        assert related is not None
        assert set(ids(related.earlier)) <= {"own", "before", "long ago", "same month", "around"}
        assert len(related.earlier) == 3

    def test_any_of_several_ministers_is_enough(self, engine: Engine) -> None:
        related = engine.related("before", size=9)
        assert related is not None
        first, *two, last, latest = ids(related.later)
        assert (first, set(two), last, latest) == ("of another", {"own", "same month"}, "around", "after")

    def test_a_release_that_is_not_there_has_none(self, engine: Engine) -> None:
        assert engine.related("z") is None

    def test_what_has_the_same_matter_and_no_minister_in_common_is_not_related(self, publish: Publish) -> None:
        others = [replace(d, annotations=replace(d.annotations, ministers=())) for d in FERRIES[1:]]
        related = publish([FERRIES[0], *others]).related("own")
        assert related is not None
        assert related.earlier == related.later == ()
