from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.arrays.made import Arrays
from index.document import Document
from index.store import DataFolder
from index.swedish.stems import term_of
from search.common.people import people_terms
from search.common.weighing import SHARE
from search.local.related import related_documents
from tests.builders import document, month
from tests.oracle import Oracle
from tests.oracle.related import Likeness, likeness, related
from tests.search.local.snapshots import snapshot_of

TITLES = {"finansminister", "minister"}
WORDS = ["bro", "hamn", "färja", "sluss", "kanal", "farled", "tunnel", "Ettsson", "finansminister", "och", "väg"]


@st.composite
def releases(draw: st.DrawFn, number: int) -> Document:
    return document(
        f"d{number}",
        span=draw(st.none() | st.builds(month, st.just(2020), st.integers(1, 12))),
        title=draw(st.sampled_from(WORDS)),
        body=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=5, max_size=12))),
        ministers=draw(st.sampled_from([["Ett Ettsson"], ["Två Tvåsson", "Ett Ettsson"], ["Två Tvåsson"], []])),
    )


corpora = st.integers(4, 12).flatmap(lambda count: st.tuples(*(releases(number) for number in range(count))))


def check(found: Sequence[int], expected: dict[int, Likeness], oracle: Oracle, size: int) -> None:
    """Equal scores may change places."""
    assert set(found) <= expected.keys()
    best = sorted((alike.score for alike in expected.values()), reverse=True)[:size]
    assert sorted((expected[n].score for n in found), reverse=True) == pytest.approx(best)
    assert [oracle.middle(n) for n in found] == sorted(oracle.middle(n) for n in found)


@given(documents=corpora, size=st.integers(1, 3))
@settings(max_examples=20)
def test_it_agrees_with_a_comparison_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Document, ...], size: int
) -> None:
    folder = tmp_path_factory.mktemp("any")
    snapshot = snapshot_of(folder, documents)
    oracle = Oracle(list(documents), Arrays.load(DataFolder(folder).current().path).lexicon)
    for n in oracle.all:
        shares = [likeness(oracle, n, other, TITLES).share for other in oracle.all]
        assume(all(abs(share - SHARE) > 1e-4 for share in shares))  # scores are kept with seven digits
        for found, expected in zip(related_documents(snapshot, n, size), related(oracle, n, TITLES), strict=True):
            check(found.tolist(), expected, oracle, size)


def test_names_of_ministers_and_titles_of_offices_are_of_people(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "Finansministern Ett-Ettan Ettssons bok om finanser, energiministern och en biträdande minister"
    lookup = snapshot_of(tmp_path_factory.mktemp("data"), [document("a", title=text)]).lookup
    people = lookup.numbers(people_terms(["Ett-Ettan Ettsson", "Ingen Alls"]))
    terms = ["finansminister", "energiminister", "minister", "ettsson", "ett", "ettan", "ettettan"]
    numbers = {lookup.number(term_of(term)) for term in terms}
    assert people == numbers
    assert min(numbers) >= 0
    assert all(lookup.number(term_of(word)) >= 0 for word in ("bok", "biträdande"))
