"""From what each document says to where each term stands, and what it is worth there.

Documents are laid out on one line of *positions*: title, lead and body of the first, of the second, and so on, each
word a position further, with :data:`GAP` unused ones after each of the three, so that nothing reaches across.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.arrays.documents import Documents
from index.arrays.files import Array, Strings, load, save, starts_of
from index.arrays.ragged import Ragged
from index.arrays.terms import WordTerms
from index.arrays.tokens import Tokens
from index.arrays.weights import Weights

GAP = 100
SECTIONS = 3  # title, lead, body
IN_TITLE = 0b001001  # of a posting's ``sections``: the title's bit for words, and for parts of compounds
_DAYS = 365.25


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


def invert(documents: Documents, words: WordTerms, weights: Weights) -> Inverted:
    """Derive everything that searching takes. ``words`` are the terms of ``documents.words``."""
    tokens, line = _laid_out(documents)
    text = _by_term(tokens, line.of_tokens, words.text, len(words.terms))
    parts = _by_term(tokens, line.of_tokens, words.parts, len(words.terms))
    speech, spoken, said_places = _spoken(documents.speech)
    return Inverted(
        terms=words.terms,
        word_text=words.text,
        word_parts=words.parts,
        text_words=words.text.transposed(len(words.terms)),
        part_words=words.parts.transposed(len(words.terms)),
        releases=_documents_of_words(tokens, line, len(documents.words)),
        postings=_postings(text, parts, line, weights),
        text=text,
        parts=parts,
        anywhere=_merged(text, parts),
        places=line.places,
        said=_by_term(speech, spoken, words.text, len(words.terms)),
        said_parts=_by_term(speech, spoken, words.parts, len(words.terms)),
        said_places=said_places,
        having=documents.values.transposed(len(documents.names)),
        worth=_worth(documents, weights),
        order=_order(documents),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """The positions: of each token; which section (three times the document, plus its place in it) each one is in."""

    of_tokens: Array
    section_at: Array
    places: Array


def _laid_out(documents: Documents) -> tuple[Array, _Line]:
    """The words of titles, leads and bodies in the order of their positions, and these."""
    lengths = _lengths(documents)
    section_at, begins = sections_of(documents)
    tokens = np.empty(int(lengths.sum()), np.int32)
    in_title = np.repeat(np.arange(len(lengths)) % SECTIONS == 0, lengths)
    tokens[in_title], tokens[~in_title] = documents.title.words.values, documents.text.words.values
    positions = np.arange(len(tokens)) + np.repeat(begins - starts_of(lengths)[:-1], lengths)
    places = np.append(begins[::SECTIONS], len(section_at)).astype(np.int32)
    return tokens, _Line(positions.astype(np.int32), section_at, places)


def sections_of(documents: Documents) -> tuple[Array, Array]:
    """Which section each position is in (three times the document, plus its place there), and where each begins."""
    lengths = _lengths(documents) + GAP
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths), np.cumsum(lengths) - lengths


def _lengths(documents: Documents) -> Array:
    """How many words each section has."""
    title, text = documents.title.words.lengths, documents.text.words.lengths
    return np.stack((title, documents.lead, text - documents.lead), axis=1).ravel()


def _spoken(speech: Tokens) -> tuple[Array, Array, Array]:
    """The words of the quotations, their positions, and where those of each quotation begin."""
    lengths = speech.words.lengths
    places = starts_of(lengths + GAP)
    positions = np.arange(len(speech.words.values)) + np.repeat(places[:-1] - speech.words.starts[:-1], lengths)
    return speech.words.values, positions.astype(np.int32), places.astype(np.int32)


def _by_term(tokens: Array, positions: Array, terms: Ragged, width: int) -> Ragged:
    """The positions of each of ``width`` terms, in order; ``terms`` are those of each word."""
    found, which = terms.gather(tokens)
    # Sorting whole numbers that hold both is many times faster than sorting one by the other.
    pairs = found.astype(np.int64) << 32 | positions[which]
    pairs.sort()
    counts = np.bincount(found, minlength=width)
    return Ragged(starts_of(counts), (pairs & 0xFFFFFFFF).astype(np.int32))


def _merged(text: Ragged, parts: Ragged) -> Ragged:
    """The positions of both, in order."""
    rows = (text.rows.astype(np.int64) << 32 | text.values, parts.rows.astype(np.int64) << 32 | parts.values)
    pairs = np.sort(np.concatenate(rows))
    return Ragged(text.starts + parts.starts, (pairs & 0xFFFFFFFF).astype(np.int32))


def _documents_of_words(tokens: Array, line: _Line, width: int) -> Array:
    """How many documents have each word."""
    pairs = tokens.astype(np.int64) << 32 | line.section_at[line.of_tokens] // SECTIONS
    pairs.sort()
    different, _ = _runs(pairs)
    return np.bincount(different >> 32, minlength=width).astype(np.int32)


def word_counts(documents: Documents) -> dict[str, int]:
    """How many documents have each word of letters alone."""
    tokens, line = _laid_out(documents)
    counts = _documents_of_words(tokens, line, len(documents.words)).tolist()
    return {word: count for word, count in zip(documents.words, counts, strict=True) if count and word.isalpha()}


def _postings(text: Ragged, parts: Ragged, line: _Line, weights: Weights) -> Postings:
    count = len(line.places) - 1
    found = [_in_documents(text, line, weights, 1.0), _in_documents(parts, line, weights, weights.part)]
    keys, values = (np.concatenate(columns) for columns in zip(*((k, v) for k, v, _ in found), strict=True))
    sections = np.concatenate((found[0][2], found[1][2] << SECTIONS))
    order = np.argsort(keys, kind="stable")
    keys, firsts = _runs(keys[order])
    if not len(keys):
        empty = np.zeros(0, np.float32)
        return Postings(
            starts_of(text.lengths), np.zeros(0, np.int32), empty, np.zeros(0, np.uint8), text.lengths * 0.0
        )
    summed = np.add.reduceat(values[order], firsts)
    saturated = summed * (weights.saturation + 1) / (summed + weights.saturation)
    frequencies = np.bincount(keys // count, minlength=len(text))
    return Postings(
        starts_of(frequencies),
        (keys % count).astype(np.int32),
        saturated.astype(np.float32),
        np.bitwise_or.reduceat(sections[order], firsts),
        np.log1p((count - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32),
    )


def _in_documents(positions: Ragged, line: _Line, weights: Weights, weight: float) -> tuple[Array, Array, Array]:
    """For each term in each document (its key): what it is worth there, and a bit for each section that has it."""
    count = len(line.places) - 1
    sections = line.section_at[positions.values]
    keys, firsts = _runs(positions.rows.astype(np.int64) * count + sections // SECTIONS)
    if not len(keys):
        return keys, np.zeros(0), np.zeros(0, np.uint8)
    lengths = np.bincount(sections, minlength=count * SECTIONS).reshape(-1, SECTIONS)
    worth = weight * np.array(weights.fields) / _norms(lengths, np.array(weights.lengths))
    bits = (1 << sections % SECTIONS).astype(np.uint8)
    return keys, np.add.reduceat(worth.ravel()[sections], firsts), np.bitwise_or.reduceat(bits, firsts)


def _norms(lengths: Array, b: Array) -> Array:
    """BM25F's 1 - b + b × length / average, for each section of each document."""
    averages = np.maximum(lengths.mean(axis=0), 1e-9)
    return np.asarray(1 - b + b * lengths / averages)


def _runs(sorted_keys: Array) -> tuple[Array, Array]:
    """The different ones among sorted numbers, and where each begins."""
    if not len(sorted_keys):
        return sorted_keys, np.zeros(0, np.int64)
    firsts = np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1])))
    return sorted_keys[firsts], firsts


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
