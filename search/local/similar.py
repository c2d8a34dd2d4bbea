"""Releases on the same matter: those that share the words which set one release apart from the others."""

import numpy as np

from index.analysis import stopterms
from index.arrays.files import Array
from search.local.scored import Scored, summed
from search.local.snapshot import Snapshot

TERMS = 20  # of a release that others are compared by


def similar_documents(snapshot: Snapshot, number: int, size: int) -> list[tuple[int, float]]:
    """The ``size`` documents most like the one with this number, with their scores.

    The score is the inner product of the two documents' BM25F weights, over the terms that weigh most in the first.
    """
    terms, weights = _leading_terms(snapshot, number)
    found = [snapshot.lookup.term(term) for term in terms.tolist()]
    weighed = [Scored(one.documents, one.scores * weight) for one, weight in zip(found, weights, strict=True)]
    scores, having = summed(weighed, snapshot.count)
    having[number] = 0
    documents = np.flatnonzero(having)
    best = documents[np.lexsort((snapshot.arrays.inverted.order[documents], -scores[documents]))[:size]]
    return list(zip(best.tolist(), scores[best].tolist(), strict=True))


def _leading_terms(snapshot: Snapshot, number: int) -> tuple[Array, Array]:
    """The numbers of the terms of a document that weigh most, and their weights."""
    documents, inverted = snapshot.arrays.documents, snapshot.arrays.inverted
    words = np.concatenate((documents.title.words[number], documents.text.words[number]))
    terms = np.unique(inverted.word_text.gather(words)[0])
    postings = inverted.postings
    weights = np.zeros(len(terms), np.float32)
    for at, term in enumerate(terms.tolist()):
        begin, end = postings.starts[term], postings.starts[term + 1]
        place = begin + np.searchsorted(postings.documents[begin:end], number)
        if end - begin > 1 and inverted.terms[term] not in stopterms():  # a word of its own leads nowhere
            weights[at] = postings.values[place] * postings.idf[term]
    leading = np.argsort(-weights, kind="stable")[:TERMS]
    leading = leading[weights[leading] > 0]
    return terms[leading], weights[leading]
