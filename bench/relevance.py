"""How good the order of the hits is: ``python -m bench.relevance``.

Compares the engine with the peers of ``bench/peers.py`` on the same judged queries over the same press releases. A
row's p is that of a two-sided paired randomisation test on the queries' nDCG@10 over judged releases (Smucker, Allan
and Carterette, *A Comparison of Statistical Significance Tests for Information Retrieval Evaluation*, 2007): how often
a difference from ours as large as this comes about when each query's two values change places by chance.

With ``--constants``: what the constants of matching do to it.
"""

import sys
from collections.abc import Mapping
from unittest import mock

from scipy.stats import permutation_test

from bench.corpus import built, judgements, own_judgements
from bench.peers import PEERS
from search.evaluation import LOOKED_AT, Evaluation, Judgements, Rank, evaluate, ranking
from search.local import LocalEngine, matching, translate
from search.query import Filters, Query

RESAMPLES = 99_999
_SEED = 1
_PRESS_RELEASES = Filters.of(type=["pressmeddelande"])


def main() -> None:
    """Print the comparison on each list of judged queries, or the table of the constants."""
    judged = judgements()
    if not judged:
        raise SystemExit("the judged queries are not here: put the corpus in ../shared")
    with built() as (folder, _):
        engine = LocalEngine(folder)
        if "--constants" in sys.argv:
            constants(engine, judged)
            return
        ranks = all_ranks(engine)
        for name, judgements_of_list in {"qrels.tsv": judged, "bench/judged.tsv": own_judgements()}.items():
            compare(name, ranks, judgements_of_list)


def all_ranks(engine: LocalEngine) -> Mapping[str, Rank]:
    """The engine, first, and every peer over the same press releases."""
    documents = list(engine.export(Query(filters=_PRESS_RELEASES)))
    peers = {name: make(documents, LOOKED_AT) for name, make in PEERS.items()}
    return {"ours": ranking(engine, _PRESS_RELEASES), **peers}


def compare(name: str, ranks: Mapping[str, Rank], judged: Judgements) -> None:
    """Print a row for each of ``ranks``; the first is what the others are compared with."""
    print(f"\n{name}: {len(judged)} queries")
    print(f"{'':<14} judged only  unjudged 0  recall@10  without hits  unjudged  p (judged only)")
    found = {engine: evaluate(rank, judged) for engine, rank in ranks.items()}
    ours = next(iter(found.values()))
    for engine, its in found.items():
        p = "" if its is ours else f"{p_value(ours, its):.4f}"
        measured = f"{its.ndcg_judged:11.3f}  {its.ndcg:10.3f}  {its.recall:9.3f}"
        print(f"{engine:<14} {measured}  {len(its.without_hits):12}  {its.unjudged:8}  {p}".rstrip())


def p_value(one: Evaluation, other: Evaluation) -> float:
    """How likely a difference at least this large is if the two are equally good; same seed, same answer."""
    pairs = tuple([row.ndcg_judged for row in evaluation.rows] for evaluation in (one, other))
    test = permutation_test(
        pairs,
        lambda a, b, axis: (a - b).mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=_SEED,
    )
    return float(test.pvalue)


def constants(engine: LocalEngine, judged: Judgements) -> None:
    """Print a row for each setting of the constants of matching."""
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
        found = evaluate(ranking(engine, _PRESS_RELEASES), judged)
    without = sum(row.ndcg_judged == 0 for row in found.rows)
    hits = sum(row.hits for row in found.rows) / len(found.rows)
    print(f"{few:>5} {most:>5} {title:>5} {lead:>5}  {found.ndcg_judged:7.3f}  {without:7}  {hits:4.0f}")


if __name__ == "__main__":
    main()
