"""What an earlier generation knows of documents that are still there, so that it need not be derived again."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array, starts_of
from index.arrays.line import SECTIONS, Line
from index.arrays.ragged import Ragged, cut, stacked


@dataclass(frozen=True, slots=True)
class Held:
    """Where terms stand in documents of which those that are ``kept`` (a truth value for each) come first now.

    ``text`` and ``parts`` hold the positions of each term on their ``line``. ``terms`` are the terms' numbers now, in
    the same order; a kept document has the words, and they the terms, that they had.
    """

    line: Line
    kept: Array
    text: Ragged
    parts: Ragged
    terms: Array

    @property
    def count(self) -> int:
        """How many documents are kept."""
        return int(self.kept.sum())

    def moved(self, rows: Ragged, line: Line, width: int, block: int) -> Ragged:
        """``rows``, which are ``text`` or ``parts``, on the ``line`` of all documents now, for each of ``width`` terms.

        A position keeps its distance from where its document begins.
        """
        shifts = np.zeros(len(self.kept), np.int32)
        shifts[self.kept] = line.places[: self.count] - self.line.places[:-1][self.kept]
        found = stacked([*self._moved(rows, shifts, block)])
        lengths = np.zeros(width, np.int64)
        lengths[self.terms] = found.lengths
        return Ragged(starts_of(lengths), found.values)

    def _moved(self, rows: Ragged, shifts: Array, block: int) -> Iterator[Ragged]:
        for run in cut(rows.starts[1:], block):
            positions = rows.between(run)
            documents = self.line.sections(positions) // SECTIONS
            stays = self.kept[documents]
            starts = starts_of(stays)[rows.starts[run.start : run.stop + 1] - rows.starts[run.start]]
            yield Ragged(starts, (positions + shifts[documents])[stays])
