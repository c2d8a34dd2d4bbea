"""The order of the matching documents, and what each scores.

The score of a document is what its words score, plus what their nearness does, times what the document is worth
(:class:`index.arrays.weights.Weights`). Nearness is only looked at where it can matter: in the :data:`CANDIDATES`
documents that score highest without it. It only adds, so that these stay before all others.
"""

from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from search.common.weighing import NEARNESS
from search.local.matching import Matches
from search.local.proximity import closeness
from search.local.snapshot import Snapshot
from search.query import Sort
from search.tree import Tree

CANDIDATES = 100
_ROUNDING = 1e-3  # more than the sum of two scores can be off


@dataclass(frozen=True, slots=True)
class Ordered:
    """Documents in the order asked for, and their scores."""

    documents: Array
    scores: Array


def ordered(
    snapshot: Snapshot, tree: Tree, found: Matches, kept: Array, sort: Sort, limit: int | None = None
) -> Ordered:
    """The first ``limit`` (None: all) of the matching documents for which ``kept`` is true.

    Ties are broken by score, then newest, then id. Releases of which no date is known come last in both orders of time.
    """
    documents, scores = found.documents[kept], found.scores[kept]
    inverted = snapshot.arrays.inverted
    scores = scores * inverted.worth[documents]
    if sort is not Sort.RELEVANCE:
        order = _by_time(snapshot, documents, scores, sort)[:limit]
        return Ordered(documents[order], scores[order])
    complete = found.complete[kept]
    newest = inverted.order[documents]
    leading = _first(complete, scores, newest, CANDIDATES)
    if limit is not None and limit < len(leading):
        leading = leading[_may_reach(complete[leading], scores[leading], inverted.worth[documents[leading]], limit)]
    scores[leading] += closeness(snapshot, tree, documents[leading]) * NEARNESS * inverted.worth[documents[leading]]
    order = leading[np.lexsort((newest[leading], -scores[leading], ~complete[leading]))]
    if limit is None or limit > len(order):
        first = _first(complete, scores, newest, limit)
        order = np.concatenate((order, first[~np.isin(first, order)]))
    return Ordered(documents[order[:limit]], scores[order[:limit]])


def _may_reach(complete: Array, scores: Array, worth: Array, limit: int) -> Array:
    """Which of documents in order can be among the first ``limit`` when nearness is added, which is at most 1."""
    reached = scores + np.float32(NEARNESS) * worth >= scores[limit - 1] - _ROUNDING
    reached &= complete == complete[limit - 1]
    reached[:limit] = True
    return np.asarray(reached)


def _first(complete: Array, scores: Array, newest: Array, limit: int | None) -> Array:
    """Where the first ``limit`` stand, in their order: complete ones first, then by score, then the newest."""
    # The bits of a float that is not negative are in the order of the numbers: one whole number holds all three.
    keys = complete.astype(np.int64) << 62 | scores.view(np.int32).astype(np.int64) << 30 | (1 << 30) - 1 - newest
    if limit is not None and limit < len(keys):
        chosen = np.argpartition(keys, len(keys) - limit)[len(keys) - limit :]
        return np.asarray(chosen[np.argsort(-keys[chosen])])
    return np.argsort(-keys)


def _by_time(snapshot: Snapshot, documents: Array, scores: Array, sort: Sort) -> Array:
    middle = snapshot.arrays.documents.middle[documents]
    time = -middle if sort is Sort.NEWEST else np.where(middle, middle, np.iinfo(np.int32).max)
    return np.lexsort((snapshot.arrays.inverted.order[documents], -scores, time))
