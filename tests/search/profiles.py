"""What every engine must do: profiles of ministers, departments and agencies. See :mod:`tests.search.contract`."""

from datetime import date

import pytest

from index.annotations import DateSpan, Entity
from search.engine import Engine
from search.page import FacetValue
from search.profile import Profile
from tests.builders import document, month
from tests.search.contract import Publish

ONE, TWO = "Ett Ettsson", "Två Tvåsson"
DAY = DateSpan(date(2020, 3, 5), date(2020, 3, 5), "day")
LONG = DateSpan(date(2019, 11, 1), date(2021, 2, 3), "span")
BRIDGES = [
    document("a", span=month(2020, 3), title="Nyheter", body="Om Öresund, broar och en bro 2020. Hennes nyheter.",
             ministers=[ONE], agencies=["Trafikverket"], categories=("Vägar",)),
    document("b", span=DAY, title="Nyheter", body="Om Öresund och en bro. Hennes Ettsson är finansminister.",
             ministers=[ONE, TWO], agencies=["Trafikverket", "Boverket"], categories=("Vägar", "Hus")),
    document("c", span=LONG, title="Nyheter", body="Så är hennes Öresund och bro: Trafikverket säger sitt, a-kassa.",
             ministers=[ONE], departments=["Finansdepartementet"]),
    document("d", title="Nyheter", body="Bro, a-kassa, a-kassa. I en a-kassa. Trafikverket, Ettsson, finansministern.",
             ministers=[ONE], departments=["Finansdepartementet"]),
    document("e", span=month(2021, 1), title="Nyheter", body="Om a-kassa, finansministern, Trafikverket och Ettsson.",
             ministers=[ONE]),
    *(document(f"f{n}", span=month(2021, 1), title="Nyheter", body="Skolor, böcker och det andra.", ministers=[TWO])
      for n in range(20)),
]  # fmt: skip


def known(profile: Profile | None) -> Profile:
    assert profile is not None
    return profile


class ProfileContract:
    """The tests. Each gets an engine over ``BRIDGES``."""

    @pytest.fixture
    def engine(self, publish: Publish) -> Engine:
        return publish(BRIDGES)

    def test_it_says_how_many_releases_there_are_and_from_when(self, engine: Engine) -> None:
        profile = known(engine.profile("minister", "ett-ettsson"))
        assert (profile.facet, profile.entity, profile.releases) == ("minister", Entity("ett-ettsson", ONE), 5)
        assert (profile.first, profile.last) == (month(2020, 3), month(2021, 1))

    def test_they_are_of_its_own_releases(self, engine: Engine) -> None:
        profile = known(engine.profile("agency", "trafikverket"))
        assert (profile.first, profile.last) == (month(2020, 3), month(2020, 3))
        boverket = known(engine.profile("agency", "boverket"))
        assert (boverket.first, boverket.last) == (DAY, DAY)

    def test_a_wrong_date_is_told_like_others(self, publish: Publish) -> None:
        days = [DateSpan(date(year, 3, 5), date(year, 3, 5), "day") for year in (201, 2021)]
        engine = publish(document(f"d{n}", span=span, ministers=[ONE]) for n, span in enumerate(days))
        profile = known(engine.profile("minister", "ett-ettsson"))
        assert (profile.first, profile.last) == (days[0], days[1])

    def test_of_equal_ends_the_shorter_time_is_told(self, publish: Publish) -> None:
        days = [DateSpan(date(2020, 3, day), date(2020, 3, day), "day") for day in (1, 31)]
        spans = [month(2020, 3), *days, month(2020, 3)]
        engine = publish(document(f"d{n}", span=span, ministers=[ONE]) for n, span in enumerate(spans))
        profile = known(engine.profile("minister", "ett-ettsson"))
        assert (profile.first, profile.last) == (days[0], days[1])

    def test_a_time_that_is_not_known_to_a_month_is_neither_first_nor_last(self, engine: Engine) -> None:
        profile = known(engine.profile("department", "finansdepartementet"))
        assert (profile.first, profile.last) == (None, None)

    def test_typical_words_are_as_they_are_written_and_counted_by_release(self, engine: Engine) -> None:
        words = known(engine.profile("minister", "ett-ettsson")).words
        assert sorted((word.text, word.count) for word in words) == [("a-kassa", 3), ("bro", 4), ("Öresund", 3)]
        assert [word.weight for word in words] == sorted((word.weight for word in words), reverse=True)

    def test_names_offices_numbers_and_words_of_all_releases_are_not_typical(self, engine: Engine) -> None:
        texts = {word.text.lower() for word in known(engine.profile("minister", "ett-ettsson")).words}
        assert not texts & {"ettsson", "finansminister", "finansministern", "trafikverket", "2020", "nyheter", "hennes"}

    def test_as_many_words_are_given_as_asked_for(self, engine: Engine) -> None:
        assert len(known(engine.profile("minister", "ett-ettsson", size=2)).words) == 2
        assert known(engine.profile("minister", "ett-ettsson", size=0)).words == ()
        assert known(engine.profile("agency", "boverket")).words == ()

    def test_it_says_what_goes_together_with_it(self, engine: Engine) -> None:
        together = known(engine.profile("minister", "ett-ettsson")).together
        assert together == {
            "minister": (FacetValue("tva-tvasson", TWO, 1),),
            "department": (FacetValue("finansdepartementet", "Finansdepartementet", 2),),
            "agency": (FacetValue("trafikverket", "Trafikverket", 2), FacetValue("boverket", "Boverket", 1)),
            "category": (FacetValue("vagar", "Vägar", 2), FacetValue("hus", "Hus", 1)),
        }

    def test_what_no_release_has_has_no_profile(self, engine: Engine) -> None:
        assert engine.profile("minister", "ingen") is None
        with pytest.raises(ValueError, match="take one of minister, department, agency"):
            engine.profile("year", "2020")

    def test_what_every_release_has_has_no_typical_words(self, publish: Publish) -> None:
        engine = publish(document(f"d{n}", title="Bro", ministers=[ONE]) for n in range(3))
        assert known(engine.profile("minister", "ett-ettsson")).words == ()
