from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.growing import Growing, GrowingStrings


@given(st.lists(st.lists(st.integers(-(2**31), 2**31 - 1), max_size=5), max_size=5))
def test_numbers_come_back_in_their_order(rows: list[list[int]]) -> None:
    column = Growing(np.int32)
    for row in rows:
        column.extend(np.array(row, np.int32).tobytes())
    assert column.array().tolist() == [n for row in rows for n in row]


def test_more_than_is_written_at_once() -> None:
    column, half = Growing(np.int32), np.arange(50_000, dtype=np.int32)
    column.extend(half.tobytes())
    column.extend(half.tobytes())
    assert column.array().tolist() == [*range(50_000), *range(50_000)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=8))
def test_strings_come_back_in_their_order(strings: list[str]) -> None:
    column = GrowingStrings()
    for string in strings:
        column.add(string.encode())
    assert list(column.strings()) == strings


def test_the_folder_is_left_empty(tmp_path: Path) -> None:
    column = Growing(np.uint8, tmp_path)
    column.extend(bytes(100_000))
    assert list(tmp_path.iterdir()) == []
    found = column.array()
    del column
    assert found.nbytes == 100_000 and not found.any()
