import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays.made import Arrays
from index.document import Document, Version
from index.errors import AnalysisError, DamagedGeneration, IndexUnavailable, NoGeneration
from index.store import DataFolder
from search.local import LocalEngine
from search.local.snapshot import Snapshot
from search.query import Filters, Query, Scope, Sort
from search.timeline import Step
from tests import builders
from tests.builders import month
from tests.oracle import Oracle
from tests.search.contract import BAYLAN, DOCUMENTS, SHEKARABI, TERM, EngineContract, Publish, counts, ids
from tests.search.profiles import ProfileContract
from tests.search.relations import RelatedContract
from tests.search.timelines import TimelineContract

Earlier = Mapping[str, Sequence[Version]]


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    def publish(documents: Iterable[Document], earlier: Earlier | None = None) -> LocalEngine:
        builders.publish(tmp_path / "data", documents, earlier=earlier)
        return LocalEngine(tmp_path / "data")

    return publish


class TestContract(EngineContract):
    """The local engine does what every engine must."""


class TestRelated(RelatedContract):
    """And finds what goes before and after as every engine must."""


class TestProfiles(ProfileContract):
    """And profiles as every engine must."""


class TestTimelines(TimelineContract):
    """And counts by period as every engine must."""


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
        lambda: engine.related("a"), lambda: engine.timeline(Query(), Step.YEAR),
        lambda: engine.profile("agency", "boverket"),
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
    monkeypatch.setattr("index.swedish.analysis.term_of", lambda word: word)
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


@dataclass(frozen=True)
class Compared:
    """An engine and the oracle over the same releases."""

    engine: LocalEngine
    oracle: Oracle

    @classmethod
    def over(cls, documents: list[Document], folder: Path) -> "Compared":
        builders.publish(folder, documents)
        return cls(LocalEngine(folder), Oracle(documents, Arrays.load(DataFolder(folder).current().path).lexicon))

    def agree(self, query: Query) -> None:
        """Check that they find, count, score and order the same. Scores that are nearly equal may change places."""
        query = replace(query, verbatim=True, size=100)
        page, expected = self.engine.search(query), self.oracle.search(query)
        assert {facet: counts(page, facet) for facet in expected.facets} == expected.facets
        assert page.matching == expected.matching
        found = [d.release.id for d in self.engine.export(query)]
        assert (sorted(found), page.total) == (sorted(hit.id for hit in expected.hits), len(found))
        known = {hit.id: hit for hit in expected.hits}
        for release_id, hit in zip(found, expected.hits, strict=True):
            here = known[release_id]
            assert (here.complete, here.time) == (hit.complete, hit.time), query
            assert here.score == pytest.approx(hit.score, rel=1e-5), query
        for hit in page.hits:
            assert hit.score == pytest.approx(known[hit.facts.id].score, rel=1e-5, abs=6e-5), (
                query
            )  # shown with 4 decimals


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
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return Compared.over(DOCUMENTS, tmp_path_factory.mktemp("oracle"))


VOCABULARY = [
    *("skola", "skolor", "skatt", "sänkt", "sänka", "sänkning", "skattesänkning", "fusk", "skattefusk", "elpris"),
    *("elprisstöd", "stöd", "pris", "a-kassa", "kassa", "2017:45", "och", "till", "Ibrahim", "Baylan", "Skolverket"),
    *("energi- och skattestöd", "skolverket", "2017", "."),
]
texts = st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join)
bodies = st.lists(texts, max_size=3)


@st.composite
def releases(draw: st.DrawFn, number: int) -> Document:
    said = draw(st.lists(texts.map(str.strip).filter(bool), max_size=2))
    speakers = draw(st.lists(st.sampled_from(["Ett Ettsson", "Två Tvåsson", ""]), min_size=2, max_size=2))
    text = "\n\n".join([*draw(bodies), *(f"– {one} §{at}" for at, one in enumerate(said))])
    return builders.document(
        f"d{number}",
        span=draw(st.none() | st.sampled_from([month(2016, 2), month(2017, 3), TERM])),
        title=draw(texts),
        summary=draw(texts),
        body=text,
        quotes=[(who, f"{one} §{at}") for at, (who, one) in enumerate(zip(speakers, said, strict=False))],
        ministers=draw(st.lists(st.sampled_from([BAYLAN, SHEKARABI]), unique=True)),
        agencies=draw(st.lists(st.sampled_from(["Skolverket", "Boverket"]), unique=True)),
    )


corpora = st.integers(1, 8).flatmap(lambda count: st.tuples(*(releases(number) for number in range(count))))
asked = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "", "", "", "-", "OR ", "citat:", "titel:"]),
        st.sampled_from(
            [
                *VOCABULARY,
                "sko*",
                "skatte*",
                '"skatt och"',
                '"stöd till skolor"',
                "skattekassa",
                "nå",
                "2017:4*",
                "ener*",
            ]
        ),
    ),
    max_size=5,
).map(" ".join)


@given(documents=corpora, texts=st.lists(asked, min_size=4, max_size=4), query=queries)
@settings(max_examples=30, deadline=None)
def test_it_agrees_with_the_oracle_over_any_releases(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Document, ...], texts: list[str], query: Query
) -> None:
    compared = Compared.over(list(documents), tmp_path_factory.mktemp("any"))
    for text in texts:
        compared.agree(replace(query, text=text))


@given(query=queries)
@settings(max_examples=200, deadline=None)
def test_it_agrees_with_the_oracle(published: Compared, query: Query) -> None:
    published.agree(query)


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
    Query("krav för medborgarskap"),
    Query("medborgarskapskrav elpris"),
    Query("sänkt skatt arbetsinkomster"),
    Query("Ebba Busch kärnkraft 2023"),
    Query("finansministern budget"),
    Query("citat:klimat* talare:lövin"),
    Query("citat:trygghet poliser", filters=Filters.of(speaker=["morgan-johansson"])),
    Query("2017:45 OR 2018:1"),
    Query("xyzzy skola"),
]


def corpus_queries(oracle: Oracle, random: Random) -> Iterator[Query]:
    """Queries of all kinds with words of the titles."""
    yield from CORPUS_QUERIES
    titles = [[token.written for token in text[0]] for text in oracle.texts if len(text[0]) > 4]
    for _ in range(40):
        title, other = random.choice(titles), random.choice(titles)
        at, one = random.randrange(len(title) - 1), random.choice(other)
        word = random.choice(title)
        yield random.choice(
            [
                Query(" ".join(random.sample(title, random.randint(1, 5)))),
                Query(f"{word} {one}", sort=random.choice(list(Sort))),
                Query(f'"{title[at]} {title[at + 1]}" {one}'),
                Query(f"{word[:4]}* -{one}"),
                Query(f"{word} citat:{one}"),
                Query(f"titel:{word} OR {one}", filters=Filters.of(year=["2019", "2023"])),
                Query(f"{word} {random.randint(2014, 2024)}", filters=Filters.of(type=["pressmeddelande"])),
                Query(f"{word} {one}", scope=Scope.QUOTES),
            ]
        )


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


@pytest.fixture(scope="module")
def compared(corpus_data: Path) -> Compared:
    """A part of the real corpus."""
    documents = list(LocalEngine(corpus_data).export(Query()))
    assert len(documents) == 7428
    return Compared.over(documents[::5], corpus_data.parent / "sample")


@pytest.mark.corpus
def test_it_agrees_with_the_oracle_on_the_real_corpus(compared: Compared) -> None:
    for query in corpus_queries(compared.oracle, Random(7)):
        compared.agree(query)


def test_a_newer_generation_is_prepared_before_anything_is_suggested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.snapshot._SOON", 0.0)
    prepared = Event()
    prepare = Snapshot.prepare
    monkeypatch.setattr(Snapshot, "prepare", lambda self: (prepare(self), prepared.set()))
    builders.publish(tmp_path, [builders.document("a", title="Skolan")])
    engine = LocalEngine(tmp_path)
    engine.search(Query("skolan"))
    assert not prepared.wait(0.1), "what is opened once may never be asked for suggestions"
    builders.publish(tmp_path, [builders.document("b", title="Polisen")])
    engine.search(Query("polisen"))
    assert prepared.wait(10)
    assert {"_completions", "_speller"} <= vars(engine._now()).keys()
