import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.pairs import numbers_in, pairs_of, places_in, rows_of, runs
from index.arrays.ragged import Ragged

TERMS = Ragged.of([[0], [2, 1], [], [1, 0, 2]])  # of the words 0 to 3


@given(st.lists(st.integers(0, 3), max_size=12))
def test_the_terms_of_words_are_sorted_with_their_places(words: list[int]) -> None:
    positions = np.arange(len(words), dtype=np.int32) * 3
    pairs = pairs_of(np.array(words, np.int32), positions, TERMS)
    expected = sorted((int(term), 3 * at) for at, word in enumerate(words) for term in TERMS[word])
    assert list(zip(numbers_in(pairs).tolist(), places_in(pairs).tolist(), strict=True)) == expected
    rows = rows_of(pairs, 4)
    assert [rows[n].tolist() for n in range(4)] == [[at for term, at in expected if term == n] for n in range(4)]


@given(st.lists(st.integers(-3, 3)).map(sorted))
def test_runs_of_equal_numbers(numbers: list[int]) -> None:
    different, firsts = runs(np.array(numbers, np.int64))
    assert different.tolist() == sorted(set(numbers))
    assert firsts.tolist() == [numbers.index(n) for n in different.tolist()]
