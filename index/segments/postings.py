"""Ready-made postings, and their blocks as whoosh3's codec reads them, encoded for a whole field at once.

Whoosh's writer takes one posting at a time, pickles its positions, and pickles each block of such pickles. A pickle
is a program of one-letter instructions (:mod:`pickletools` names them), so that a field's can be laid out as arrays
of bytes. Whoosh reads them as it reads its own.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pickle import dumps
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import COMPRESSION_MIN_SIZE, WHOOSH3_HEADER_MAGIC
from whoosh.formats import Existence, Frequency, Positions

Numbers = NDArray[np.integer[Any]]
Bytes = NDArray[np.uint8]
Weights = NDArray[np.floating[Any]]

_BLOCK = 128  # postings, as in Whoosh
_LEVEL = 3  # of compression, as in Whoosh
_TERM_INFO = np.dtype(
    [
        ("is_inlined", "u1"),
        ("weight", ">f4"),
        ("documents", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("highest", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("offset", ">i8"),
        ("length", ">i4"),
    ]
)


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """The postings of one field, by term in the order of its bytes, then by document.

    Those of ``terms[i]`` are numbers ``starts[i]`` up to ``starts[i + 1]``, at least one. ``documents`` are numbers
    within the segment, from 0. The positions of posting ``j`` are those from ``position_starts[j]`` up to
    ``position_starts[j + 1]``. A field without positions has None for both, and ``frequencies``, or None where each
    is 1.
    """

    terms: Sequence[bytes]
    starts: Numbers
    documents: Numbers
    position_starts: Numbers | None = None
    positions: Numbers | None = None
    frequencies: Numbers | None = None

    def __iter__(self) -> "Iterator[FieldPostings]":
        """Itself: a field can also be given in several, each with some of its terms."""
        yield self

    def counts(self) -> Numbers:
        """How often each posting's term occurs in its document."""
        if self.position_starts is not None:
            return np.diff(self.position_starts)
        return np.ones(len(self.documents), np.int64) if self.frequencies is None else self.frequencies

    def lengths(self, count: int) -> Numbers:
        """How many tokens each of ``count`` documents has in the field."""
        return np.bincount(self.documents, self.counts(), minlength=count).astype(np.int64)


class _Blocks(NamedTuple):
    """The blocks of a field, in order: ``bounds`` are the first posting of each and the end of the last.

    ``firsts`` is the number of each term's first block. The others say of each block what Whoosh keeps of it.
    """

    firsts: Numbers
    bounds: Numbers
    highest: Weights
    shortest: Bytes
    longest: Bytes


def encode(postings: FieldPostings, kind: Any, lengths: Bytes, offset: int) -> tuple[bytes, list[bytes]]:
    """A field's blocks in the format ``kind``, to be written at ``offset``, and what the dictionary says of each term.

    ``lengths`` is each document's length in the field, as Whoosh keeps it in a byte. Raises :class:`ValueError` for
    a term without postings, and for a format other than those that Whoosh's text, keyword, id and number fields have.
    """
    if (np.diff(postings.starts) < 1).any():
        raise ValueError("A term has no postings. Leave it out.")
    if type(kind) not in _VALUES:
        raise ValueError(f"Postings can't be written as {type(kind).__name__}. Use {', '.join(map(str, _VALUES))}.")
    weights = postings.counts() * float(kind.field_boost)
    blocks = _blocks(postings.starts, weights, lengths[postings.documents])
    contents = zip(
        _pickled_numbers(_steps(postings.documents, blocks.bounds[:-1]), blocks.bounds),
        _pickled_weights(weights, blocks.bounds),
        _VALUES[type(kind)](postings, blocks.bounds),
        strict=True,
    )
    heads = _heads(blocks, postings.documents)
    encoded = [_block(head, b"".join(parts)) for head, parts in zip(heads, contents, strict=True)]
    sizes = np.add.reduceat([len(block) for block in encoded], blocks.firsts)
    infos = _infos(postings, weights, blocks)
    infos["length"], infos["offset"] = sizes, offset + np.cumsum(sizes) - sizes
    data, size = infos.tobytes(), infos.itemsize
    return b"".join(encoded), [data[i : i + size] for i in range(0, len(data), size)]


def _blocks(starts: Numbers, weights: Weights, lengths: Bytes) -> _Blocks:
    """The blocks, given where each term's postings start, and each posting's weight and length of document."""
    counts = -(-np.diff(starts) // _BLOCK)
    firsts = np.cumsum(counts) - counts
    ordinals = np.arange(counts.sum()) - np.repeat(firsts, counts)
    begins = np.repeat(starts[:-1], counts) + ordinals * _BLOCK
    return _Blocks(
        firsts,
        np.append(begins, starts[-1]),
        np.maximum.reduceat(weights, begins),
        np.minimum.reduceat(lengths, begins),
        np.maximum.reduceat(lengths, begins),
    )


def _heads(blocks: _Blocks, documents: Numbers) -> Iterator[tuple[Any, ...]]:
    """For each block whether it is its term's first and last, its number of postings, last document and measures."""
    is_first = np.zeros(len(blocks.bounds) - 1, bool)
    is_first[blocks.firsts] = True
    columns = (
        is_first,
        np.roll(is_first, -1),
        np.diff(blocks.bounds),
        documents[blocks.bounds[1:] - 1],
        blocks.highest,
        blocks.shortest,
        blocks.longest,
    )
    return zip(*(column.tolist() for column in columns), strict=True)


def _block(head: tuple[Any, ...], content: bytes) -> bytes:
    """A block on disk; see ``W3PostingsWriter._write_block``."""
    is_first, is_last, count, last, highest, shortest, longest = head
    data = b"\x80\x03" + content + b"\x87."  # a pickle of version 3: a tuple of three
    level = _LEVEL if len(data) >= COMPRESSION_MIN_SIZE else 0
    if level:
        data = zlib.compress(data, level)
    info = dumps((count, last, highest, level, shortest, longest), 2)
    size = len(info) + len(data)
    return (WHOOSH3_HEADER_MAGIC if is_first else b"") + struct.pack("!i", -size if is_last else size) + info + data


def _infos(postings: FieldPostings, weights: Weights, blocks: _Blocks) -> NDArray[Any]:
    """What the term dictionary says of each term, but for the place of its blocks; see ``W3TermInfo``."""
    infos = np.zeros(len(postings.terms), _TERM_INFO)
    infos["weight"] = np.add.reduceat(weights, postings.starts[:-1])
    infos["documents"] = np.diff(postings.starts)
    infos["shortest"] = np.minimum.reduceat(blocks.shortest, blocks.firsts)
    infos["longest"] = np.maximum.reduceat(blocks.longest, blocks.firsts)
    infos["highest"] = np.maximum.reduceat(blocks.highest, blocks.firsts)
    infos["first"] = postings.documents[postings.starts[:-1]]
    infos["last"] = postings.documents[postings.starts[1:] - 1]
    return infos


def _steps(numbers: Numbers, starts: Numbers) -> Numbers:
    """Each number less the one before, in runs that begin at ``starts``; the first of a run is as it was."""
    steps = np.diff(numbers, prepend=0)
    steps[starts] = numbers[starts]
    return steps


def _pickled_numbers(numbers: Numbers, bounds: Numbers) -> Iterator[bytes]:
    """A pickled tuple of whole numbers for each run between two bounds."""
    sizes = _sizes(numbers)
    ends = _ends(sizes)
    data = np.zeros(ends[-1], np.uint8)
    _put_numbers(data, ends[:-1], numbers, sizes)
    return _tuples(data, ends[bounds])


def _tuples(items: Bytes, bounds: Numbers) -> Iterator[bytes]:
    data = items.tobytes()
    return (b"(" + data[i:j] + b"t" for i, j in pairwise(bounds.tolist()))


def _sizes(numbers: Numbers) -> Numbers:
    """How many bytes a pickled number from 0 up to 2³¹ − 1 takes: the instruction and one, two or four of it."""
    return np.where(numbers < 1 << 8, 2, np.where(numbers < 1 << 16, 3, 5))


def _ends(sizes: Numbers) -> Numbers:
    return np.append(0, np.cumsum(sizes))


def _put_numbers(data: Bytes, places: Numbers, numbers: Numbers, sizes: Numbers) -> None:
    """Write each number as a pickled one at its place."""
    for size, instruction in ((2, b"K"), (3, b"M"), (5, b"J")):
        chosen = sizes == size
        _put(data, places[chosen], instruction)
        _put_little(data, places[chosen] + 1, numbers[chosen], size - 1)


def _put_little(data: Bytes, places: Numbers, numbers: Numbers, width: int) -> None:
    """Write each number in ``width`` bytes, the lowest first."""
    for i in range(width):
        data[places + i] = numbers >> 8 * i & 255


def _put(data: Bytes, places: Numbers, letters: bytes) -> None:
    for i, letter in enumerate(letters):
        data[places + i] = letter


def _pickled_weights(weights: Weights, bounds: Numbers) -> Iterator[bytes]:
    """What all weights of a block are, or else each; None for 1."""
    items = np.zeros(len(weights), np.dtype([("instruction", "S1"), ("weight", ">f8")]))
    items["instruction"], items["weight"] = b"G", weights
    data, size = items.tobytes(), items.itemsize
    low, high = np.minimum.reduceat(weights, bounds[:-1]), np.maximum.reduceat(weights, bounds[:-1])
    is_one, is_same = (high == 1) & (low == 1), low == high
    for (i, j), one, same in zip(pairwise((bounds * size).tolist()), is_one.tolist(), is_same.tolist(), strict=True):
        yield b"N" if one else data[i : i + size] if same else b"(" + data[i:j] + b"t"


def _no_values(_: FieldPostings, bounds: Numbers) -> Iterator[bytes]:
    return (b"N" for _ in range(len(bounds) - 1))


def _frequency_values(postings: FieldPostings, bounds: Numbers) -> Iterator[bytes]:
    """The frequencies of a block, in four bytes each, in one pickled string of bytes."""
    data = postings.counts().astype(">u4").tobytes()
    return (b"B" + struct.pack("<i", j - i) + data[i:j] for i, j in pairwise((bounds * 4).tolist()))


def _position_values(postings: FieldPostings, bounds: Numbers) -> Iterator[bytes]:
    """For each posting of a block a pickled string of bytes: the frequency, and a pickled list of steps."""
    starts, positions, counts = postings.position_starts, postings.positions, postings.counts()
    if starts is None or positions is None:
        raise ValueError("The field keeps positions and the postings have none. Give them.")
    steps = _steps(positions, starts[:-1])
    sizes = _sizes(steps)
    ends = _ends(sizes)
    inner = np.diff(ends[starts]) + 8  # the frequency in 4 bytes, "](", the steps, "e."
    heads = np.where(inner < 256, 2, 5)  # "C" and the size in one byte, or "B" and it in four
    value_ends = _ends(heads + inner)
    data = np.zeros(value_ends[-1], np.uint8)
    for width, instruction in ((2, b"C"), (5, b"B")):
        chosen = heads == width
        _put(data, value_ends[:-1][chosen], instruction)
        _put_little(data, value_ends[:-1][chosen] + 1, inner[chosen], width - 1)
    after = value_ends[:-1] + heads
    _put_little(data, after, counts.astype(np.uint32).byteswap(), 4)  # the highest first
    _put(data, after + 4, b"](")
    _put_numbers(data, ends[:-1] + np.repeat(after + 6 - ends[starts[:-1]], counts), steps, sizes)
    _put(data, value_ends[1:] - 2, b"e.")
    return _tuples(data, value_ends[bounds])


_VALUES: dict[Any, Callable[[FieldPostings, Numbers], Iterator[bytes]]] = {
    Existence: _no_values,
    Frequency: _frequency_values,
    Positions: _position_values,
}
