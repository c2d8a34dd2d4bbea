"""The order of the matching releases; what each scores is what its words do, times what it is worth."""

from typing import Any

from index.arrays.weights import DEFAULT
from search.opensearch.asking import TAKEN, Dsl, leaves
from search.opensearch.clauses import constant
from search.opensearch.matching import COMPLETE, Matching
from search.query import Sort

_WORTH = """
double middle = doc['middle'].size() == 0 ? 0 : doc['middle'].value;
return _score * doc['bare'].value * (1 + params.recent * Math.exp((middle - params.newest) / params.fade));
"""
"""See :class:`index.arrays.weights.Weights`: a little more for what is recent. Middles are counted in half days."""
_HALF_DAYS = 2 * 365.25  # of a year

NEWEST_FIRST: list[Any] = [{"middle": {"order": "desc", "missing": "_last"}}, {"id": "asc"}]
"""Of what is equal the newest comes first, then by id."""


def asked_for(found: Matching, newest: int, sort: Sort, *filters: Dsl) -> Dsl:
    """The query and the order of the matching releases that meet the filters. ``newest`` is the newest middle."""
    scored = found.scored(*filters)
    if found.finders:
        params = {"recent": DEFAULT.recent, "newest": newest, "fade": DEFAULT.recent_years * _HALF_DAYS}
        scored = {"script_score": {"query": scored, "script": {"source": _WORTH, "params": params}}}
    match sort:
        case Sort.RELEVANCE:
            if found.is_some and leaves(scored) + leaves(found.complete) <= TAKEN:
                scored = {"bool": {"must": [scored], "should": [constant(found.complete, COMPLETE)]}}
            order: list[Any] = [{"_score": "desc"}, *NEWEST_FIRST]
        case Sort.NEWEST | Sort.OLDEST:
            way = "desc" if sort is Sort.NEWEST else "asc"
            order = [{"middle": {"order": way, "missing": "_last"}}, {"_score": "desc"}, {"id": "asc"}]
    return {"query": scored, "sort": order, "track_scores": True}


def score_of(hit: Dsl) -> float:
    """What a release scores."""
    score = float(hit["_score"] or 0.0)
    return round(score - COMPLETE if score >= COMPLETE else score, 4)
