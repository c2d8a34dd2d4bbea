"""Releases on the same matter: a query of the words that set one release apart from the others."""

from typing import Any

from whoosh import query as whoosh
from whoosh.classify import Bo1Model

from index.release import Release
from index.text import flat
from search.local.translate import clause_query
from search.tree import Word

_TERMS = 20


def similar_numbers(searcher: Any, number: int, release: Release, size: int) -> list[tuple[int, float]]:
    """The ``size`` documents most like ``release`` (which has this number), with their scores.

    The words are weighed by Bo1, the divergence from randomness model of Amati, *Probabilistic Models for
    Information Retrieval* (2003), as Whoosh implements it.
    """
    text = f"{release.title} {release.title} {release.summary} {flat(release.body)}"
    key_terms = searcher.key_terms_from_text("body", text, numterms=_TERMS, model=Bo1Model)
    if not key_terms:
        return []
    clauses = []
    for term, weight in key_terms:
        clause = clause_query(searcher.reader(), Word(term))
        clause.boost = weight
        clauses.append(clause)
    results = searcher.search(whoosh.Or(clauses), limit=size + 1, mask=None)
    return [(n, score) for n, score in results.items() if n != number][:size]
