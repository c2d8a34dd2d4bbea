"""Releases on the same matter: those that share the words which set one release apart from the others."""

from collections.abc import Container
from dataclasses import dataclass

import numpy as np

from index.arrays.files import Array
from index.swedish.analysis import stopterms
from search.common.weighing import LEADING_TERMS
from search.local.scored import Scored, summed
from search.local.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike every document is to one: the score of each, and how many of its leading terms it ``shares``.

    The score is the inner product of the two documents' BM25F weights, over the terms that weigh most in the one.
    ``own`` is its score with itself.
    """

    scores: Array
    shares: Array
    own: float


def alike(snapshot: Snapshot, number: int, without: Container[int] = ()) -> Alike:
    """How alike every document is to the one with this number, by its leading terms ``without`` some."""
    terms, weights = _leading_terms(snapshot, number, without)
    found = [snapshot.lookup.term(term) for term in terms.tolist()]
    weighed = [Scored(one.documents, one.scores * weight) for one, weight in zip(found, weights, strict=True)]
    scores, shares = summed(weighed, snapshot.count)
    shares[number] = 0
    return Alike(scores, shares, float(scores[number]))


def similar_documents(snapshot: Snapshot, number: int, size: int) -> list[tuple[int, float]]:
    """The ``size`` documents most like the one with this number, with their scores."""
    found = alike(snapshot, number)
    documents = np.flatnonzero(found.shares)
    best = most_alike(snapshot, found, documents, size)
    return list(zip(best.tolist(), found.scores[best].tolist(), strict=True))


def most_alike(snapshot: Snapshot, found: Alike, documents: Array, size: int) -> Array:
    """The ``size`` of these documents that score highest, the newest first of equals."""
    return np.asarray(
        documents[np.lexsort((snapshot.arrays.inverted.order[documents], -found.scores[documents]))[:size]]
    )


def _leading_terms(snapshot: Snapshot, number: int, without: Container[int]) -> tuple[Array, Array]:
    """The numbers of the terms of a document that weigh most, ``without`` some, and their weights."""
    documents, inverted = snapshot.arrays.documents, snapshot.arrays.inverted
    words = np.concatenate((documents.title.words[number], documents.text.words[number]))
    terms = np.unique(inverted.word_text.gather(words)[0])
    postings = inverted.postings
    weights = np.zeros(len(terms), np.float32)
    for at, term in enumerate(terms.tolist()):
        begin, end = postings.starts[term], postings.starts[term + 1]
        place = begin + np.searchsorted(postings.documents[begin:end], number)
        if end - begin > 1 and term not in without and inverted.terms[term] not in stopterms():
            # A word of its own leads nowhere.
            weights[at] = postings.values[place] * postings.idf[term]
    leading = np.argsort(-weights, kind="stable")[:LEADING_TERMS]
    leading = leading[weights[leading] > 0]
    return terms[leading], weights[leading]
