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


def all_of(found: Sequence[Scored]) -> Scored:
    """Documents that are in all of these, with the sum of their scores; the shortest is looked up in the others."""
    shortest, *others = sorted(found, key=_length)
    documents, scores = shortest.documents, shortest.scores
    for one in others:
        if not len(documents):
            return NOTHING
        at = one.documents.searchsorted(documents)
        at[at == len(one.documents)] = 0
        kept = one.documents[at] == documents
        documents = documents[kept]
        scores = scores[kept] + one.scores[at[kept]]
    return Scored(documents, scores)


def _length(found: Scored) -> int:
    return len(found.documents)


def scores_at(found: Scored, documents: Array) -> Array:
    """The score of each of ``documents``; 0 for one that was not found."""
    if not len(found.documents):
        return np.zeros(len(documents), np.float32)
    at = found.documents.searchsorted(documents)
    at[at == len(found.documents)] = 0
    return np.where(found.documents[at] == documents, found.scores[at], np.float32(0))


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
