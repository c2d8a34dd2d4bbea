"""How long a rebuild and a faceted search take: ``python -m bench.search``."""

import statistics

from bench.corpus import built, judgements
from search.local import LocalEngine
from search.query import Query

ROUNDS = 5
_WITHOUT_CORPUS = ["segregation", "polisen", "stöd till Ukraina", "a-kassa", ""]


def main() -> None:
    """Print what a rebuild took, and the searches after it."""
    with built() as (folder, summary):
        print(f"rebuild: {summary.indexed} releases in {summary.seconds:.1f} s, {summary.per_second:.0f} a second")
        engine = LocalEngine(folder)
        queries = list(judgements()) or _WITHOUT_CORPUS
        for text in queries:
            engine.search(Query(text))
        took = [engine.search(Query(text)).took_ms for _ in range(ROUNDS) for text in queries]
    cuts = statistics.quantiles(took, n=20)
    print(
        f"search with facets and 20 snippets, {len(queries)} queries × {ROUNDS}: "
        f"median {statistics.median(took):.1f} ms, 95th percentile {cuts[-1]:.1f} ms"
    )


if __name__ == "__main__":
    main()
