"""Times of searches in a process of its own: ``python -m bench.asking DATA QUERIES`` prints one line of JSON."""

import json
import sys
import time
from pathlib import Path

from bench.speed import Asked, one_round, summary
from search.local import LocalEngine
from search.query import Query

_ROUNDS = 3


def main() -> None:
    """Ask every query of a JSON list, for several rounds and once before; print milliseconds.

    ``first`` is from opening the generation to its first answer, ``median`` and ``p95`` are over the queries.
    """
    data, asked = map(Path, sys.argv[1:])
    texts = json.loads(asked.read_text(encoding="utf-8"))
    start = time.perf_counter()
    engine = LocalEngine(data)
    engine.search(Query(texts[0]))
    first = (time.perf_counter() - start) * 1000
    every = Asked(lambda text: engine.search(Query(text)).total, texts)
    one_round(every)
    print(json.dumps({"first": first} | summary([one_round(every) for _ in range(_ROUNDS)])))


if __name__ == "__main__":
    main()
