"""How close to each other a query's words stand in a document."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import GAP
from index.arrays.ragged import ranges
from search.local.snapshot import Snapshot
from search.tree import Named, Phrase, Prefix, Said, Tree, Word, alternatives_of, words_of

REACH = 8.0
"""Words so far apart are half as close as those at one place."""
_MOST = 6  # words of a query that are looked at


def closeness(snapshot: Snapshot, tree: Tree, documents: Array) -> Array:
    """For each document, in any order, from 0 to 1: how close each word of the query comes to the next, on average.

    Two words that come as near as ``d`` words to each other somewhere are close by 1 / (1 + d / REACH), by nothing when
    they are never in the same of title, lead and body.
    """
    terms = list(_terms(snapshot, tree))[:_MOST]
    if len(terms) < 2 or not len(documents):
        return np.zeros(len(documents), np.float32)
    order = np.argsort(documents)
    places = snapshot.arrays.inverted.places
    begins, ends = places[documents[order]], places[documents[order] + 1]
    columns = [_positions(snapshot, numbers, begins, ends) for numbers in terms]
    total = np.zeros(len(documents))
    for one, other in pairwise(columns):
        total[order] += _nearest(one, other, begins)
    return (total / (len(terms) - 1)).astype(np.float32)


def _terms(snapshot: Snapshot, tree: Tree) -> Iterator[tuple[int, ...]]:
    """The terms by which each word of a query is found in texts; phrases give each of their words."""
    for clause in tree.required:
        atoms = clause.ways[0] if isinstance(clause, Named) else alternatives_of(clause)
        for atom in () if isinstance(atoms[0], Said) else atoms[:_MOST]:
            match words_of(atom):
                case Word() as word:
                    term, parts = snapshot.lookup.forms(word)
                    yield (term, *parts)
                case Phrase(terms):
                    for one in terms:
                        yield (snapshot.lookup.number(one),)
                case Prefix() as prefix:
                    yield tuple(snapshot.lookup.expanded(prefix))


def _positions(snapshot: Snapshot, terms: tuple[int, ...], begins: Array, ends: Array) -> Array:
    """Where any of the terms stands between each of ``begins`` and its end, in order."""
    found = []
    for rows in (snapshot.arrays.inverted.text, snapshot.arrays.inverted.parts):
        for number in terms:
            positions = rows[number] if number >= 0 else rows.values[:0]
            first = np.searchsorted(positions, begins)
            found.append(positions[ranges(first, np.searchsorted(positions, ends) - first)])
    return np.sort(np.concatenate(found))


def _nearest(one: Array, other: Array, begins: Array) -> Array:
    """For each document (its positions begin at ``begins``) how close one of ``one`` is to one of ``other``."""
    close = np.zeros(len(begins))
    if not len(one) or not len(other):
        return close
    at = np.searchsorted(other, one)
    after = other[np.minimum(at, len(other) - 1)] - one
    before = one - other[np.maximum(at - 1, 0)]
    distance = np.minimum(np.where(at < len(other), after, GAP), np.where(at > 0, before, GAP))
    value = np.where(distance < GAP, 1 / (1 + distance / REACH), 0.0)
    np.maximum.at(close, np.searchsorted(begins, one, side="right") - 1, value)
    return close
