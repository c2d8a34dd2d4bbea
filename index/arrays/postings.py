"""Which documents have a term, and what it is worth there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from index.arrays.files import Array, starts_of
from index.arrays.line import SECTIONS, Line
from index.arrays.pairs import numbers_in, paired, places_in, runs
from index.arrays.ragged import Ragged
from index.arrays.weights import Weights

IN_TITLE = 0b001001  # of a posting's ``sections``: the title's bit for words, and for parts of compounds


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of each term, in order. Those of a term are ``starts[t]`` to ``starts[t + 1]``.

    ``values`` are BM25F's saturated weights, without the term's ``idf``. ``sections`` has a bit for title, lead and
    body where the word stands, and three more for where it is a part of a compound.
    """

    starts: Array
    documents: Array
    values: Array
    sections: Array
    idf: Array

    @classmethod
    def of(cls, columns: Mapping[str, Ragged], count: int) -> Self:
        """From what :func:`postings_by_term` gives for ``count`` documents."""
        documents, values, sections = (columns[name] for name in ("documents", "values", "sections"))
        frequencies = documents.lengths
        idf = np.log1p((count - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        return cls(documents.starts, documents.values, values.values, sections.values, idf)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a word counts in each section by itself (``text``) and as a part of a compound."""

    text: Array
    parts: Array
    saturation: float

    @classmethod
    def of(cls, text: Array, parts: Array, weights: Weights) -> Self:
        """Given how many terms each section has."""
        return cls(_by_section(text, weights), weights.part * _by_section(parts, weights), weights.saturation)


def _by_section(lengths: Array, weights: Weights) -> Array:
    """BM25F's weight of a field over 1 - b + b × length / average, for each section."""
    lengths, b = lengths.reshape(-1, SECTIONS), np.array(weights.lengths)
    averages = np.maximum(lengths.mean(axis=0), 1e-9) if len(lengths) else np.ones(SECTIONS)
    norms = np.maximum(1 - b + b * lengths / averages, 1e-9)  # 0 where there is nothing to weigh
    return np.asarray(np.array(weights.fields) / norms).ravel()


def postings_by_term(text: Array, parts: Array, line: Line, worth: Worth, width: int) -> dict[str, Ragged]:
    """The columns of :class:`Postings` for each of ``width`` terms.

    ``text`` and ``parts`` are the pairs of terms and positions: as words, and as parts of compounds.
    """
    found = [_in_documents(text, line, worth.text), _in_documents(parts, line, worth.parts)]
    keys, values = (np.concatenate(columns) for columns in zip(*((k, v) for k, v, _ in found), strict=True))
    sections = np.concatenate((found[0][2], found[1][2] << SECTIONS))
    order = np.argsort(keys, kind="stable")
    keys, firsts = runs(keys[order])
    summed = np.add.reduceat(values[order], firsts) if len(keys) else values
    saturated = summed * (worth.saturation + 1) / (summed + worth.saturation)
    bits = np.bitwise_or.reduceat(sections[order], firsts) if len(keys) else sections
    starts = starts_of(np.bincount(numbers_in(keys), minlength=width))
    columns: dict[str, Array] = {
        "documents": places_in(keys),
        "values": saturated.astype(np.float32),
        "sections": bits.astype(np.uint8),
    }
    return {name: Ragged(starts, column) for name, column in columns.items()}


def _in_documents(pairs: Array, line: Line, worth: Array) -> tuple[Array, Array, Array]:
    """For each term in each document (its key): what it is worth there, and a bit for each section that has it."""
    sections = line.sections(places_in(pairs))
    keys, firsts = runs(paired(numbers_in(pairs), sections // SECTIONS))
    if not len(keys):
        return keys, np.zeros(0), np.zeros(0, np.uint8)
    bits = (1 << sections % SECTIONS).astype(np.uint8)
    return keys, np.add.reduceat(worth[sections], firsts), np.bitwise_or.reduceat(bits, firsts)
