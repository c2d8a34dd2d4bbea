"""The line of *positions* that documents are laid out on.

Title, lead and body of the first, of the second, and so on: each is a *section*, each word a position further, with
:data:`GAP` unused ones after each section, so that nothing reaches across.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.arrays.documents import Documents
from index.arrays.files import Array, starts_of
from index.arrays.ragged import cut

GAP = 100
SECTIONS = 3  # title, lead, body


@dataclass(frozen=True, slots=True)
class Line:
    """How many words each section has, and where it begins; at last where the last ends, with its gap.

    A section's number is three times its document's, plus its place in it. ``near`` has the section of each
    :data:`GAP`-th position.
    """

    lengths: Array
    begins: Array
    near: Array

    @classmethod
    def of(cls, documents: Documents) -> "Line":
        """The line of these documents."""
        title, text = documents.title.words.lengths, documents.text.words.lengths
        lengths = np.stack((title, documents.lead, text - documents.lead), axis=1).ravel()
        begins = starts_of(lengths + GAP)
        near = np.searchsorted(begins, np.arange(0, begins[-1], GAP), side="right") - 1
        return cls(lengths, begins.astype(np.int32), near.astype(np.int32))

    @property
    def places(self) -> Array:
        """Where each document begins, and where the last ends."""
        return self.begins[::SECTIONS]

    def sections(self, positions: Array) -> Array:
        """The section of each position."""
        found = self.near[positions // GAP]
        found += positions >= self.begins[found + 1]  # no two begin within a gap of each other
        return np.asarray(found)

    def lengths_of(self, block: slice) -> Array:
        """How many words each section of some documents has."""
        return np.asarray(self.lengths[block.start * SECTIONS : block.stop * SECTIONS])

    def blocks(self, size: int, first: int = 0) -> Iterator[slice]:
        """The documents from ``first`` on in runs of about ``size`` words: not all have to be looked at at once."""
        ends = np.cumsum(self.lengths.reshape(-1, SECTIONS)[first:].sum(axis=1))
        return (slice(run.start + first, run.stop + first) for run in cut(ends, size))


def words_of(documents: Documents, line: Line, block: slice) -> tuple[Array, Array]:
    """The words of some documents in the order of their positions, and these."""
    lengths = line.lengths_of(block)
    begins = line.begins[block.start * SECTIONS : block.stop * SECTIONS]
    words = np.empty(int(lengths.sum()), np.int32)
    in_title = np.repeat(np.arange(len(lengths)) % SECTIONS == 0, lengths)
    words[in_title], words[~in_title] = documents.title.words.between(block), documents.text.words.between(block)
    positions = np.arange(len(words)) + np.repeat(begins - starts_of(lengths)[:-1], lengths)
    return words, positions.astype(np.int32)
