"""Which releases match, and what they score before their order is made.

A release matches when it meets the query's conditions and has all of its clauses. When fewer than ``FEW`` do, those
that meet them and have most of the clauses follow after them, where a clause counts by how telling it is (its idf), and
a part of a compound as a part of its word; the number of a document, like 2017:45, is never left out.

That is decided by the text alone, before any filter: otherwise choosing a facet's value could change what
matches, and its number would not be the number of hits that it gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays.files import Array
from search.local.clauses import clause_found, weight_of
from search.local.conditions import meeting
from search.local.lookup import mask
from search.local.scored import Scored, summed
from search.local.snapshot import Snapshot
from search.query import Scope
from search.tree import Clause, Said, Tree, Word, alternatives_of, is_reference, is_said

FEW = 50
MOST = 0.4
"""The least share of what is asked for, by weight, that such a release has."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching documents.

    ``documents`` are their numbers in order, ``complete`` says of each whether it has all clauses, ``scores`` what its
    words score. ``said_by`` is there when words were looked for in quotations: the matching documents by each speaker's
    words, as different numbers in order: the speaker's value times the count of all documents, plus the document.
    """

    documents: Array
    complete: Array
    scores: Array
    matching: Literal["all", "some"]
    said_by: Array | None = None


def match(snapshot: Snapshot, tree: Tree, scope: Scope = Scope.ALL) -> Matches:
    """The documents that match ``tree``; when nothing is asked for, all that have text in ``scope``."""
    allowed = _allowed(snapshot, tree)
    if not tree.required:
        if scope is Scope.QUOTES:
            allowed &= mask(snapshot.speech.documents, snapshot.count)
        documents = np.flatnonzero(allowed)
        return Matches(documents, np.ones(len(documents), np.bool_), np.zeros(len(documents), np.float32), "all")
    found = [clause_found(snapshot, clause) for clause in tree.required]
    scores, having = summed(found, snapshot.count)
    for clause, one in zip(tree.required, found, strict=True):
        if is_reference(clause):
            allowed &= mask(one.documents, snapshot.count)
    complete = (having == len(tree.required)) & allowed
    weights = [weight_of(len(one.documents), snapshot.count) for one in found]
    if np.count_nonzero(complete) >= FEW:
        documents = np.flatnonzero(complete)
    else:
        shares = _shares(snapshot, tree, found, weights, scores)
        documents = np.flatnonzero(complete | (allowed & (shares >= MOST * sum(weights) - _ROUNDING)))
    is_complete = complete[documents]
    matching: Literal["all", "some"] = "all" if is_complete.all() else "some"
    enough = MOST * sum(weights) if matching == "some" else sum(weights)
    said_by = _said_by(snapshot, tree, found, weights, enough, documents) if any(map(is_said, tree.required)) else None
    return Matches(documents, is_complete, scores[documents], matching, said_by)


def _shares(snapshot: Snapshot, tree: Tree, found: Sequence[Scored], weights: Sequence[float], scores: Array) -> Array:
    """For each document the sum of the weights of the clauses that it has; of a compound, its share of the parts.

    What such a share scores is added to ``scores``.
    """
    shares = np.zeros(snapshot.count)
    for clause, one, weight in zip(tree.required, found, weights, strict=True):
        shares[one.documents] += weight
        if isinstance(clause, Word):
            parted, share = snapshot.lookup.partly(clause)
            scores[parted.documents] += parted.scores
            shares[parted.documents] += weight * share
    return shares


def _said_by(
    snapshot: Snapshot,
    tree: Tree,
    found: Sequence[Scored],
    weights: Sequence[float],
    enough: float,
    documents: Array,
) -> Array:
    """For each speaker the matching documents in which the words looked for in quotations are that speaker's."""
    plainly = np.zeros(snapshot.count)
    spoken, worth = [], []
    for clause, one, weight in zip(tree.required, found, weights, strict=True):
        if is_said(clause):
            spoken.append(_speakers(snapshot, clause))
            worth.append(np.full(len(spoken[-1]), weight))
        else:
            plainly[one.documents] += weight
    pairs, which = np.unique(np.concatenate(spoken), return_inverse=True)
    where = pairs % snapshot.count
    said = np.bincount(which, np.concatenate(worth), minlength=len(pairs))
    kept = mask(documents, snapshot.count)[where] & (said + plainly[where] >= enough - _ROUNDING)
    return np.asarray(pairs[kept])


def _speakers(snapshot: Snapshot, clause: Clause) -> Array:
    said = [atom.words for atom in alternatives_of(clause) if isinstance(atom, Said)]
    return np.unique(np.concatenate([snapshot.speech.speakers(words) for words in said]))


def _allowed(snapshot: Snapshot, tree: Tree) -> Array:
    """A truth value for each document: whether it meets the conditions and has no excluded clause."""
    allowed = np.ones(snapshot.count, np.bool_)
    for clause in tree.excluded:
        allowed[clause_found(snapshot, clause).documents] = False
    for condition in tree.exceptions:
        allowed &= ~meeting(snapshot, condition)
    for alternatives in tree.conditions:
        allowed &= np.logical_or.reduce([meeting(snapshot, one) for one in alternatives])
    return allowed
