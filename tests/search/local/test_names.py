"""What names find, by the project's own tables; :mod:`tests.search.test_naming` tells how they are understood."""

from pathlib import Path

import pytest

from search.local import LocalEngine
from search.page import Offer
from search.query import Filters, Query, Scope
from tests import builders
from tests.builders import document, month

MSB = "Myndigheten för samhällsskydd och beredskap"
DOCUMENTS = [
    document("kort", title="Nytt uppdrag till MSB", span=month(2019, 3)),
    document("lang", title=f"Nytt uppdrag till {MSB}", span=month(2019, 4)),
    document("annan", title="Nytt uppdrag till kommunerna", body="Samhällsskydd nämns.", span=month(2019, 5)),
    document("skr", title="Överenskommelse med Sveriges Kommuner och Regioner", span=month(2020, 5)),
    document("brott", title="Rapport", body="Den kommer från Brå.", span=month(2020, 6)),
    document("budget", title="Budgeten läggs fram", ministers=["Magdalena Andersson"], span=month(2016, 9)),
    document("senare", title="Budgeten läggs fram igen", ministers=["Magdalena Andersson"], span=month(2022, 1)),
    document("tidigare", title="Finansministern talar", body="Om 2016.", span=month(2013, 2)),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    folder: Path = tmp_path_factory.mktemp("names")
    builders.publish(folder, DOCUMENTS)
    return LocalEngine(folder)


def found(engine: LocalEngine, text: str) -> set[str]:
    return {hit.facts.id for hit in engine.search(Query(text)).hits}


def test_an_acronym_finds_the_name_and_the_name_the_acronym(engine: LocalEngine) -> None:
    for text in ("MSB", "msb", MSB):
        assert found(engine, text) == {"kort", "lang"}


@pytest.mark.parametrize(("text", "expected"), [("SKR", {"skr"}), ("Brottsförebyggande rådet", {"brott"})])
def test_so_do_other_organisations(engine: LocalEngine, text: str, expected: set[str]) -> None:
    assert found(engine, text) == expected


def test_an_office_finds_its_holder_at_the_time(engine: LocalEngine) -> None:
    assert found(engine, "finansministern") == {"budget", "tidigare"}


def test_a_year_finds_what_is_of_it_and_what_names_it(engine: LocalEngine) -> None:
    assert found(engine, "finansministern 2016") == {"budget", "tidigare"}


def test_a_person_finds_what_is_about_them_and_is_offered_as_a_filter(engine: LocalEngine) -> None:
    page = engine.search(Query("Magdalena Andersson 2016"))
    assert page.hits[0].facts.id == "budget"
    assert page.offers == (
        Offer("minister", "magdalena-andersson", "Magdalena Andersson"),
        Offer("year", "2016", "2016"),
    )


def test_what_is_chosen_is_not_offered_again(engine: LocalEngine) -> None:
    page = engine.search(Query("Magdalena Andersson 2016", Filters.of(year=["2016"])))
    assert [offer.facet for offer in page.offers] == ["minister"]


def test_names_are_offered_for_quotations_too(engine: LocalEngine) -> None:
    page = engine.search(Query("Magdalena Andersson", scope=Scope.QUOTES))
    assert [offer.value for offer in page.offers] == ["magdalena-andersson"]


@pytest.mark.parametrize("text", ["MCB", "SKR", "finansministern"])
def test_a_name_is_never_corrected(engine: LocalEngine, text: str) -> None:
    page = engine.search(Query(text))
    assert not page.corrected or text == "MCB"  # that is none


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("MSB", MSB),
        ("Brå", "Brottsförebyggande rådet"),
        ("IVO", "Inspektionen för vård och omsorg"),
        ("AF", "Arbetsförmedlingen"),
        ("Säpo", "Säkerhetspolisen"),
        ("SKR", "Sveriges Kommuner och Regioner"),
    ],
)
def test_both_names_find_nearly_the_same_in_the_real_corpus(corpus_data: Path, short: str, long: str) -> None:
    searched = LocalEngine(corpus_data)
    found = [{d.release.id for d in searched.export(Query(text))} for text in (short, long)]
    assert len(found[0] & found[1]) >= max(10, 0.9 * min(map(len, found)))


@pytest.mark.corpus
def test_an_office_and_a_year_find_who_held_it_in_the_real_corpus(corpus_data: Path) -> None:
    page = LocalEngine(corpus_data).search(Query("finansministern 2023"))
    assert page.matching == "all"
    assert all("elisabeth-svantesson" in {m.id for m in hit.facts.ministers} for hit in page.hits[:5])
    assert Offer("minister", "elisabeth-svantesson", "Elisabeth Svantesson") in page.offers
