"""Documents with scores, and how they are put together. Every function takes documents in order and gives them so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array


@dataclass(frozen=True, slots=True)
class Scored:
    """Numbers of documents, in order and each once, and the score of each."""

    documents: Array
    scores: Array


NOTHING = Scored(np.zeros(0, np.int32), np.zeros(0, np.float32))


def best_of(found: Sequence[Scored], count: int) -> Scored:
    """Documents that are in any of these, each with its highest score. ``count`` is that of all documents."""
    found = [one for one in found if len(one.documents)]
    if len(found) < 2:
        return found[0] if found else NOTHING
    scores = np.full(count, -1.0, np.float32)
    for one in found:
        scores[one.documents] = np.maximum(scores[one.documents], one.scores)
    documents = np.flatnonzero(scores >= 0)
    return Scored(documents, scores[documents])


def all_of(found: Sequence[Scored], count: int) -> Scored:
    """Documents that are in all of these, with the sum of their scores."""
    if len(found) == 1:
        return found[0]
    if not all(len(one.documents) for one in found):
        return NOTHING
    scores, having = summed(found, count)
    documents = np.flatnonzero(having == len(found))
    return Scored(documents, scores[documents])


def summed(found: Sequence[Scored], count: int) -> tuple[Array, Array]:
    """For each of ``count`` documents the sum of its scores, and how many of these have it."""
    scores, having = np.zeros(count, np.float32), np.zeros(count, np.uint8)
    for one in found:
        scores[one.documents] += one.scores
        having[one.documents] += 1
    return scores, having


def only(found: Scored, allowed: Array) -> Scored:
    """Those for which ``allowed``, which holds a truth value for each document, is true."""
    kept = allowed[found.documents]
    return Scored(found.documents[kept], found.scores[kept])


def within(found: Scored, documents: Array) -> Scored:
    """Those that are among ``documents``."""
    at = np.searchsorted(found.documents, documents)
    at[at == len(found.documents)] = 0
    kept = at[found.documents[at] == documents] if len(found.documents) else at[:0]
    return Scored(found.documents[kept], found.scores[kept])
