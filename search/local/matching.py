"""Which releases match, and what they score before their order is made.

A release matches when it meets the query's conditions and has all of its clauses. When fewer than ``FEW`` do, those
that meet them and have most of the clauses follow after them, where a clause counts by how telling it is (its idf), and
a part of a compound as a part of its word, and what no release has not at all; the number of a document, like
2017:45, is never left out.

That is decided by the text alone, before any filter: otherwise choosing a facet's value could change what
matches, and its number would not be the number of hits that it gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

import numpy as np

from index.arrays.files import Array
from search.common.weighing import FEW, MOST
from search.local.clauses import clause_found, weight_of
from search.local.conditions import meeting
from search.local.lookup import mask
from search.local.scored import Scored, all_of, only
from search.local.snapshot import Snapshot
from search.query import Scope
from search.tree import Clause, Said, Tree, Word, alternatives_of, is_reference, is_said

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

    @property
    def count(self) -> int:
        """How many releases match."""
        return len(self.documents)

    @property
    def whole(self) -> bool:
        """Whether some release has all that is asked for."""
        return bool(self.complete.any())


def match(snapshot: Snapshot, tree: Tree, scope: Scope = Scope.ALL) -> Matches:
    """The documents that match ``tree``; when nothing is asked for, all that have text in ``scope``."""
    allowed = _allowed(snapshot, tree)
    if not tree.required:
        return _everything(snapshot, scope, allowed)
    found = [clause_found(snapshot, clause) for clause in tree.required]
    whole = all_of(found)
    if allowed is not None:
        whole = only(whole, allowed)
    if len(whole.documents) >= FEW or (len(found) == 1 and not is_compound(tree.required[0], snapshot)):
        documents, scores = whole.documents, whole.scores
        complete = np.ones(len(documents), np.bool_)
    else:
        documents, scores, complete = _most(snapshot, tree, found, allowed, whole)
    matching: Literal["all", "some"] = "all" if complete.all() else "some"
    said_by = None
    if any(map(is_said, tree.required)):
        said_by = _said_by(snapshot, tree, found, 1.0 if matching == "all" else MOST, documents)
    return Matches(documents, complete, scores, matching, said_by)


def _everything(snapshot: Snapshot, scope: Scope, allowed: Array | None) -> Matches:
    documents = np.arange(snapshot.count) if scope is Scope.ALL else snapshot.speech.documents
    if allowed is not None:
        documents = documents[allowed[documents]]
    return Matches(documents, np.ones(len(documents), np.bool_), np.zeros(len(documents), np.float32), "all")


def _most(
    snapshot: Snapshot, tree: Tree, found: Sequence[Scored], allowed: Array | None, whole: Scored
) -> tuple[Array, Array, Array]:
    """The documents that have most of the clauses, their scores, and whether they have all."""
    scores = np.zeros(snapshot.count, np.float32)
    weights = _weights(snapshot, tree, found)
    shares = _shares(snapshot, tree, found, weights, scores)
    least = MOST * sum(weights) - _ROUNDING
    enough = shares >= least if least > 0 else shares > 0
    if allowed is not None:
        enough &= allowed
    for clause, one in zip(tree.required, found, strict=True):
        if is_reference(clause):
            enough &= mask(one.documents, snapshot.count)
    documents = enough.nonzero()[0]
    complete = mask(whole.documents, snapshot.count)[documents]
    return documents, scores[documents], complete


def _weights(snapshot: Snapshot, tree: Tree, found: Sequence[Scored]) -> list[float]:
    return [_weight(snapshot, clause, one) for clause, one in zip(tree.required, found, strict=True)]


def _weight(snapshot: Snapshot, clause: Clause, found: Scored) -> float:
    """How telling a clause is. What is in no release, not even in part, does not tell one from another."""
    if not len(found.documents) and not is_compound(clause, snapshot):
        return 0.0
    return weight_of(len(found.documents), snapshot.count)


def _shares(snapshot: Snapshot, tree: Tree, found: Sequence[Scored], weights: Sequence[float], scores: Array) -> Array:
    """For each document the sum of the weights of the clauses that it has; of a compound, its share of the parts.

    What these score is added to ``scores``.
    """
    shares = np.zeros(snapshot.count)
    for clause, one, weight in zip(tree.required, found, weights, strict=True):
        shares[one.documents] += weight
        scores[one.documents] += one.scores
        if is_compound(clause, snapshot):
            parted, share = snapshot.lookup.partly(clause)
            scores[parted.documents] += parted.scores
            shares[parted.documents] += weight * share
    return shares


def _said_by(
    snapshot: Snapshot,
    tree: Tree,
    found: Sequence[Scored],
    most: float,
    documents: Array,
) -> Array:
    """For each speaker the matching documents in which the words looked for in quotations are that speaker's."""
    weights = _weights(snapshot, tree, found)
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
    kept = mask(documents, snapshot.count)[where] & (said + plainly[where] >= most * sum(weights) - _ROUNDING)
    return np.asarray(pairs[kept])


def _speakers(snapshot: Snapshot, clause: Clause) -> Array:
    said = [atom.words for atom in alternatives_of(clause) if isinstance(atom, Said)]
    return np.unique(np.concatenate([snapshot.speech.speakers(words) for words in said]))


def is_compound(clause: Clause, snapshot: Snapshot) -> TypeGuard[Word]:
    """Whether a clause is a word that is found by its parts too."""
    return isinstance(clause, Word) and bool(snapshot.lookup.forms(clause).parts)


def _allowed(snapshot: Snapshot, tree: Tree) -> Array | None:
    """A truth value for each document: whether it meets the conditions and has no excluded clause; None: all do."""
    if not (tree.excluded or tree.exceptions or tree.conditions):
        return None
    allowed = np.ones(snapshot.count, np.bool_)
    for clause in tree.excluded:
        allowed[clause_found(snapshot, clause).documents] = False
    for condition in tree.exceptions:
        allowed &= ~meeting(snapshot, condition)
    for alternatives in tree.conditions:
        allowed &= np.logical_or.reduce([meeting(snapshot, one) for one in alternatives])
    return allowed
