"""From the query tree to Whoosh's queries, and from Whoosh's matches to numbers and scores."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from whoosh import query as whoosh

from search.tree import AnyOf, Clause, Phrase, Prefix, Word

# How much a word counts in each field. Chosen with bench/relevance.py; see docs/decisions.md.
FIELD_WEIGHTS = {"title": 3.0, "summary": 1.5, "body": 1.0}


def clause_query(clause: Clause) -> Any:
    """Whoosh's query for a clause over every text field."""
    match clause:
        case Word(term):
            return whoosh.Or([whoosh.Term(field, term, boost=weight) for field, weight in FIELD_WEIGHTS.items()])
        case Phrase(terms):
            return whoosh.Or(
                [whoosh.Phrase(field, list(terms), boost=weight) for field, weight in FIELD_WEIGHTS.items()]
            )
        case Prefix(prefix, term):
            begins = [whoosh.Prefix(field, prefix, boost=weight) for field, weight in FIELD_WEIGHTS.items()]
            return whoosh.Or([*begins, clause_query(Word(term))])
        case AnyOf(alternatives):
            return whoosh.Or([clause_query(alternative) for alternative in alternatives])


def matches(searcher: Any, query: Any) -> set[int]:
    """The numbers of the documents that ``query`` matches."""
    return set(query.docs(searcher))


def scores(searcher: Any, query: Any) -> Mapping[int, float]:
    """The score of each document that ``query`` matches."""
    return dict(searcher.search(query, limit=None).items())


def facet_query(facet: str, keys: tuple[str, ...]) -> Any:
    """Documents that have one of these values of a facet."""
    return whoosh.Or([whoosh.Term(facet, key) for key in keys])


def interval_query(first: date | None, last: date | None) -> Any:
    """Documents whose span overlaps the interval (both days included; None is open)."""
    conditions = []
    if first:
        conditions.append(whoosh.NumericRange("last", first.toordinal(), None))
    if last:
        conditions.append(whoosh.NumericRange("first", None, last.toordinal()))
    return whoosh.And(conditions)
