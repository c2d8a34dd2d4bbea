"""What came before and after on the same matter, document by document."""

from dataclasses import dataclass

from index.swedish.analysis import stopterms, words
from index.swedish.stems import term_of
from search.common.weighing import LEADING_TERMS, SHARE, SHARED
from tests.oracle.search import Oracle


@dataclass(frozen=True)
class Likeness:
    """How alike a document is to another: its score, its share of the other's own, and the terms in common."""

    score: float
    share: float
    shared: int


def leading(oracle: Oracle, n: int, titles: set[str]) -> dict[str, float]:
    """The terms that weigh most in a document, and their weights."""
    people = {term_of(w.text) for d in oracle.documents for e in d.annotations.ministers for w in words(e.name)}
    terms = {term for section in oracle.texts[n] for token in section for term in token.terms}
    telling = sorted(terms - stopterms() - people - set(map(term_of, titles)))
    weights = {term: oracle.scored(term)[n] for term in telling if len(oracle.scored(term)) > 1}
    return dict(sorted(weights.items(), key=lambda row: -row[1])[:LEADING_TERMS])


def likeness(oracle: Oracle, n: int, other: int, titles: set[str]) -> Likeness:
    weights = leading(oracle, n, titles)
    score = sum(weight * oracle.scored(term).get(other, 0.0) for term, weight in weights.items())
    own = sum(weight**2 for weight in weights.values())
    return Likeness(score, score / own if own else 0.0, sum(other in oracle.scored(term) for term in weights))


def related(oracle: Oracle, n: int, titles: set[str]) -> tuple[dict[int, Likeness], dict[int, Likeness]]:
    """All documents on the same matter before a document and after it."""
    sides: tuple[dict[int, Likeness], dict[int, Likeness]] = ({}, {})
    own = oracle.documents[n].annotations
    for other in oracle.all:
        its = oracle.documents[other].annotations
        if other == n or not own.span or not its.span or not set(own.ministers) & set(its.ministers):
            continue
        alike = likeness(oracle, n, other, titles)
        if alike.share >= SHARE and alike.shared >= SHARED and its.span.middle != own.span.middle:
            sides[its.span.middle > own.span.middle][other] = alike
    return sides
