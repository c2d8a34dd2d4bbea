"""How close to each other a query's words stand in a document."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from index.arrays.files import Array
from search.common.beside import NEVER
from search.common.weighing import MOST_NEAR, REACH
from search.local.positions import Places
from search.local.snapshot import Snapshot
from search.tree import Named, Phrase, Prefix, Said, Tree, Word, alternatives_of, words_of


def closeness(snapshot: Snapshot, tree: Tree, documents: Array) -> Array:
    """For each document, in any order, from 0 to 1: how close each word of the query comes to the next, on average.

    Two words that come as near as ``d`` words to each other somewhere are close by 1 / (1 + d / REACH), by nothing when
    they are never in the same of title, lead and body.
    """
    terms = list(_terms(snapshot, tree))[:MOST_NEAR]
    if len(terms) < 2 or not len(documents):
        return np.zeros(len(documents), np.float32)
    order = np.argsort(documents)
    places = Places(snapshot.arrays.inverted, documents[order])
    columns = [places.of(numbers) for numbers in terms]
    total = np.zeros(len(documents))
    for one, other in pairwise(columns):
        distance = places.distances(one, other)
        total[order] += np.where(distance < NEVER, 1 / (1 + distance / REACH), 0.0)
    return (total / (len(terms) - 1)).astype(np.float32)


def _terms(snapshot: Snapshot, tree: Tree) -> Iterator[tuple[int, ...]]:
    """The terms by which each word of a query is found in texts; phrases give each of their words."""
    for clause in tree.required:
        atoms = clause.ways[0] if isinstance(clause, Named) else alternatives_of(clause)
        for atom in () if isinstance(atoms[0], Said) else atoms[:MOST_NEAR]:
            match words_of(atom):
                case Word() as word:
                    yield snapshot.lookup.forms(word).all
                case Phrase(terms):
                    for one in terms:
                        yield (snapshot.lookup.number(one),)
                case Prefix() as prefix:
                    yield tuple(snapshot.lookup.expanded(prefix))
