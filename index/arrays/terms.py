"""Which terms each word gives: those of the text, and those of the parts of its compounds."""

from dataclasses import dataclass

import numpy as np

from index.analysis import written_as
from index.arrays.files import Array, Strings
from index.arrays.ragged import Ragged
from index.arrays.tokens import ELLIPSIS
from index.lexicon import Lexicon
from index.stems import term_of


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The sorted ``terms`` of words; ``text`` and ``parts`` hold the numbers of each word's."""

    terms: Strings
    text: Ragged
    parts: Ragged


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words whose terms are known already, in order."""

    words: Strings
    terms: WordTerms


NOTHING_KNOWN = KnownWords(Strings.of(()), WordTerms(Strings.of(()), Ragged.of([]), Ragged.of([])))


def terms_of(words: Strings, lexicon: Lexicon, known: KnownWords = NOTHING_KNOWN) -> WordTerms:
    """The terms of ``words``, which are keys (see :mod:`index.arrays.tokens`); what is ``known`` is not worked out."""
    numbers = {word: number for number, word in enumerate(known.words)}
    every = list(words)
    fresh = [word for word in every if word not in numbers]
    text = [text_terms(word, lexicon) for word in fresh]
    parts = [part_terms(word, lexicon) for word in fresh]
    terms, moved = _with_terms(known.terms.terms, {term for row in (*text, *parts) for term in row})
    numbers |= {word: number for number, word in enumerate(fresh, start=len(numbers))}
    order = np.fromiter((numbers[word] for word in every), np.int64, len(every))
    term_numbers = {term: number for number, term in enumerate(terms)}
    rows = [
        Ragged(old.starts, moved[old.values]).with_rows(Ragged.of([[term_numbers[t] for t in row] for row in new]))
        for old, new in ((known.terms.text, text), (known.terms.parts, parts))
    ]
    return WordTerms(terms, *(one.take(order) for one in rows))


def _with_terms(known: Strings, terms: set[str]) -> tuple[Strings, Array]:
    """The sorted terms with more of them, and the new number of each of the known ones."""
    added = sorted(term for term in terms if known.find(term) < 0)
    before = np.array([known.place_of(term) for term in added], np.int64)
    moved = np.arange(len(known)) + np.searchsorted(before, np.arange(len(known)), side="right")
    order = np.empty(len(known) + len(added), np.int64)
    order[moved], order[before + np.arange(len(added))] = np.arange(len(known)), len(known) + np.arange(len(added))
    return known.with_rows(Strings.of(added)).take(order), moved.astype(np.int32)


def text_terms(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of a word as it is written: of the whole, and of what is joined in it by hyphens or colons."""
    whole, joined = written_as(completed(word, lexicon))
    return tuple(dict.fromkeys(map(term_of, (whole, *joined))))


def part_terms(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The terms of the parts of a word's compounds, without those of the word itself."""
    word = completed(word, lexicon)
    whole, joined = written_as(word)
    parts = [part for one in (whole, *joined) for part in lexicon.parts(one)]
    return tuple(dict.fromkeys(part for part in parts if part not in text_terms(word, lexicon)))


def completed(word: str, lexicon: Lexicon) -> str:
    """An elliptic compound with what it left out: "samordnings-…energiminister" is "samordningsminister"."""
    first, ellipsis, ended = word.partition(f"-{ELLIPSIS}")
    return first + "".join(lexicon.split(ended)[-1:]) if ellipsis else word
