"""Times of searches in a process of its own: ``python -m bench.asking DATA QUERIES`` prints one line of JSON."""

import json
import sys
from pathlib import Path

from bench.speed import Asked, one_round, summary
from search.local import LocalEngine
from search.query import Query

_ROUNDS = 3


def main() -> None:
    """Ask every query of a JSON list, for several rounds and once before, and print median and 95th percentile."""
    data, asked = map(Path, sys.argv[1:])
    engine = LocalEngine(data)
    engine_asked = Asked(lambda text: engine.search(Query(text)).total, json.loads(asked.read_text(encoding="utf-8")))
    one_round(engine_asked)
    print(json.dumps(summary([one_round(engine_asked) for _ in range(_ROUNDS)])))


if __name__ == "__main__":
    main()
