"""What another worker adds to the memory of ``pressok serve``: ``python -m bench.workers [--json FILE]``.

The server runs with one worker and with two. When they have answered every query (the judged ones, and 200 drawn from
titles) and suggested something for each so many times that each worker has had most of them, the memory of all of the
server's processes is added up: each page divided by the number of processes that share it (PSS).
"""

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.corpus import built
from bench.processes import pss, tree
from bench.queries import queries
from bench.serving import CLI, HOST, fetch, free_port, serving
from bench.table import markdown, write_json
from search.local import LocalEngine
from search.query import Query

_WORKERS = (1, 2)
_ROUNDS = 4
_CONNECTIONS = 4  # at once, so that no worker is left out
_HEADER = ("workers", "first process MB", "workers MB", "together MB", "added by the last MB")


def main() -> None:
    """Print the table, and write the figures behind it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    with built() as (folder, _):
        texts = queries(document.release.title for document in LocalEngine(folder).export(Query()))
        found = {workers: memory(folder, texts, workers) for workers in _WORKERS}
    print(markdown(_HEADER, rows(found)))
    write_json(options.json, {str(workers): its for workers, its in found.items()})


def memory(data: Path, texts: Sequence[str], workers: int) -> list[int]:
    """The bytes of each process of a server that has answered, the first process first."""
    root = f"http://{HOST}:{(port := free_port())}"
    command = [*CLI, "serve", "--data", str(data), "--bind", f"{HOST}:{port}"]
    paths = ("/api/v1/search?q=", "/api/v1/suggest?q=")
    asked = [f"{root}{path}{quote(text, safe='')}" for path in paths for text in texts] * _ROUNDS
    with serving(command, f"{root}/healthz", {"PRESSOK_WORKERS": str(workers)}) as process:
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            for _ in pool.map(fetch, asked):
                pass
        return [pss(pid) for pid in tree(process.pid)]


def rows(found: Mapping[int, Sequence[int]]) -> list[list[Any]]:
    """The table's rows, of so many workers each."""
    table: list[list[Any]] = []
    before = None
    for workers, (first, *others) in found.items():
        together = first + sum(others)
        added = None if before is None else (together - before) / 1e6
        table.append([str(workers), first / 1e6, sum(others) / 1e6, together / 1e6, added])
        before = together
    return table


if __name__ == "__main__":
    main()
