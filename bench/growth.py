"""What more releases cost: ``python -m bench.growth [--scales 1,5,25] [--svg FILE] [--json FILE]``.

The corpus is repeated: copies have ids and addresses of their own, and dates moved by some days, or by months where
only the month is known, within the corpus's own time. At each size the releases are rebuilt from a file by ``pressok
rebuild`` in a process of its own, the same queries are asked of the engine in another, and then of ``pressok serve``,
whose processes' memory is added up, shared pages once. Prints a Markdown table; draws every figure as a multiple of
the smallest size's.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.builders import size_of
from bench.copies import write_copies
from bench.corpus import ROOT, built
from bench.processes import Watch, pss, tree
from bench.queries import queries
from bench.serving import CLI, HOST, fetch, free_port, serving
from bench.svg import log_chart
from bench.table import markdown, write_json
from index.document import Document
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query

_SCALES = "1,5,25"
_HEADER = (
    "corpus",
    "releases",
    "median ms",
    "p95 ms",
    "first answer ms",
    "serving MB",
    "index MB",
    "rebuild s",
    "its peak MB",
)
_DRAWN = {
    "median": "search, median",
    "p95": "search, p95",
    "first": "first answer",
    "serving": "memory",
    "index": "index",
    "rebuild": "rebuild",
}


def main() -> None:
    """Print the table, draw the picture, and write the figures behind them where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default=_SCALES, help="how many times the corpus (default: %(default)s)")
    parser.add_argument("--svg", type=Path, default=ROOT / "docs" / "performance.svg")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    scales = [int(scale) for scale in options.scales.split(",")]
    with built() as (folder, _):
        documents = list(LocalEngine(folder).export(Query()))
    texts = queries(document.release.title for document in documents)
    found = {scale: measure(documents, texts, scale) for scale in scales}
    print(markdown(_HEADER, rows(found)))
    options.svg.write_text(picture(found), encoding="utf-8")
    write_json(options.json, {str(scale): its for scale, its in found.items()})


def measure(documents: Sequence[Document], texts: Sequence[str], scale: int) -> dict[str, float]:
    """All figures at one size: milliseconds, seconds and bytes."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        number = write_copies(scratch / "releases.jsonl", [d.release for d in documents], scale)
        asked = scratch / "queries.json"
        asked.write_text(json.dumps(texts), encoding="utf-8")
        data = scratch / "data"
        figures = rebuilt(scratch / "releases.jsonl", data)
        told = subprocess.run(
            [sys.executable, "-m", "bench.asking", str(data), str(asked)], cwd=ROOT, capture_output=True, check=True
        )
        size = size_of(DataFolder(data).current().path)
        return {"releases": number, "index": size, "serving": served(data, texts), **figures, **json.loads(told.stdout)}


def rebuilt(source: Path, data: Path) -> dict[str, float]:
    """What ``pressok rebuild`` takes: seconds, and bytes at its peak."""
    start = time.perf_counter()
    command = [sys.executable, *CLI, "rebuild", str(source), "--data", str(data)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Watch(process.pid) as watch:
        if process.wait():
            raise SystemExit("the rebuild failed; run bench.search to see why")
    return {"rebuild": time.perf_counter() - start, "peak": watch.most}


def served(data: Path, texts: Sequence[str]) -> int:
    """The bytes of all processes of ``pressok serve`` when they have answered every query twice."""
    root = f"http://{HOST}:{(port := free_port())}"
    with serving([*CLI, "serve", "--data", str(data), "--bind", f"{HOST}:{port}"], f"{root}/healthz") as process:
        for text in [*texts, *texts]:
            fetch(f"{root}/api/v1/search?q={quote(text, safe='')}")
        return sum(map(pss, tree(process.pid)))


def rows(found: Mapping[int, Mapping[str, float]]) -> list[list[Any]]:
    """The table's rows."""
    return [
        [
            f"{scale}×",
            int(its["releases"]),
            its["median"],
            its["p95"],
            its["first"],
            its["serving"] / 1e6,
            its["index"] / 1e6,
            its["rebuild"],
            its["peak"] / 1e6,
        ]
        for scale, its in found.items()
    ]


def picture(found: Mapping[int, Mapping[str, float]]) -> str:
    """The chart: each figure as a multiple of the smallest size's, against the number of releases."""
    least = found[min(found)]
    lines = {
        label: [(its["releases"], its[key] / least[key]) for its in found.values()] for key, label in _DRAWN.items()
    }
    straight = [(its["releases"], its["releases"] / least["releases"]) for its in found.values()]
    return log_chart({**lines, "releases": straight}, "releases", "times that of the smallest size")


if __name__ == "__main__":
    main()
