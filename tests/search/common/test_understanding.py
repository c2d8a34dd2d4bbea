from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from search.local import LocalEngine
from search.query import Query
from tests import builders
from tests.builders import document


def supports(count: int) -> list[Document]:
    """So many releases on support for Ukraine, and two in whose text somebody stood there."""
    return [
        *(document(f"s{n}", title="Stöd till Ukraina") for n in range(count)),
        *(document(f"o{n}", title="Ett torg", body="De stod i Ukraina.") for n in range(2)),
    ]


def engine(folder: Path, documents: list[Document]) -> LocalEngine:
    builders.publish(folder, documents)
    return LocalEngine(folder)


def test_dots_that_were_left_out_are_put_in_where_the_words_beside_tell(tmp_path: Path) -> None:
    page = engine(tmp_path, supports(12)).search(Query("ukraina stod"))
    assert (page.suggestion, page.corrected, page.total) == ("ukraina stöd", True, 12)


def test_a_word_that_occurs_wins_alone_and_the_other_is_offered(tmp_path: Path) -> None:
    page = engine(tmp_path, supports(12)).search(Query("stod"))
    assert (page.suggestion, page.corrected, page.total) == ("stöd", False, 2)


def test_a_word_wins_over_one_that_is_hardly_more_common(tmp_path: Path) -> None:
    page = engine(tmp_path, supports(8)).search(Query("ukraina stod"))
    assert (page.suggestion, page.corrected) == (None, False)


def test_a_correction_that_no_release_has_beside_the_rest_is_only_offered(tmp_path: Path) -> None:
    searched = engine(tmp_path, [*supports(3), document("x", title="Ett torg")])
    page = searched.search(Query("torg stdö"))
    assert (page.suggestion, page.corrected) == ("torg stöd", False)


def test_an_error_and_missing_dots_are_mended_together(tmp_path: Path) -> None:
    page = engine(tmp_path, supports(12)).search(Query("ukrania stod"))
    assert (page.suggestion, page.corrected, page.total) == ("ukraina stöd", True, 12)


def test_what_finds_nothing_is_answered_as_what_finds_something(tmp_path: Path) -> None:
    searched = engine(tmp_path, [*supports(3), document("x", title="Ett torg")])
    page = searched.search(Query("ttorg stdö"))
    assert (page.suggestion, page.corrected) == ("torg stöd", True)
    assert page.matching == "some"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    return engine(tmp_path_factory.mktemp("spelling"), supports(12))


@given(st.lists(st.text(max_size=12) | st.sampled_from(["stod", "ukrania", "torgg", '"', "-", "OR"])).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_whatever_is_typed_a_correction_finds_something(published: LocalEngine, text: str) -> None:
    page = published.search(Query(text))
    assert page.corrected <= (page.suggestion is not None)
    if page.suggestion is not None:
        assert published.search(Query(page.suggestion, verbatim=True)).total > 0
    if page.corrected:
        assert page.total == published.search(Query(page.answered.text, verbatim=True)).total


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("arbetsformedlingen", "arbetsförmedlingen"),
        ("ukraina stod", "ukraina stöd"),
        ("kärnkrft", "kärnkraft"),
        ("Ibrahim Bylan", "Ibrahim Baylan"),
        ("mal for klimatet", "mål för klimatet"),
        ("infrastruktr", "infrastruktur"),
    ],
)
def test_what_was_meant_is_found_in_the_real_corpus(corpus_data: Path, typed: str, meant: str) -> None:
    page = LocalEngine(corpus_data).search(Query(typed))
    assert (page.suggestion, page.corrected) == (meant, True)
    assert page.total >= 3
