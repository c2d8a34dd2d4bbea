"""One engine of ``bench.scale_out``, in a process of its own.

``python -m bench.scale_engines index URLS NAME DOCUMENTS`` publishes an export into a cluster, and then 20 changed
releases, until a search finds them. It prints the figures of ``bench.builders`` as one line of JSON.

``python -m bench.scale_engines ask ENGINE QUERIES`` opens an engine, asks every query of a JSON list one after the
other, and prints what that took as one line of JSON. For each line that it reads from then on, it asks with several
threads for some seconds and prints the milliseconds of every answer. ENGINE is a data folder, or a cluster's addresses,
parted by commas, and the name of the index after a ``#``.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.builders import WORD, Figures, changed, making, read, timed
from bench.cluster import at, publish
from bench.processes import pss
from bench.speed import Asked, one_round, summary
from search.local import LocalEngine
from search.opensearch import OpenSearchEngine
from search.query import Query

THREADS = 4
SECONDS = 10.0
_WARM, _ROUNDS = 2, 3
_SIZE = 20  # hits of a page
_PATIENCE, _PAUSE = 60.0, 0.01  # seconds until what was changed has to be found, and between two looks


Engine = LocalEngine | OpenSearchEngine


def opened(told: str) -> Engine:
    """The engine that is told; see the module."""
    urls, _, name = told.partition("#")
    return OpenSearchEngine(at(urls.split(","), name)) if name else LocalEngine(Path(told))


def index(urls: str, name: str, exported: str) -> Figures:
    """Publish an export into a cluster and change it; what that took."""
    documents, to = read(Path(exported)), at(urls.split(","), name)
    figures = making(lambda: publish(to, documents))
    engine, news = OpenSearchEngine(to), changed(documents)
    engine.search(Query(WORD))

    def replacing() -> None:
        publish(to, news, afresh=False)
        wait(lambda: engine.search(Query(WORD, verbatim=True)).total == len(news))

    return figures | {"update": timed(replacing)}


def wait(done: Callable[[], bool]) -> None:
    """Return when it is done. Raises :class:`RuntimeError` when that takes too long."""
    end = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > end:
            raise RuntimeError(f"what was changed is not found after {_PATIENCE:.0f} s")
        time.sleep(_PAUSE)


def alone(told: str, texts: Sequence[str]) -> tuple[Engine, dict[str, float]]:
    """The engine, and what it takes to open it and to ask it one query after the other, in ms, and its bytes then."""
    found: list[Engine] = []

    def opening() -> None:
        found.append(opened(told))
        found[0].prepare()
        found[0].search(Query(texts[0], size=_SIZE))

    figures: dict[str, float] = {"opening": timed(opening)}
    every = Asked(lambda text: found[0].search(Query(text, size=_SIZE)).total, texts)
    for _ in range(_WARM):
        one_round(every)
    rounds = [one_round(every) for _ in range(_ROUNDS)]
    took = sum(map(sum, rounds)) / 1000
    rate = _ROUNDS * len(texts) / took
    return found[0], {**figures, **summary(rounds), "rate": rate, "memory": pss(os.getpid())}


def together(engine: Engine, texts: Sequence[str], threads: int = THREADS, seconds: float = SECONDS) -> list[float]:
    """Ask with several threads, each in an order of its own, for some seconds; the milliseconds of every answer."""

    def asking(seed: int) -> list[float]:
        own = random.Random(seed).sample(texts, len(texts))
        took: list[float] = []
        while (start := time.monotonic()) < end:
            engine.search(Query(own[len(took) % len(own)], size=_SIZE))
            took.append((time.monotonic() - start) * 1000)
        return took

    end = time.monotonic() + seconds
    with ThreadPoolExecutor(threads) as pool:
        return [ms for took in pool.map(asking, range(threads)) for ms in took]


def ask(told: str, asked: str) -> None:
    """Print what one query after the other takes, and then, for each line that comes, what several at once do."""
    texts = json.loads(Path(asked).read_text(encoding="utf-8"))
    engine, figures = alone(told, texts)
    _tell(figures)
    for _ in sys.stdin:
        _tell(together(engine, texts))


def _tell(value: Any) -> None:
    print(json.dumps(value), flush=True)


def main() -> None:
    """Do what is told."""
    what, *rest = sys.argv[1:]
    if what == "index":
        _tell(index(*rest))
    else:
        ask(*rest)


if __name__ == "__main__":
    main()
