"""From what each document says to where each term stands, and what it is worth there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays.documents import Documents
from index.arrays.files import Array, Strings, load, save, starts_of
from index.arrays.held import Held
from index.arrays.line import GAP, SECTIONS, Line, words_of
from index.arrays.pairs import numbers_in, paired, pairs_of, rows_of, runs
from index.arrays.postings import IN_TITLE, Postings, Worth, postings_by_term
from index.arrays.ragged import Ragged, cut, joined_rows, stacked
from index.arrays.terms import WordTerms
from index.arrays.tokens import Tokens
from index.arrays.weights import Weights

__all__ = ["GAP", "IN_TITLE", "Inverted", "invert", "word_counts"]

BLOCK = 1 << 20  # words that are looked at at once: sorting all of a large collection's would fill the memory
_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Inverted:
    """What is derived of :class:`Documents`.

    ``word_text`` and ``word_parts`` hold the terms of each word, ``text_words`` and ``part_words`` the words of each.
    ``releases`` counts the documents of each word. ``text`` and ``parts`` hold the positions of each term, as it is
    written and as a part of a compound, ``anywhere`` both; ``places`` says where the positions of each document begin,
    and where the last ends. ``said``, ``said_parts`` and ``said_places`` are the same for quotations. ``having`` holds
    the documents of each facet value, ``worth`` what the score of each document is multiplied by, ``order`` its rank
    from the newest on.
    """

    terms: Strings
    word_text: Ragged
    word_parts: Ragged
    text_words: Ragged
    part_words: Ragged
    releases: Array
    postings: Postings
    text: Ragged
    parts: Ragged
    anywhere: Ragged
    places: Array
    said: Ragged
    said_parts: Ragged
    said_places: Array
    having: Ragged
    worth: Array
    order: Array

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        self.terms.save(folder, "terms")
        save(folder, **{name: getattr(self, name) for name in _PLAIN})
        save(folder, **{f"postings.{name}": getattr(self.postings, name) for name in Postings.__slots__})
        for name in _RAGGED:
            rows: Ragged = getattr(self, name)
            save(folder, **{f"inverted.{name}.starts": rows.starts, f"inverted.{name}": rows.values})

    @classmethod
    def load(cls, folder: Path) -> "Inverted":
        """The arrays that :meth:`save` wrote, mapped."""
        columns: dict[str, Any] = {name: load(folder, name) for name in _PLAIN}
        for name in _RAGGED:
            columns[name] = Ragged(load(folder, f"inverted.{name}.starts"), load(folder, f"inverted.{name}"))
        postings = Postings(**{name: load(folder, f"postings.{name}") for name in Postings.__slots__})
        return cls(terms=Strings.load(folder, "terms"), postings=postings, **columns)


_PLAIN = ("releases", "places", "said_places", "worth", "order")
_RAGGED = (
    "word_text",
    "word_parts",
    "text_words",
    "part_words",
    "text",
    "parts",
    "anywhere",
    "said",
    "said_parts",
    "having",
)


def invert(
    documents: Documents, words: WordTerms, weights: Weights, block: int = BLOCK, held: Held | None = None
) -> Inverted:
    """Derive everything that searching takes. ``words`` are the terms of ``documents.words``.

    Where terms stand in the first documents may be ``held`` already. What they count there can't be: that depends on
    how long all documents are.
    """
    line, width = Line.of(documents), len(words.terms)
    text, parts = _positions(documents, words, line, held, block)
    worth = Worth.of(_counted(text, line, block), _counted(parts, line, block), weights)
    columns = _by_term(text, parts, line, worth, block)
    speech, spoken, said_places = _spoken(documents.speech)
    return Inverted(
        terms=words.terms,
        word_text=words.text,
        word_parts=words.parts,
        text_words=words.text.transposed(width),
        part_words=words.parts.transposed(width),
        releases=_documents_of_words(documents, line, block),
        postings=Postings.of(columns, len(documents)),
        text=text,
        parts=parts,
        anywhere=columns["anywhere"],
        places=line.places,
        said=rows_of(pairs_of(speech, spoken, words.text), width),
        said_parts=rows_of(pairs_of(speech, spoken, words.parts), width),
        said_places=said_places,
        having=documents.values.transposed(len(documents.names)),
        worth=_worth(documents, weights),
        order=_order(documents),
    )


def _positions(
    documents: Documents, words: WordTerms, line: Line, held: Held | None, block: int
) -> tuple[Ragged, Ragged]:
    """Where each term stands as it is written, and as a part of a compound."""
    width = len(words.terms)
    texts = [held.moved(held.text, line, width, block)] if held else []
    parts = [held.moved(held.parts, line, width, block)] if held else []
    for run in line.blocks(block, held.count if held else 0):
        found, positions = words_of(documents, line, run)
        texts.append(rows_of(pairs_of(found, positions, words.text), width))
        parts.append(rows_of(pairs_of(found, positions, words.parts), width))
    return joined_rows(texts, width), joined_rows(parts, width)


def _counted(rows: Ragged, line: Line, block: int) -> Array:
    """How many terms each section has."""
    counts = np.zeros(len(line.lengths), np.int64)
    for begin in range(0, len(rows.values), block):
        counts += np.bincount(line.sections(rows.values[begin : begin + block]), minlength=len(counts))
    return counts


def _by_term(text: Ragged, parts: Ragged, line: Line, worth: Worth, block: int) -> dict[str, Ragged]:
    """What is known of each term, given where it stands."""
    runs = cut(text.starts[1:] + parts.starts[1:], block)
    found = [_of_terms(run, _pairs(text, run), _pairs(parts, run), line, worth) for run in runs]
    return {name: stacked([one.pop(name) for one in found], dtype) for name, dtype in _BY_TERM.items()}


_BY_TERM: dict[str, type[np.generic]] = {
    "anywhere": np.int32,
    "documents": np.int32,
    "values": np.float32,
    "sections": np.uint8,
}


def _pairs(rows: Ragged, run: slice) -> Array:
    """The terms of a run, numbered from 0, with their positions."""
    lengths = np.diff(rows.starts[run.start : run.stop + 1])
    return paired(np.repeat(np.arange(len(lengths)), lengths), rows.between(run))


def _of_terms(run: slice, text: Array, parts: Array, line: Line, worth: Worth) -> dict[str, Ragged]:
    """What is known of the terms of a run."""
    width = run.stop - run.start
    both = np.concatenate((text, parts))
    both.sort(kind="stable")  # two sorted runs, which this one only merges
    return {"anywhere": rows_of(both, width), **postings_by_term(text, parts, line, worth, width)}


def _spoken(speech: Tokens) -> tuple[Array, Array, Array]:
    """The words of the quotations, their positions, and where those of each quotation begin."""
    lengths = speech.words.lengths
    places = starts_of(lengths + GAP)
    positions = np.arange(len(speech.words.values)) + np.repeat(places[:-1] - speech.words.starts[:-1], lengths)
    return speech.words.values, positions.astype(np.int32), places.astype(np.int32)


def _documents_of_words(documents: Documents, line: Line, block: int) -> Array:
    """How many documents have each word."""
    counts = np.zeros(len(documents.words), np.int32)
    for run in line.blocks(block):
        words, positions = words_of(documents, line, run)
        pairs = paired(words, line.sections(positions) // SECTIONS)
        pairs.sort()
        counts += np.bincount(numbers_in(runs(pairs)[0]), minlength=len(counts)).astype(np.int32)
    return counts


def word_counts(documents: Documents) -> dict[str, int]:
    """How many documents have each word of letters alone."""
    counts = _documents_of_words(documents, Line.of(documents), BLOCK).tolist()
    return {word: count for word, count in zip(documents.words, counts, strict=True) if count and word.isalpha()}


def _worth(documents: Documents, weights: Weights) -> Array:
    """What is multiplied with the score: less for a bare title, a little more for what is recent."""
    words = documents.title.words.lengths + documents.text.words.lengths
    bare = 1 - weights.bare * np.exp(-words / weights.bare_words)
    middle = documents.middle / 2
    years = (middle.max(initial=0) - middle) / _DAYS
    recent = 1 + weights.recent * np.exp(-years / weights.recent_years)
    return np.asarray(bare * recent, np.float32)


def _order(documents: Documents) -> Array:
    """The rank of each document from the newest on, of one day by id."""
    ids = np.array([one.encode() for one in documents.ids], np.bytes_)
    ranks = np.empty(len(documents), np.int32)
    ranks[np.lexsort((ids, -documents.middle))] = np.arange(len(documents), dtype=np.int32)
    return ranks
