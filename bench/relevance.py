"""How good the order of the hits is, and what the constants of matching do to it: ``python -m bench.relevance``.

nDCG@10 over judged press releases, unjudged ones skipped; gain 2^grade - 1, discount log2(rank + 1) (Burges et al.,
*Learning to Rank using Gradient Descent*, 2005).
"""

import math
from collections.abc import Iterable
from unittest import mock

from bench.corpus import Judgements, built, judgements
from search.local import LocalEngine, matching, translate
from search.query import Filters, Query

DEPTH = 10


def ndcg(ranked: Iterable[str], judged: dict[str, int]) -> float:
    """nDCG@10 of ``ranked``, which is condensed to its judged releases first."""
    gains = [2 ** judged[release_id] - 1 for release_id in ranked if release_id in judged]
    ideal = sorted((2**grade - 1 for grade in judged.values()), reverse=True)
    return _dcg(gains) / _dcg(ideal) if any(ideal) else 0.0


def _dcg(gains: list[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:DEPTH], start=1))


def measure(engine: LocalEngine, judged: Judgements) -> tuple[float, int, float]:
    """Mean nDCG@10, queries without a judged hit, and the mean number of hits."""
    values, totals = [], []
    for text, grades in judged.items():
        query = Query(text, Filters.of(type=["pressmeddelande"]), size=1000)
        page = engine.search(query)
        values.append(ndcg((hit.id for hit in page.hits), grades))
        totals.append(page.total)
    return sum(values) / len(values), sum(v == 0 for v in values), sum(totals) / len(totals)


def main() -> None:
    """Print a row for each setting of the constants."""
    judged = judgements()
    if not judged:
        raise SystemExit("the judged queries are not here: put the corpus in ../shared")
    with built() as (folder, _):
        engine = LocalEngine(folder)
        print(f"{'few':>5} {'most':>5} {'title':>5} {'lead':>5}  nDCG@10  without  hits")
        for few in (0, 10, 20, 50):
            for most in (0.3, 0.5, 0.67):
                _row(engine, judged, few, most, 3.0, 1.5)
        for title, lead in ((1.0, 1.0), (2.0, 1.5), (3.0, 1.5), (5.0, 2.0)):
            _row(engine, judged, matching.FEW, matching.MOST, title, lead)


def _row(engine: LocalEngine, judged: Judgements, few: int, most: float, title: float, lead: float) -> None:
    weights = {"title": title, "summary": lead, "body": 1.0}
    with (
        mock.patch.object(matching, "FEW", few),
        mock.patch.object(matching, "MOST", most),
        mock.patch.dict(translate.FIELD_WEIGHTS, weights),
    ):
        score, without, hits = measure(engine, judged)
    print(f"{few:>5} {most:>5} {title:>5} {lead:>5}  {score:7.3f}  {without:7}  {hits:4.0f}")


if __name__ == "__main__":
    main()
