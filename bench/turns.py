"""What it is worth that a worker works on one request at a time: ``python -m bench.turns [--json FILE]``.

``pressok serve`` as it comes and without :class:`web.server.OneAtATime`, in turn and several times each, so that both
see the same machine if others use it too. wrk asks for the JSON of different searches, as in ``bench.http``, with few
and with many connections. The table says the median of the runs.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.corpus import built
from bench.http import DISTINCT
from bench.load import Load, load, require_wrk
from bench.queries import drawn
from bench.serving import CLI, HOST, free_port, serving
from bench.table import markdown, write_json
from search.local import LocalEngine
from search.query import Query

CONNECTIONS = (8, 32)
_SECONDS = 4
_ALL_AT_ONCE = ["-c", f"import web.server as s; s.OneAtATime = lambda app: app; {CLI[1]}"]
_SERVED: Mapping[str, list[str]] = {"one at a time": CLI, "all at once": _ALL_AT_ONCE}


def main() -> None:
    """Print the table, and write the figures behind it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    require_wrk()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with built() as (folder, _), tempfile.TemporaryDirectory() as name:
        paths = Path(name, "paths")
        titles = (document.release.title for document in LocalEngine(folder).export(Query()))
        paths.write_text("".join(f"/api/v1/search?q={quote(text, safe='')}\n" for text in drawn(titles, DISTINCT)))
        found = measure(folder, paths, options.rounds)
    print(markdown(("a worker answers", "connections", "requests/s", "median ms", "p95 ms"), rows(found)))
    figures = {f"{name}, {count}": [run.per_second for run in runs] for (name, count), runs in found.items()}
    write_json(options.json, figures)


def measure(folder: Path, paths: Path, rounds: int) -> dict[tuple[str, int], list[Load]]:
    """What wrk saw in each round, by how it is served and the number of connections."""
    found: dict[tuple[str, int], list[Load]] = {(name, count): [] for count in CONNECTIONS for name in _SERVED}
    for _ in range(rounds):
        for name, arguments in _SERVED.items():
            root = f"http://{HOST}:{(port := free_port())}"
            bound = [*arguments, "serve", "--data", str(folder), "--bind", f"{HOST}:{port}"]
            with serving(bound, f"{root}/healthz"):
                load(root, paths, 1, start=DISTINCT * 9 // 10)
                for count in CONNECTIONS:
                    found[name, count].append(load(root, paths, _SECONDS, connections=count))
    return found


def rows(found: Mapping[tuple[str, int], list[Load]]) -> list[list[Any]]:
    """The table's rows."""
    return [
        [name, count, *(statistics.median(values) for values in zip(*map(_told, runs), strict=True))]
        for (name, count), runs in found.items()
    ]


def _told(run: Load) -> tuple[float, float, float]:
    return run.per_second, run.median, run.p95


if __name__ == "__main__":
    main()
