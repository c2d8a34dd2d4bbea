"""Lists of different lengths as arrays, and how they are taken apart and put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.arrays.files import Array, kept_runs, ranges, starts_of

__all__ = ["Ragged", "cut", "joined_rows", "ranges", "stacked"]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``n`` is ``values[starts[n] : starts[n + 1]]``."""

    starts: Array
    values: Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Ragged":
        """From lists of numbers."""
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        values = np.fromiter((value for row in rows for value in row), np.int32, int(lengths.sum()))
        return cls(starts_of(lengths), values)

    @property
    def lengths(self) -> Array:
        """How many values each row has."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Array:
        """The number of the row of each value."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int32), self.lengths)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Array:
        return np.asarray(self.values[self.starts[row] : self.starts[row + 1]])

    def only(self, kept: Array) -> "Ragged":
        """The rows for which ``kept`` is true."""
        values = [self.between(run) for run in kept_runs(kept)]
        return Ragged(starts_of(self.lengths[kept]), np.concatenate([self.values[:0], *values]))

    def with_rows(self, other: "Ragged") -> "Ragged":
        """These rows and then those of ``other``."""
        starts = np.concatenate((self.starts, other.starts[1:] + self.starts[-1]))
        return Ragged(starts, np.concatenate((self.values, other.values)))

    def between(self, rows: slice) -> Array:
        """The values of rows that follow each other."""
        return np.asarray(self.values[self.starts[rows.start] : self.starts[rows.stop]])

    def gather(self, rows: Array) -> tuple[Array, Array]:
        """The values of several rows one after the other, and which of ``rows`` each is of (an index into it)."""
        begin = self.starts[rows]
        lengths = self.starts[rows + 1] - begin
        which = np.arange(len(rows)).repeat(lengths)
        return self.values[ranges(begin, lengths)], which

    def take(self, rows: Array) -> "Ragged":
        """These rows, in this order."""
        return Ragged(starts_of(self.lengths[rows]), self.gather(rows)[0])

    def transposed(self, width: int) -> "Ragged":
        """For each of ``width`` values, the rows that have it, in order."""
        order = np.argsort(self.values, kind="stable")
        counts = np.bincount(self.values, minlength=width)
        return Ragged(starts_of(counts), self.rows[order])


def cut(ends: Array, size: int) -> Iterator[slice]:
    """Rows in runs of about ``size`` values, or of one row with more, given where the values of each row end."""
    last = [*(np.flatnonzero(np.diff(ends // size)) + 1).tolist(), len(ends)]
    return (slice(a, b) for a, b in pairwise([0, *last]) if b > a)


def stacked(blocks: Sequence[Ragged], dtype: type[np.generic] = np.int32) -> Ragged:
    """The rows of the first block, then those of the next."""
    if len(blocks) == 1:
        return blocks[0]
    lengths = [np.zeros(0, np.int64), *(block.lengths for block in blocks)]
    values = [np.zeros(0, dtype), *(block.values for block in blocks)]
    return Ragged(starts_of(np.concatenate(lengths)), np.concatenate(values))


def joined_rows(blocks: Sequence[Ragged], width: int) -> Ragged:
    """``width`` rows: each is that of the first block, then that of the next. Without blocks all are empty."""
    if len(blocks) == 1:
        return blocks[0]
    starts = starts_of(sum((block.lengths for block in blocks), np.zeros(width, np.int64)))
    values, at = np.empty(starts[-1], np.int32), starts[:-1].copy()
    for block in blocks:
        lengths = block.lengths
        values[ranges(at, lengths)] = block.values
        at += lengths
    return Ragged(starts, values)
