"""How good the order of hits is on a cluster: ``python -m bench.relevance_cluster [DATA]``.

Compares, on the same judged queries over the same press releases, the local engine, the engine on a cluster, to which
our terms are sent ready-made, and the server's own Swedish analysis (``bench/server_analysis.py``), asked in several
ways. p is that of ``bench.relevance``: how often a difference from the local engine as large as this comes by chance.

The last columns are the milliseconds of a page with twenty hits, snippets and every facet: median and 95th percentile
over the judged queries, each asked once, after as many others as are drawn from titles have warmed everything.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from bench.cluster import at, publish, running
from bench.corpus import judgements, own_judgements
from bench.queries import DRAWN, drawn
from bench.relevance import Measured, _data, p_value, rank_of, snapshot_of
from bench.relevance_variants import PRESS_RELEASES
from bench.server_analysis import SHOWN, WAYS, ServerAnalysis
from bench.table import markdown, quantiles
from search.engine import Engine
from search.evaluation import LOOKED_AT, Judgements, Rank
from search.local import LocalEngine
from search.opensearch import OpenSearchEngine
from search.query import Query

_HEADER = ("", "given", "our own", "p", "hits a query", "median ms", "p95 ms")


class Asked(NamedTuple):
    """An engine: its order of the press releases, and what makes a page."""

    rank: Rank
    page: Callable[[str], object]


def main() -> None:
    """Print the comparison."""
    given = judgements()
    if not given:
        raise SystemExit("the judged queries are not here: put the corpus in ../shared")
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with _data(folders) as folder, running() as cluster:
        local = LocalEngine(folder)
        documents = list(local.export(Query()))
        ready = at(cluster.urls, "ready")
        publish(ready, documents)
        server = ServerAnalysis(at(cluster.urls, "server"))
        server.make(documents, snapshot_of(local).arrays.lexicon)
        cluster.wait("green")
        others = drawn((document.release.title for document in documents), DRAWN)
        asked = engines(local, OpenSearchEngine(ready), server)
        print(markdown(_HEADER, rows(asked, (given, own_judgements()), others)))


def engines(local: LocalEngine, cluster: Engine, server: ServerAnalysis) -> dict[str, Asked]:
    """All that are compared, by what their rows are called; the local engine first."""
    return {
        "local engine": Asked(rank_of(snapshot_of(local)), partial(page, local)),
        "cluster, our terms ready-made": Asked(partial(exported, cluster), partial(page, cluster)),
        **{f"its own analysis, {way.name}": Asked(server.rank(way), partial(server.page, way)) for way in WAYS},
    }


def exported(engine: Engine, text: str) -> list[str]:
    """The press releases that an engine finds, in its order."""
    found = engine.export(Query(text, PRESS_RELEASES))
    return [document.release.id for document in islice(found, LOOKED_AT)]


def page(engine: Engine, text: str) -> object:
    """A page of an engine of ours."""
    return engine.search(Query(text, PRESS_RELEASES, size=SHOWN))


def rows(
    asked: Mapping[str, Asked], lists: tuple[Judgements, Judgements], others: Sequence[str]
) -> Iterator[list[Any]]:
    """The table's rows: nDCG@10 over judged releases on both lists, p, and what a query takes."""
    judged = [text for one in lists for text in one]
    first: Measured | None = None
    for name, one in asked.items():
        measured = Measured.of(one.rank, lists)
        found = [row.hits for row in (*measured.given.rows, *measured.own.rows)]
        p = p_value(first.by_query, measured.by_query) if first else None
        first = first or measured
        print(f"{name}: measured", file=sys.stderr, flush=True)
        ndcg = [f"{value:.4f}" for value in (measured.given.ndcg_judged, measured.own.ndcg_judged)]
        yield [name, *ndcg, p and f"{p:.4f}", sum(found) / len(found), *times(one.page, judged, others)]


def times(ask: Callable[[str], object], texts: Sequence[str], others: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile of the milliseconds that each text takes, when the others have been asked."""
    for text in others:
        ask(text)
    took = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - start) * 1000)
    return quantiles(took)


if __name__ == "__main__":
    main()
