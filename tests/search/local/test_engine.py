import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from index.errors import AnalysisError, DamagedGeneration, IndexUnavailable, NoGeneration
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Filters, Query, Scope, Sort
from tests import builders, oracle
from tests.search.contract import DOCUMENTS, EngineContract, Publish, counts, ids


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    def publish(documents: Iterable[Document]) -> LocalEngine:
        builders.publish(tmp_path / "data", documents)
        return LocalEngine(tmp_path / "data")

    return publish


class TestContract(EngineContract):
    """The local engine does what every engine must."""


def test_without_an_index_it_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration, match="pressok rebuild"):
        LocalEngine(tmp_path).search(Query())


def test_a_damaged_index_is_refused_by_every_method(tmp_path: Path) -> None:
    builders.publish(tmp_path, DOCUMENTS)
    for path in (DataFolder(tmp_path).current().path / "whoosh").iterdir():
        path.write_bytes(b"")
    engine = LocalEngine(tmp_path)
    for call in (
        lambda: engine.search(Query()), lambda: engine.get("a"), lambda: engine.similar("a"),
        lambda: engine.suggest("a"), lambda: engine.export(Query()), engine.status,
    ):  # fmt: skip
        with pytest.raises(DamagedGeneration, match="pressok rebuild"):
            call()


def test_it_answers_as_soon_as_there_is_an_index(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path)
    with pytest.raises(IndexUnavailable):
        engine.status()
    builders.publish(tmp_path, DOCUMENTS)
    assert engine.status().releases == 7


def test_it_refuses_to_answer_without_stemming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builders.publish(tmp_path, DOCUMENTS)
    monkeypatch.setattr("index.analysis.term_of", lambda word: word)
    with pytest.raises(AnalysisError, match="stemming is not in force"):
        LocalEngine(tmp_path).search(Query("skola"))


def test_threads_get_whole_answers_while_generations_are_published(tmp_path: Path) -> None:
    """Generation n holds n releases, all alike: an answer mixed from two would show."""
    builders.publish(tmp_path, [builders.document("r0", title="Skola", agencies=["Skolverket"])])
    engine = LocalEngine(tmp_path)
    done = Event()

    def search() -> list[tuple[int, ...]]:
        answers = []
        while not done.is_set():
            page = engine.search(Query("skola"))
            answers.append((page.total, len(page.hits), counts(page, "agency")["skolverket"]))
        return answers

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(search) for _ in range(3)]
        for number in range(1, 8):
            one = builders.document(f"r{number}", title="Skola", agencies=["Skolverket"])
            builders.publish(tmp_path, [one], afresh=False)
        done.set()
        answers = [answer for reader in readers for answer in reader.result()]
    assert len(answers) > 3
    assert all(len(set(answer)) == 1 for answer in answers)
    assert engine.search(Query("skola")).total == 8


def test_a_new_generation_is_picked_up(tmp_path: Path) -> None:
    builders.publish(tmp_path, DOCUMENTS)
    engine = LocalEngine(tmp_path)
    assert engine.search(Query("ubåt")).total == 0
    builders.publish(tmp_path, [builders.document("u", title="En ubåt")], afresh=False)
    assert ids(engine.search(Query("ubåt"))) == ["u"]
    assert engine.status().generation == "000002"


def test_an_export_under_way_ends_in_the_generation_that_it_began_in(tmp_path: Path) -> None:
    builders.publish(tmp_path, DOCUMENTS)
    engine = LocalEngine(tmp_path)
    documents = engine.export(Query())
    next(documents)
    for _ in range(3):
        builders.publish(tmp_path, [builders.document("u", title="En ubåt")])
    assert engine.status().releases == 1
    assert len(list(documents)) == 6


def test_a_new_generation_that_is_damaged_does_not_end_the_service(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    builders.publish(tmp_path, DOCUMENTS)
    engine = LocalEngine(tmp_path)
    engine.status()
    (tmp_path / "CURRENT").write_text("000099\n")
    with caplog.at_level(logging.ERROR):
        assert engine.status().generation == "000001"
    assert "Still answering from generation 000001" in caplog.text


PLAIN = ["segregation", "skolor", "polisen", "möte", "stöd", "datum", "myndighet*", '"nya poliser"', "-polisen", "OR"]
SAID = ["citat:tåg", 'citat:"nya spår"', "citat:bu*", "-citat:fler", "citat:spår"]
FIELDS = [
    "titel:skola", 'titel:"nya poliser"', "-titel:spår", "OR titel:tåg", "minister:baylan", "-minister:shekarabi",
    "OR minister:shekarabi", "myndighet:skol", "typ:artikel", "-typ:art", "talare:ettsson", "departement:finans",
    "område:bost", "år:2017", "-år:2022", "från:2016-05", "till:2017", "OR år:2014", "minister:", "år:x",
]  # fmt: skip
words = st.sampled_from([*PLAIN, *SAID, *FIELDS, "fler", "spår"])
queries = st.builds(
    Query,
    text=st.lists(words, max_size=5).map(" ".join),
    filters=st.builds(
        Filters.of,
        speaker=st.lists(st.sampled_from(["ett-ettsson", "tva-tvasson", "ingen"]), max_size=2),
        minister=st.lists(st.sampled_from(["ibrahim-baylan", "ardalan-shekarabi", "ingen"]), max_size=2),
        agency=st.lists(st.sampled_from(["skolverket", "boverket"]), max_size=2),
        year=st.lists(st.sampled_from(["2016", "2017", "2022"]), max_size=2),
        type=st.lists(st.sampled_from(["artikel", "pressmeddelande"]), max_size=1),
    ),
    first=st.none() | st.dates(min_value=date(2015, 1, 1), max_value=date(2018, 1, 1)),
    last=st.none() | st.dates(min_value=date(2018, 1, 2), max_value=date(2023, 1, 1)),
    sort=st.sampled_from(Sort),
    scope=st.sampled_from(Scope),
    size=st.just(100),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    folder = tmp_path_factory.mktemp("oracle")
    builders.publish(folder, DOCUMENTS)
    return LocalEngine(folder)


@given(query=queries)
@settings(max_examples=300, deadline=None)
def test_it_agrees_with_the_oracle(published: LocalEngine, query: Query) -> None:
    agree(published, DOCUMENTS, query)


def agree(engine: LocalEngine, documents: list[Document], query: Query) -> None:
    query = replace(query, verbatim=True)
    page = engine.search(query)
    expected, facets = oracle.search(documents, query)
    assert page.total == len(expected)
    assert {facet: counts(page, facet) for facet in facets} == facets
    whole = [d.release.id for d in engine.export(query)]
    assert sorted(whole) == sorted(expected)
    if query.sort is not Sort.RELEVANCE and not query.text:
        assert whole == expected


CORPUS_QUERIES = [
    Query("segregation"),
    Query("Nato medlemskap ratificering"),
    Query('"civilt försvar" kommuner'),
    Query("kärnkraft* -forskning", filters=Filters.of(year=["2024"])),
    Query("polisen OR åklagare", filters=Filters.of(minister=["gunnar-strommer"])),
    Query(filters=Filters.of(agency=["skolverket"], type=["artikel"])),
    Query("a-kassa", sort=Sort.NEWEST),
    Query("titel:skola -minister:edholm från:2016 departement:utbildning"),
    Query("myndighet:skol OR myndighet:polis typ:press -år:2023"),
]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("query", "release_id"),
    [
        ("vattendistrikten", "artiklar.2015.11.regeringen-provar-forslag-till-atgardsprogram-for-vatten"),
        ("innovationsområden proposition energiområdet", "artiklar.2016.12.regeringen-lagger-fram-en-ny-proposition-for"
         "-forskning-och-innovation-pa-energiomradet"),
        ("FN-representationen Malaysia", "pressmeddelanden.2024.05.ny-ambassador-i-malaysia"),
    ],
)  # fmt: skip
def test_words_that_hold_invisible_letters_in_the_source_are_found(
    corpus_data: Path, query: str, release_id: str
) -> None:
    assert release_id in ids(LocalEngine(corpus_data).search(Query(query)))


@pytest.mark.corpus
def test_it_agrees_with_the_oracle_on_the_real_corpus(corpus_data: Path) -> None:
    engine = LocalEngine(corpus_data)
    documents = list(engine.export(Query()))
    assert len(documents) == 7428
    sample = documents[::12]
    folder = corpus_data.parent / "sample"
    builders.publish(folder, sample)
    for query in CORPUS_QUERIES:
        agree(LocalEngine(folder), sample, replace(query, size=100))
