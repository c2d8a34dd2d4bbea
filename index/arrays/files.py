"""Arrays and sorted strings as files of a folder, read by mapping them into memory."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format
from numpy.typing import NDArray

Array = NDArray[Any]


def save(folder: Path, **arrays: Array) -> None:
    """Write each array to the file of its name, as ``numpy.save`` does, whose error tells no full disk."""
    for name, array in arrays.items():
        whole = np.ascontiguousarray(array)
        with (folder / f"{name}.npy").open("wb") as file:
            format.write_array_header_1_0(file, format.header_data_from_array_1_0(whole))
            file.write(whole.data)


def load(folder: Path, name: str) -> Array:
    """The array of that name, mapped read-only. Raises OSError or ValueError when there is none."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))


def starts_of(lengths: Array) -> Array:
    """Where each of rows of these lengths begins, and where the last ends."""
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def kept_runs(kept: Array) -> list[slice]:
    """The runs of rows that are kept."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], kept, [False])))).tolist()
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def ranges(begin: Array, lengths: Array) -> Array:
    """``begin[0], begin[0] + 1 …`` for each length, one range after the other."""
    if not len(begin):
        return np.zeros(0, np.int64)
    ends = lengths.cumsum()
    return np.asarray(np.arange(ends[-1]) + (begin - ends + lengths).repeat(lengths))


class Strings(Sequence[str]):
    """Strings in UTF-8, one after the other; ``starts`` says where each begins, and where the last ends."""

    def __init__(self, text: Array, starts: Array) -> None:
        self.text = text
        self.starts = starts
        self._bytes = memoryview(text.data)

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Strings":
        """From strings; sorted ones (by code points) can be looked up (:meth:`find`)."""
        return cls.of_encoded([string.encode() for string in strings])

    @classmethod
    def of_encoded(cls, encoded: Sequence[bytes]) -> "Strings":
        """From strings as their bytes."""
        starts = starts_of(np.fromiter(map(len, encoded), np.int64, len(encoded)))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    @classmethod
    def load(cls, folder: Path, name: str) -> "Strings":
        """What :meth:`save` wrote."""
        return cls(load(folder, f"{name}.text"), load(folder, f"{name}.starts"))

    def save(self, folder: Path, name: str) -> None:
        """Write the strings under a name."""
        save(folder, **{f"{name}.text": self.text, f"{name}.starts": self.starts})

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: Any) -> Any:
        return self.encoded(number).decode()

    def __iter__(self) -> Iterator[str]:
        # Decoded at once; a byte that goes on with a letter begins none.
        letters = starts_of(self.text & 0xC0 != 0x80)
        text = bytes(self._bytes).decode()
        return (text[begin:end] for begin, end in pairwise(letters[self.starts].tolist()))

    def order(self, known: int = 0) -> Array:
        """The numbers of the strings, sorted by code points; the first ``known`` are in that order already."""
        first = Strings(self.text, self.starts[: known + 1])
        later = self.several(np.arange(known, len(self)))
        added = sorted(range(len(later)), key=later.__getitem__)
        places = [first.place_of_encoded(later[n]) for n in added] if known else 0
        return np.insert(np.arange(known), places, np.array(added, np.int64) + known)

    def only(self, kept: Array) -> "Strings":
        """The strings for which ``kept`` is true."""
        texts = [self.text[self.starts[run.start] : self.starts[run.stop]] for run in kept_runs(kept)]
        return Strings(np.concatenate([self.text[:0], *texts]), starts_of(np.diff(self.starts)[kept]))

    def take(self, numbers: Array) -> "Strings":
        """The strings with these numbers, in their order."""
        begins = self.starts[numbers]
        lengths = self.starts[numbers + 1] - begins
        return Strings(self.text[ranges(begins, lengths)], starts_of(lengths))

    def with_rows(self, other: "Strings") -> "Strings":
        """These strings and then those of ``other``."""
        starts = np.concatenate((self.starts, other.starts[1:] + self.starts[-1]))
        return Strings(np.concatenate((self.text, other.text)), starts)

    def encoded(self, number: int) -> bytes:
        """A string as its bytes."""
        return bytes(self._bytes[self.starts[number] : self.starts[number + 1]])

    def several(self, numbers: Array) -> list[bytes]:
        """Several strings as their bytes."""
        edges = zip(self.starts[numbers].tolist(), self.starts[numbers + 1].tolist(), strict=True)
        return [bytes(self._bytes[begin:end]) for begin, end in edges]

    def find(self, string: str) -> int:
        """The number of a string among sorted ones; -1 when it is not there."""
        at = self.place_of(string)
        return at if at < len(self) and self.encoded(at) == string.encode() else -1

    def place_of(self, string: str) -> int:
        """How many of the sorted strings come before this one."""
        return self.place_of_encoded(string.encode())

    def starting_with(self, prefix: str) -> range:
        """The numbers of the sorted strings that begin with ``prefix``."""
        wanted = prefix.encode()
        return range(self.place_of_encoded(wanted), self.place_of_encoded(wanted + b"\xff"))

    def place_of_encoded(self, wanted: bytes) -> int:
        """The same for a string as its bytes."""
        return bisect_left(range(len(self)), wanted, key=self.encoded)
