from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.annotations import Entity
from index.arrays.made import Arrays
from index.document import Document
from index.store import DataFolder
from search.common.typical import CERTAIN, MIN_RELEASES, TIMES, log_likelihood
from search.local.typical import typical_words
from tests.builders import document
from tests.oracle import Oracle
from tests.search.local.snapshots import snapshot_of

ONE = Entity("ett-ettsson", "Ett Ettsson")
WORDS = ["bro", "broar", "Öresund", "skola", "skolor", "tunnel", "broavgift", "väg", "vägar"]


def test_the_measure_is_that_of_the_paper() -> None:
    """Twelve of 20 documents have a word, and three of the other 80."""
    cells = [(12, 20 * 15 / 100), (3, 80 * 15 / 100), (8, 20 * 85 / 100), (77, 80 * 85 / 100)]
    expected = 2 * sum(found * log(found / by_chance) for found, by_chance in cells)
    assert log_likelihood(np.array([12]), np.array([15]), 20, 100).tolist() == pytest.approx([expected])


def test_a_word_that_is_nowhere_else_and_one_that_all_have_are_measured_too() -> None:
    weights = log_likelihood(np.array([5, 5]), np.array([5, 50]), 5, 50)
    assert weights.tolist() == pytest.approx([2 * (5 * log(10) + 45 * log(50 / 45)), 0], abs=1e-9)


@st.composite
def releases(draw: st.DrawFn, number: int) -> Document:
    mine = number % 3 == 0
    words = st.sampled_from(WORDS[:5] if mine and draw(st.booleans()) else WORDS)
    body = " ".join(f"och {word}" for word in draw(st.lists(words, min_size=1, max_size=5)))
    return document(f"d{number}", title="Om", body=body, ministers=[ONE.name] if mine else [])


corpora = st.integers(12, 40).flatmap(lambda count: st.tuples(*(releases(number) for number in range(count))))


def expected(oracle: Oracle) -> list[int]:
    """Of each typical term, how many of the minister's releases have it."""
    held = [{t for section in oracle.texts[n] for token in section for t in token.terms} for n in oracle.all]
    mine = [n for n in oracle.all if oracle.documents[n].annotations.ministers]
    found = []
    for term in set().union(*held) - {"och", "om"}:
        here, there = sum(term in held[n] for n in mine), sum(term in held[n] for n in oracle.all if n not in mine)
        often = here / len(mine) >= TIMES * there / (len(held) - len(mine)) - 1e-9
        if here >= MIN_RELEASES and often and surprise(here, len(mine), there, len(held) - len(mine)) >= CERTAIN:
            found.append(here)
    return sorted(found)


def surprise(here: int, mine: int, there: int, others: int) -> float:
    """G² as the difference of two log-likelihoods: one share for both sides, or one for each."""
    every = (here + there) / (mine + others)
    apart = likelihood(here, mine, here / mine) + likelihood(there, others, there / others)
    return 2 * (apart - likelihood(here, mine, every) - likelihood(there, others, every))


def likelihood(having: int, of: int, share: float) -> float:
    """The logarithm of how likely it is that just these have something that this share has."""
    return (having * log(share) if having else 0.0) + ((of - having) * log(1 - share) if of - having else 0.0)


@given(documents=corpora)
@settings(max_examples=15)
def test_it_agrees_with_a_count_release_by_release(
    tmp_path_factory: pytest.TempPathFactory, documents: tuple[Document, ...]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    snapshot = snapshot_of(folder, documents)
    oracle = Oracle(list(documents), Arrays.load(DataFolder(folder).current().path).lexicon)
    number = snapshot.facets["minister"].number(ONE.id)
    words = typical_words(snapshot, snapshot.arrays.inverted.having[number], "minister", ONE, 99)
    assert sorted(word.count for word in words) == expected(oracle)
    assert {word.text for word in words} <= set(WORDS)


@pytest.mark.parametrize(("elsewhere", "typical"), [(8, True), (9, False)])
def test_a_typical_word_is_three_times_as_frequent(tmp_path: Path, elsewhere: int, typical: bool) -> None:
    """All of 14 releases have it; of 26 others 8 are less than a third, 9 are more."""
    mine = [document(f"m{n}", title="Om", body="Om tunnel", ministers=[ONE.name]) for n in range(14)]
    others = [document(f"o{n}", title="Om", body="Om tunnel" if n < elsewhere else "Om bro") for n in range(26)]
    snapshot = snapshot_of(tmp_path, [*mine, *others])
    words = typical_words(snapshot, np.arange(14), "minister", ONE, 9)
    assert ("tunnel" in {word.text for word in words}) is typical


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Vi ser Bro. Bro är en ort, och i Bro finns det.", "Bro"),
        ("Vi ser en bro. Bro är bra. Bro.", "bro"),
        ("Bro.", "bro"),
        ("Vi ser BRO.", "BRO"),
        ("Under broarna flyter vatten, och under broarna går båtar.", "broarna"),
        ("Med en idé.", "idé"),
    ],
)
def test_a_word_is_shown_as_it_is_written_within_a_sentence(tmp_path: Path, text: str, shown: str) -> None:
    others = [document(f"o{n}", title="Skolor", body="Skolor är det andra.") for n in range(20)]
    snapshot = snapshot_of(tmp_path, [*(document(f"d{n}", body=text, ministers=[ONE.name]) for n in range(4)), *others])
    number = snapshot.facets["minister"].number(ONE.id)
    words = typical_words(snapshot, snapshot.arrays.inverted.having[number], "minister", ONE, 9)
    assert shown in [word.text for word in words]
