"""Where a query's words stand in texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Self

import numpy as np

from index.arrays.files import Array
from search.common.beside import NEAR, beside_each_other, nearest
from search.common.forms import Lexical, Term
from search.common.texts import Texts
from search.snippet import Places
from search.tree import Phrase, Prefix, Tree, Word, atoms

_BITS = 16  # of a number for a word of the query; there are fewer than that


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the words of a query by their terms.

    ``words`` and ``prefixes`` come with the number of what asks for them, from 1 on; ``phrases`` are marked where all
    of one stands, and the parts of ``compounds`` where they stand near each other.
    """

    words: tuple[tuple[int, Term], ...]
    prefixes: tuple[tuple[int, str], ...]
    phrases: tuple[tuple[Term, ...], ...]
    compounds: tuple[tuple[Term, ...], ...]

    @property
    def terms(self) -> frozenset[Term]:
        """Every term that is looked for."""
        return frozenset((*(term for _, term in self.words), *chain(*self.phrases, *self.compounds)))

    @classmethod
    def of(cls, lookup: Lexical, tree: Tree) -> Self:
        """A marker of everything that ``tree`` asks for."""
        words: list[tuple[int, Term]] = []
        prefixes, phrases = [], []
        for at, asked in enumerate(atoms(tree.required), start=1):
            if isinstance(asked, Phrase):
                phrases.append(tuple(map(lookup.known, asked.terms)))
                continue
            if isinstance(asked, Prefix):
                prefixes.append((at, asked.prefix))
            more = lookup.expanded(asked) if isinstance(asked, Prefix) else lookup.forms(asked).related
            words += ((at, term) for term in (lookup.known(asked.term), *more))
        # A name's words are not taken apart to be marked.
        forms = [lookup.forms(clause) for clause in tree.required if isinstance(clause, Word)]
        return cls(tuple(words), tuple(prefixes), tuple(phrases), tuple(one.parts for one in forms if one.parts))

    def places(self, texts: Texts) -> Places:
        """Where the words stand in the texts.

        The number of a place is that of what asks for it: of several the last. What stands there only as a part of a
        phrase or of a compound has a number for its word.
        """
        found = np.concatenate([np.zeros(0, np.int64), *self._found(texts)])
        found.sort()
        line = found >> _BITS
        last = np.append(line[1:] != line[:-1], True)[: len(line)]
        return texts.places(line[last], found[last] & (1 << _BITS) - 1)

    def _found(self, texts: Texts) -> Iterator[Array]:
        """Points of the line, each with its number in the lowest bits."""
        parts = [part for compound in self.compounds for part in compound]
        columns = texts.columns([*(term for _, term in self.words), *parts], parts=True)
        for (number, _), column in zip(self.words, columns, strict=False):
            yield column << _BITS | number
        for number, prefix in self.prefixes:
            yield texts.beginning(prefix) << _BITS | number
        of_parts = iter(columns[len(self.words) :])
        for compound in self.compounds:
            yield from (near << _BITS for near in _near([next(of_parts) for _ in compound]))
        of_phrases = iter(texts.columns([term for phrase in self.phrases for term in phrase], parts=False))
        for phrase in self.phrases:
            begins = beside_each_other([next(of_phrases) for _ in phrase])
            yield from (begins + at << _BITS for at in range(len(phrase)))


def _near(parts: Sequence[Array]) -> Iterator[Array]:
    """Where a part of a compound stands near the part before or after it."""
    for one, other in pairwise(parts):
        if len(one) and len(other):
            yield one[nearest(one, other) <= NEAR]
            yield other[nearest(other, one) <= NEAR]
