import errno
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.files import Strings, load, save

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.text("abö", max_size=3)
sorted_texts = st.sets(texts, max_size=20).map(sorted)

ARRAYS = {
    "numbers": np.arange(5, dtype=np.int32),
    "truths": np.array([True, False]),
    "none": np.zeros(0, np.float32),
    "table": np.arange(6).reshape(2, 3).T,
    "every_other": np.arange(9)[::2],
}


def test_arrays_are_written_as_numpy_writes_them(tmp_path: Path) -> None:
    save(tmp_path, **ARRAYS)
    for name, array in ARRAYS.items():
        np.save(tmp_path / "numpy.npy", np.ascontiguousarray(array))
        assert (tmp_path / f"{name}.npy").read_bytes() == (tmp_path / "numpy.npy").read_bytes()
        assert np.array_equal(load(tmp_path, name), array)


def test_a_full_disk_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "full.npy").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as raised:
        save(tmp_path, full=np.zeros(10_000))
    assert raised.value.errno == errno.ENOSPC


@given(st.lists(texts, max_size=10))
def test_strings_come_back_as_they_were(strings: list[str]) -> None:
    found = Strings.of(strings)
    assert list(found) == strings
    assert [found[n] for n in range(len(found))] == strings


@given(sorted_texts, texts)
def test_a_string_is_found_by_its_number(strings: list[str], other: str) -> None:
    found = Strings.of(strings)
    assert [found.find(one) for one in strings] == list(range(len(strings)))
    assert found.find(other) == (strings.index(other) if other in strings else -1)


@given(sorted_texts, st.lists(texts, max_size=10))
def test_strings_are_sorted_those_that_are_already_and_others(known: list[str], more: list[str]) -> None:
    found = Strings.of([*known, *more])
    in_order = sorted((*known, *more))
    assert list(found.take(found.order(len(known)))) == in_order
    assert list(found.take(found.order())) == in_order


@given(sorted_texts, texts)
def test_strings_are_found_by_how_they_begin(strings: list[str], prefix: str) -> None:
    numbers = Strings.of(strings).starting_with(prefix)
    assert [strings[n] for n in numbers] == [one for one in strings if one.startswith(prefix)]


def test_files_are_mapped_and_can_t_be_changed(tmp_path: Path) -> None:
    save(tmp_path, numbers=np.arange(3))
    Strings.of(["a", "ö", ""]).save(tmp_path, "words")
    assert load(tmp_path, "numbers").tolist() == [0, 1, 2]
    assert list(Strings.load(tmp_path, "words")) == ["a", "ö", ""]
    with pytest.raises(ValueError, match="read-only"):
        load(tmp_path, "numbers")[0] = 1


def test_a_file_that_is_missing_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="numbers"):
        load(tmp_path, "numbers")
    (tmp_path / "numbers.npy").write_bytes(b"no array")
    with pytest.raises(ValueError, match="allow_pickle"):
        load(tmp_path, "numbers")


@given(st.lists(texts, min_size=1, max_size=10), st.data())
def test_strings_are_chosen_and_put_together(strings: list[str], data: st.DataObject) -> None:
    found = Strings.of(strings)
    numbers = data.draw(st.lists(st.integers(0, len(strings) - 1), max_size=10))
    assert list(found.take(np.array(numbers, np.int64))) == [strings[n] for n in numbers]
    kept = data.draw(st.lists(st.booleans(), min_size=len(strings), max_size=len(strings)))
    assert list(found.only(np.array(kept))) == [one for one, is_kept in zip(strings, kept, strict=True) if is_kept]
    assert list(found.with_rows(found)) == strings * 2
