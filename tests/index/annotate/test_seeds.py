"""The two releases that the project started from, and the whole corpus, by the project's own tables."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.annotate import Annotator, Tables
from index.annotations import Annotations, DateSpan
from index.sources import Found, read

pytestmark = pytest.mark.corpus

AGENCIES_OF_THE_FIRST = (
    "Arbetsförmedlingen",
    "Boverket",
    "Brottsförebyggande rådet",
    "Delegationen mot segregation",
    "Försäkringskassan",
    "Kriminalvården",
    "Polismyndigheten",
    "Skolinspektionen",
    "Skolverket",
    "Socialstyrelsen",
    "Säkerhetspolisen",
)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> list[Annotations]:
    annotator = Annotator(Tables.load())
    return [annotator.annotate(item.release) for item in read(shared / "seeds") if isinstance(item, Found)]


def test_both_are_of_the_minister_and_his_department(seeds: list[Annotations]) -> None:
    assert len(seeds) == 2
    for seed in seeds:
        assert [minister.id for minister in seed.ministers] == ["ibrahim-baylan"]
        assert [department.name for department in seed.departments] == ["Statsrådsberedningen"]


def test_both_are_from_when_he_held_the_office(seeds: list[Annotations]) -> None:
    span = DateSpan(date(2016, 5, 25), date(2019, 1, 20), "span")
    assert [seed.span for seed in seeds] == [span, span]


def test_the_first_has_the_agencies_that_it_lists(seeds: list[Annotations]) -> None:
    assert sorted(agency.name for agency in seeds[0].agencies) == sorted(AGENCIES_OF_THE_FIRST)


def test_the_second_has_the_agencies_that_it_names(seeds: list[Annotations]) -> None:
    assert {"Delegationen mot segregation", "Polismyndigheten"} <= {agency.name for agency in seeds[1].agencies}


def test_stated_ministers_whose_names_stand_in_the_text_are_found(shared: Path) -> None:
    """The senders that lists state are hidden from the recogniser, which must find 99 in 100 of them."""
    tables = Tables.load()
    annotator, people = Annotator(tables), {holding.person.name for holding in tables.holdings}
    named = found = 0
    for item in read(shared / "corpus" / "g0v-2014-2024.tar.gz"):
        if not isinstance(item, Found):
            continue
        release = item.release
        text = f"{release.title}\n{release.summary}\n{release.body}"
        stated = {sender for sender in release.senders if sender in people and sender in text}
        if stated:
            hidden = replace(release, senders=())
            named += len(stated)
            found += len(stated & {minister.name for minister in annotator.annotate(hidden).ministers})
    assert named > 800
    assert found / named >= 0.99
