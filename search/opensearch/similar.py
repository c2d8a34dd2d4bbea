"""Releases on the same matter, by the formulas of :mod:`search.local.similar` and :mod:`search.local.related`."""

from collections.abc import Container
from typing import Any

from index.arrays.weights import DEFAULT
from index.opensearch.mapping import SCALE
from index.swedish.analysis import stopterms
from search.common.weighing import LEADING_TERMS, SHARE, SHARED
from search.opensearch.asking import Asking, Dsl
from search.opensearch.clauses import term, weight_of
from search.opensearch.hits import FETCHED
from search.opensearch.ordering import NEWEST_FIRST
from search.opensearch.vocabulary import Vocabulary

_CANDIDATES = 60
"""So many terms are looked at, those that weigh most by what is known of them without asking."""
_ORDER: list[Any] = [{"_score": "desc"}, *NEWEST_FIRST]


def similar(vocabulary: Vocabulary, asking: Asking, release_id: str, kept: Dsl, size: int) -> list[Dsl]:
    """The ``size`` hits most like a release, of which ``kept`` is what the cluster keeps."""
    leading = _leading_terms(vocabulary, asking, kept)
    if not leading or not size:
        return []
    query = {"bool": {"should": _weighed(leading), "minimum_should_match": 1, "must_not": [_itself(release_id)]}}
    return hits(asking.search(_asked(query, size)))


def related(vocabulary: Vocabulary, asking: Asking, kept: Dsl, size: int) -> tuple[list[Dsl], list[Dsl]]:
    """The ``size`` hits before a release, and those after it, most like it and with a minister in common, in order."""
    middle, ministers = kept.get("middle"), kept["minister"]
    leading = _leading_terms(vocabulary, asking, kept, vocabulary.people) if middle and ministers and size else {}
    if not leading:
        return [], []
    own = sum(weight * weight for weight in leading.values())
    asked = []
    for side in ("lt", "gt"):
        filters = [{"terms": {"minister": ministers}}, {"range": {"middle": {side: middle}}}]
        query = {"bool": {"should": _weighed(leading), "minimum_should_match": SHARED, "filter": filters}}
        asked.append(_asked(query, size) | {"min_score": SHARE * own})
    earlier, later = map(hits, asking.several(asked))
    return _in_time(earlier), _in_time(later)


def hits(answer: Dsl) -> list[Dsl]:
    """The hits of an answer."""
    return list(answer["hits"]["hits"])


def _asked(query: Dsl, size: int) -> Dsl:
    return {"query": query, "size": size, "sort": _ORDER, "track_scores": True, **FETCHED}


def _itself(release_id: str) -> Dsl:
    return {"term": {"id": release_id}}


def _weighed(leading: dict[str, float]) -> list[Dsl]:
    return [term(one, boost=weight) for one, weight in leading.items()]


def _in_time(found: list[Dsl]) -> list[Dsl]:
    """Hits from the oldest on; of one time as the newest-first order has them, turned round."""
    by_id = sorted(found, key=lambda hit: hit["sort"][2], reverse=True)
    return sorted(by_id, key=lambda hit: hit["sort"][1])


def _leading_terms(vocabulary: Vocabulary, asking: Asking, kept: Dsl, without: Container[str] = ()) -> dict[str, float]:
    """The terms of a release that weigh most, ``without`` some, and their weights."""
    known = {
        one: saturated(int(weight) / SCALE)
        for one, weight in (pair.rsplit("|", 1) for pair in kept["terms"].split())
        if one not in without and one not in stopterms() and vocabulary.is_written(one)
    }
    count = vocabulary.totals.releases
    rough = sorted(known, key=lambda one: -known[one] * weight_of(vocabulary.frequency(one), count))[:_CANDIDATES]
    counts = asking.counts([term(one) for one in rough])
    weighed = {  # what is in no other release leads nowhere
        one: known[one] * weight_of(found, count) for one, found in zip(rough, counts, strict=True) if found > 1
    }
    best = sorted((one for one in weighed if weighed[one] > 0), key=lambda one: (-weighed[one], one))[:LEADING_TERMS]
    return {one: weighed[one] for one in best}


def saturated(weight: float) -> float:
    """BM25's saturation of a term's weight in a release."""
    return weight * (DEFAULT.saturation + 1) / (weight + DEFAULT.saturation)
