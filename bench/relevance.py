"""How good the order of the hits is: ``python -m bench.relevance [--constants] [DATA]``.

Compares the engine with the peers of ``bench/peers.py``, and with itself without each of its parts, on the same judged
queries over the same press releases. A row's p is that of a two-sided paired randomisation test on the nDCG@10 over
judged releases of the queries of both lists (Smucker, Allan and Carterette, *A Comparison of Statistical Significance
Tests for Information Retrieval Evaluation*, 2007): how often a difference from ours as large as this comes about when
each query's two values change places by chance.

With ``--constants``: what other values of the constants do. DATA is a data folder with an index of the sources that
``bench/corpus.py`` names; without one it is made first.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Self

from scipy.stats import permutation_test

from bench.corpus import built, judgements, own_judgements
from bench.peers import PEERS, NGrams
from bench.relevance_constants import constants
from bench.relevance_variants import PRESS_RELEASES, Variant, ablations, scores
from search.evaluation import LOOKED_AT, Evaluation, Judgements, Rank, evaluate
from search.local import LocalEngine
from search.local.snapshot import Snapshot
from search.query import Query

RESAMPLES = 99_999
_SEED = 1
_WIDTH = 46
_TUNED = 20  # the first so many of our own queries were there when ranking was made; the others are held out
_HEAD = f"{'':<{_WIDTH}}   given  first 20  held out | unjudged as 0: given   ours | unjudged |       p  p held out"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on the given judged queries and on our own."""

    given: Evaluation
    own: Evaluation

    @classmethod
    def of(cls, rank: Rank, lists: tuple[Judgements, Judgements]) -> Self:
        """Measure ``rank`` on both lists."""
        return cls(*(evaluate(rank, judged) for judged in lists))

    @property
    def by_query(self) -> list[float]:
        """nDCG@10 over judged releases of every query of both."""
        return [row.ndcg_judged for one in (self.given, self.own) for row in one.rows]

    @property
    def held_out(self) -> list[float]:
        """The same of those queries of ours that nothing was tuned on."""
        return [row.ndcg_judged for row in self.own.rows[_TUNED:]]

    def __str__(self) -> str:
        first = mean(row.ndcg_judged for row in self.own.rows[:_TUNED])
        judged = f"{self.given.ndcg_judged:8.4f}  {first:8.4f}  {mean(self.held_out):8.4f}"
        unjudged = self.given.unjudged + self.own.unjudged
        return f"{judged} | {self.given.ndcg:20.4f} {self.own.ndcg:6.4f} | {unjudged:8} |"


def main() -> None:
    """Print the comparison with the peers and the ablations, or the table of the constants."""
    given = judgements()
    if not given:
        raise SystemExit("the judged queries are not here: put the corpus in ../shared")
    lists = (given, own_judgements())
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with _data(folders) as folder:
        engine = LocalEngine(folder)
        if "--constants" in sys.argv:
            print_constants(snapshot_of(engine), lists)
        else:
            print_comparison(engine, lists)


@contextmanager
def _data(folders: list[str]) -> Iterator[Path]:
    if folders:
        yield Path(folders[0])
        return
    with built() as (folder, _):
        yield folder


def snapshot_of(engine: LocalEngine) -> Snapshot:
    """The generation that an engine answers from."""
    return engine._now()


def rank_of(snapshot: Snapshot) -> Rank:
    """The engine's order over a snapshot, without all that a page shows beside."""
    return lambda text: list(scores(snapshot, text))


def print_comparison(engine: LocalEngine, lists: tuple[Judgements, Judgements]) -> None:
    """Print a row for the engine, for each peer, and for the engine without each of its parts."""
    snapshot = snapshot_of(engine)
    ours = Measured.of(rank_of(snapshot), lists)
    print(f"{len(lists[0])} queries given, {len(lists[1])} of ours\n\n{_HEAD}")
    print(f"{'ours':<{_WIDTH}}{ours}")
    for name, rank in peers(engine).items():
        _print_row(name, Measured.of(rank, lists), ours)
    print(f"\n{'ours with one thing changed':<{_WIDTH}}")
    for variant in ablations():
        with variant.of(snapshot) as changed:
            _print_row(variant.name, Measured.of(rank_of(changed), lists), ours)


def _print_row(name: str, measured: Measured, ours: Measured) -> None:
    p, p_held_out = p_value(ours.by_query, measured.by_query), p_value(ours.held_out, measured.held_out)
    print(f"{name:<{_WIDTH}}{measured} {p:.5f}     {p_held_out:.5f}", flush=True)


def peers(engine: LocalEngine) -> Mapping[str, Rank]:
    """Every peer over the press releases; the last is the engine and 5-grams together."""
    documents = list(engine.export(Query(filters=PRESS_RELEASES)))
    four, five = NGrams(documents, 4), NGrams(documents, 5)
    made = {name: make(documents, LOOKED_AT) for name, make in PEERS.items()}
    return {**made, "4-grams": four.rank, "5-grams": five.rank, "ours + 5-grams": _together(engine, five)}


def _together(engine: LocalEngine, grams: NGrams) -> Rank:
    """By the sum of both scores, each divided by the query's best."""

    def rank(text: str) -> list[str]:
        total: dict[str, float] = {}
        for found in (scores(snapshot_of(engine), text), grams.scores(text)):
            best = max(found.values(), default=1.0)
            for release_id, score in found.items():
                total[release_id] = total.get(release_id, 0.0) + score / best
        return sorted(total, key=lambda release_id: -total[release_id])

    return rank


def p_value(one: list[float], other: list[float]) -> float:
    """How likely a difference of means at least this large is if the two are equally good; same seed, same answer."""
    test = permutation_test(
        (one, other),
        lambda a, b, axis: (a - b).mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=_SEED,
    )
    return float(test.pvalue)


def print_constants(snapshot: Snapshot, lists: tuple[Judgements, Judgements]) -> None:
    """Print a line for each constant, with nDCG@10 over judged releases on both lists for each value."""
    ours = Measured.of(rank_of(snapshot), lists)
    print("nDCG@10 over judged releases: given / ours, and hits a query")
    print(f"{'as chosen':<24} {_pair(ours)}")
    for name, chosen, others in constants():
        print(f"{name:<24} {chosen!s:>16}")
        for variant in others:
            print(f"{'':<24} {variant.name:>16}  {_pair(_measured(variant, snapshot, lists))}", flush=True)


def _measured(variant: Variant, snapshot: Snapshot, lists: tuple[Judgements, Judgements]) -> Measured:
    with variant.of(snapshot) as changed:
        return Measured.of(rank_of(changed), lists)


def _pair(measured: Measured) -> str:
    rows = (*measured.given.rows, *measured.own.rows)
    hits = sum(row.hits for row in rows) / len(rows)
    return f"{measured.given.ndcg_judged:.4f} / {measured.own.ndcg_judged:.4f}  {hits:5.0f}"


if __name__ == "__main__":
    main()
