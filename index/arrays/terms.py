"""Which terms each word gives: those of the text, and those of the parts of its compounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from index.arrays.files import Array, Strings
from index.arrays.ragged import Ragged
from index.arrays.tokens import ELLIPSIS
from index.swedish.analysis import written_as
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The sorted ``terms`` of words; ``text`` and ``parts`` hold the numbers of each word's.

    ``before`` are the numbers of the terms that were known before, in order.
    """

    terms: Strings
    text: Ragged
    parts: Ragged
    before: Array = field(default_factory=lambda: np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class KnownWords:
    """The ``terms`` of some words, and for each word that is asked for its number among them; -1: it is new."""

    numbers: Array
    terms: WordTerms


_NO_TERMS = WordTerms(Strings.of(()), Ragged.of([]), Ragged.of([]))


def terms_of(words: Sequence[str], lexicon: Lexicon, known: KnownWords | None = None) -> WordTerms:
    """The terms of ``words``, which are keys (see :mod:`index.arrays.tokens`); what is ``known`` is not worked out."""
    known = known or KnownWords(np.full(len(words), -1), _NO_TERMS)
    fresh = np.flatnonzero(known.numbers < 0)
    added = [words[number] for number in fresh.tolist()]
    text = [text_terms(word, lexicon) for word in added]
    parts = [part_terms(word, lexicon) for word in added]
    terms, numbers, new = _with_terms(known.terms.terms, {term for row in (*text, *parts) for term in row})
    order = known.numbers.copy()
    order[fresh] = len(known.terms.text) + np.arange(len(fresh))
    rows = (
        old.with_rows(Ragged.of([[numbers[term] for term in row] for row in found])).take(order)
        for old, found in ((known.terms.text, text), (known.terms.parts, parts))
    )
    text_rows, part_rows = (Ragged(one.starts, new[one.values]) for one in rows)
    return WordTerms(terms, text_rows, part_rows, new[: len(known.terms.terms)])


def _with_terms(known: Strings, terms: set[str]) -> tuple[Strings, dict[str, int], Array]:
    """The sorted terms with more of them; a number of each of those, and what becomes of it and of the known ones."""
    numbers = {term: known.find(term) for term in terms}
    added = [term for term, number in numbers.items() if number < 0]
    numbers |= {term: number for number, term in enumerate(added, start=len(known))}
    every = known.with_rows(Strings.of(added))
    order = every.order(len(known))
    new = np.empty(len(every), np.int32)
    new[order] = np.arange(len(every), dtype=np.int32)
    return every.take(order), numbers, new


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
