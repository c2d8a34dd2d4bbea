"""Which documents have a clause of a query, and what it scores there."""

from functools import reduce

import numpy as np

from index.arrays.inverted import IN_TITLE
from search.common.weighing import NAMED
from search.local.scored import Scored, all_of, best_of
from search.local.snapshot import Snapshot
from search.tree import Atom, Clause, Named, Phrase, Said, Titled, Word, alternatives_of, words_of


def clause_found(snapshot: Snapshot, clause: Clause) -> Scored:
    """The documents that have a clause."""
    if isinstance(clause, Named):
        return snapshot.kept(clause, _named)
    if isinstance(clause, Word):
        return snapshot.lookup.find(clause)
    return best_of([_atom_found(snapshot, atom) for atom in alternatives_of(clause)], snapshot.count)


def weight_of(documents: int, count: int) -> float:
    """How telling a clause is that so many of ``count`` documents have: BM25's idf."""
    return float(np.log1p((count - documents + 0.5) / (documents + 0.5)))


def _atom_found(snapshot: Snapshot, atom: Atom) -> Scored:
    match atom:
        case Said(words):
            return snapshot.speech.find(words)
        case Titled(words):
            return snapshot.lookup.find(words, IN_TITLE)
        case _:
            return snapshot.lookup.find(words_of(atom))


def _named(snapshot: Snapshot, named: Named) -> Scored:
    """A name scores as one word would that is as rare: a long one would outweigh all else that was asked for."""
    written = [all_of([snapshot.lookup.find(words) for words in way]) for way in named.ways]
    meant = np.flatnonzero(np.logical_or.reduce([snapshot.meant(meaning) for meaning in named.meanings]))
    rarity = weight_of(len(reduce(np.union1d, (one.documents for one in written), meant)), snapshot.count)
    shares = (min(1.0, rarity / sum(_rarity(snapshot, words) for words in way)) for way in named.ways)
    ways = (Scored(one.documents, one.scores * np.float32(share)) for one, share in zip(written, shares, strict=True))
    worth = np.full(len(meant), NAMED * rarity, np.float32)
    return best_of([*ways, Scored(meant, worth)], snapshot.count)


def _rarity(snapshot: Snapshot, words: Word | Phrase) -> float:
    """The idf of a word, or of all those of a phrase: what it scores by."""
    lookup = snapshot.lookup
    if isinstance(words, Word):
        return weight_of(len(lookup.find(words).documents), snapshot.count)
    found = (lookup.term(lookup.number(term)) for term in dict.fromkeys(words.terms))
    return sum(weight_of(len(one.documents), snapshot.count) for one in found)
