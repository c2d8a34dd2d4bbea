"""How fast a faceted search is beside other engines in the same process: ``python -m bench.speed [--json FILE]``.

The judged queries and 200 drawn from titles. Every engine of ``bench.faceted`` does the same job over the same
releases; it is asked for the words that carry meaning, as our engine leaves the others out. Each engine answers all
queries in turn, for several rounds. A query's time is the median of its rounds; the table has median and 95th
percentile over the queries. A first round, which is not counted, warms everything.
"""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.corpus import built
from bench.faceted.common import SIZE, Peer
from bench.faceted.peers import OTHERWISE, PAGE, PEERS
from bench.plain import Plain
from bench.queries import bare, queries
from bench.table import markdown, quantiles, ratio, write_json
from index.document import Document
from search.common.understanding import understand
from search.local import LocalEngine
from search.local.facets import count_facets, filtered
from search.local.ordering import ordered
from search.local.reading import LocalReader
from search.query import Query

ROUNDS = 5


class Asked(NamedTuple):
    """An engine as a function from a text to its number of hits, and the texts of the queries as it is given them."""

    ask: Callable[[str], int]
    texts: Sequence[str]


def ranked(engine: LocalEngine, text: str) -> int:
    """All that our engine does to understand, find, order and count, without showing a hit."""
    snapshot, query = engine._now(), Query(text)
    understood = understand(LocalReader(snapshot), query)
    under = filtered(snapshot, query, understood.found)
    ordered(snapshot, understood.tree, understood.found, under.kept, query.sort, SIZE)
    count_facets(snapshot, query, understood.found, under)
    return int(under.kept.sum())


def without_hits(engine: LocalEngine, text: str) -> int:
    """All that our engine does, but that it shows one hit with a snippet instead of 20."""
    return engine.search(Query(text, size=1)).total


def whole(engine: LocalEngine, text: str) -> int:
    """All that our engine does for a page."""
    return engine.search(Query(text, size=SIZE)).total


OURS: Mapping[str, Callable[[LocalEngine, str], int]] = {
    "ours, all that we do, no hit shown": ranked,
    "ours, all that we do, one hit shown": without_hits,
    "ours, all that we do": whole,
}
HEADER = (
    "engine",
    "median ms",
    "p95 ms",
    "hits",
    "× tantivy",
    "p95 × tantivy",
    "× FTS5",
    "faster than Whoosh",
    "× tantivy's page",
)


def main() -> None:
    """Print the table, and write the figures behind it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with built() as (folder, _):
        engine = LocalEngine(folder)
        documents = list(engine.export(Query()))
        texts = queries(document.release.title for document in documents)
        found = measure(engines(engine, documents, texts), options.rounds)
    print(f"{len(documents)} releases, {len(texts)} queries, {options.rounds} rounds\n")
    print(markdown(HEADER, rows(found)))
    write_json(options.json, {"releases": len(documents), "queries": len(texts), "engines": found})


def engines(ours: LocalEngine, documents: Sequence[Document], texts: Sequence[str]) -> dict[str, Asked]:
    """Every engine, by the name of its row: the peers, the same set up otherwise, and ours."""
    asked: dict[str, Asked] = {}
    meaningful = [bare(text) for text in texts]
    makers: dict[str, Callable[[], Peer]] = {**PEERS, **OTHERWISE}
    for name, make in makers.items():
        peer = make()
        peer.add(documents)
        asked[name] = Asked(partial(_total, peer), meaningful)
    kernels = Plain(ours)
    asked["ours, the same job"] = Asked(lambda text: kernels.ask(text)[0], meaningful)
    return asked | {name: Asked(partial(ask, ours), texts) for name, ask in OURS.items()}


def _total(peer: Peer, text: str) -> int:
    return peer.ask(text).total


def measure(asked: Mapping[str, Asked], rounds: int) -> dict[str, dict[str, float]]:
    """Median and 95th percentile in milliseconds, and the mean number of hits, of each engine."""
    hits = {name: statistics.mean(map(engine.ask, engine.texts)) for name, engine in asked.items()}
    took: dict[str, list[list[float]]] = {name: [] for name in asked}
    for n in range(rounds):
        names = list(asked)
        for name in names[n % len(names) :] + names[: n % len(names)]:
            took[name].append(one_round(asked[name]))
    return {name: summary(times) | {"hits": hits[name]} for name, times in took.items()}


def summary(rounds: Sequence[Sequence[float]]) -> dict[str, float]:
    """Median and 95th percentile over the queries of each query's median over the rounds."""
    median, p95 = quantiles([statistics.median(times) for times in zip(*rounds, strict=True)])
    return {"median": median, "p95": p95}


def one_round(asked: Asked) -> list[float]:
    """What each query takes, in milliseconds. Garbage of what ran before is collected first."""
    gc.collect()
    took = []
    for text in asked.texts:
        start = time.perf_counter()
        asked.ask(text)
        took.append((time.perf_counter() - start) * 1000)
    return took


def rows(found: Mapping[str, Mapping[str, float]]) -> list[list[Any]]:
    """The table's rows: a ratio below 1 to tantivy or FTS5 means faster than it."""
    tantivy, fts5, whoosh = (found[name] for name in PEERS)
    page = found[PAGE]
    return [
        [
            name,
            its["median"],
            its["p95"],
            its["hits"],
            ratio(its["median"], tantivy["median"]),
            ratio(its["p95"], tantivy["p95"]),
            ratio(its["median"], fts5["median"]),
            ratio(whoosh["median"], its["median"]),
            ratio(its["median"], page["median"]),
        ]
        for name, its in found.items()
    ]


if __name__ == "__main__":
    main()
