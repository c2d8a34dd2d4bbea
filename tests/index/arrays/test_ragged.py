import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.files import kept_runs, starts_of
from index.arrays.ragged import Ragged, cut, joined_rows, ranges, stacked

Rows = list[list[int]]
rows_of_numbers = st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=6)


def lists(ragged: Ragged) -> Rows:
    return [ragged[n].tolist() for n in range(len(ragged))]


@given(rows_of_numbers)
def test_rows_come_back_as_they_were(rows: Rows) -> None:
    ragged = Ragged.of(rows)
    assert lists(ragged) == rows
    assert ragged.lengths.tolist() == list(map(len, rows))
    assert ragged.rows.tolist() == [n for n, row in enumerate(rows) for _ in row]


@given(st.lists(st.tuples(st.lists(st.integers(0, 9), max_size=5), st.booleans()), max_size=6))
def test_some_rows_are_kept(rows: list[tuple[list[int], bool]]) -> None:
    kept = np.array([is_kept for _, is_kept in rows], np.bool_)
    assert lists(Ragged.of([row for row, _ in rows]).only(kept)) == [row for row, is_kept in rows if is_kept]


@given(rows_of_numbers, rows_of_numbers)
def test_rows_are_put_after_others(rows: Rows, others: Rows) -> None:
    assert lists(Ragged.of(rows).with_rows(Ragged.of(others))) == rows + others


@given(rows_of_numbers, st.lists(st.integers(0, 5), max_size=5))
def test_rows_are_gathered_in_any_order(rows: Rows, wanted: list[int]) -> None:
    wanted = [n for n in wanted if n < len(rows)]
    values, which = Ragged.of(rows).gather(np.array(wanted, np.int64))
    assert values.tolist() == [value for n in wanted for value in rows[n]]
    assert which.tolist() == [at for at, n in enumerate(wanted) for _ in rows[n]]


@given(rows_of_numbers)
def test_transposed_says_which_rows_have_a_value(rows: Rows) -> None:
    transposed = lists(Ragged.of(rows).transposed(10))
    assert transposed == [[n for n, row in enumerate(rows) for one in row if one == value] for value in range(10)]


def test_starts_and_ranges() -> None:
    assert starts_of(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]
    assert ranges(np.array([5, 1, 7]), np.array([2, 0, 3])).tolist() == [5, 6, 7, 8, 9]
    assert ranges(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


@given(st.lists(st.lists(st.lists(st.integers(0, 9), max_size=3), min_size=4, max_size=4), max_size=4))
def test_rows_of_blocks_are_put_together(blocks: list[Rows]) -> None:
    together = lists(joined_rows([Ragged.of(rows) for rows in blocks], 4))
    assert together == [[n for rows in blocks for n in rows[row]] for row in range(4)]


@given(st.lists(rows_of_numbers, max_size=4))
def test_blocks_are_put_below_each_other(blocks: list[Rows]) -> None:
    together = stacked([Ragged.of(rows) for rows in blocks])
    assert lists(together) == [row for rows in blocks for row in rows]
    assert stacked([], np.float32).values.dtype == np.float32


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(1, 30))
def test_rows_are_cut_into_runs(lengths: list[int], size: int) -> None:
    runs = list(cut(starts_of(np.array(lengths, np.int64))[1:], size))
    assert [n for run in runs for n in range(run.start, run.stop)] == list(range(len(lengths)))
    assert all(run.stop > run.start for run in runs)
    assert all(sum(lengths[run]) < size + max(lengths[run]) for run in runs)


@given(st.lists(st.booleans(), max_size=12))
def test_runs_of_what_is_kept(kept: list[bool]) -> None:
    runs = kept_runs(np.array(kept, np.bool_))
    assert [n for run in runs for n in range(run.start, run.stop)] == [n for n, is_kept in enumerate(kept) if is_kept]
