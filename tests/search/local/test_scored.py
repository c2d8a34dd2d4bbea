import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.local.scored import NOTHING, Scored, all_of, best_of, only, scores_at, summed

COUNT = 6
Found = dict[int, float]
found = st.dictionaries(st.integers(0, COUNT - 1), st.integers(0, 8).map(lambda n: n / 4))


def scored(rows: Found) -> Scored:
    return Scored(np.array(sorted(rows), np.int64), np.array([rows[n] for n in sorted(rows)], np.float32))


def rows(one: Scored) -> Found:
    return dict(zip(one.documents.tolist(), one.scores.tolist(), strict=True))


@given(st.lists(found, max_size=4))
def test_the_best_of_several(several: list[Found]) -> None:
    best = best_of(list(map(scored, several)), COUNT)
    assert rows(best) == {n: max(one[n] for one in several if n in one) for one in several for n in one}
    assert best.documents.tolist() == sorted(best.documents.tolist())


@given(st.lists(found, min_size=1, max_size=4))
def test_what_is_in_all_of_several_has_their_sum(several: list[Found]) -> None:
    common = set.intersection(*map(set, several))
    assert rows(all_of(list(map(scored, several)))) == {n: sum(one[n] for one in several) for n in common}


@given(st.lists(found, max_size=4))
def test_sums_and_numbers_of_all_documents(several: list[Found]) -> None:
    scores, having = summed(list(map(scored, several)), COUNT)
    assert scores.tolist() == [sum(one.get(n, 0.0) for one in several) for n in range(COUNT)]
    assert having.tolist() == [sum(n in one for one in several) for n in range(COUNT)]


@given(found, st.sets(st.integers(0, COUNT - 1)))
def test_some_of_the_documents(one: Found, wanted: set[int]) -> None:
    kept = {n: score for n, score in one.items() if n in wanted}
    at = np.array(sorted(wanted), np.int64)
    assert scores_at(scored(one), at).tolist() == [one.get(n, 0.0) for n in sorted(wanted)]
    assert rows(only(scored(one), np.array([n in wanted for n in range(COUNT)]))) == kept


def test_nothing_is_found_in_nothing() -> None:
    assert rows(best_of([NOTHING, NOTHING], COUNT)) == rows(all_of([NOTHING, NOTHING])) == {}
