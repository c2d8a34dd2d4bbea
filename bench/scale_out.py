"""One machine or a cluster: ``python -m bench.scale_out [--json FILE] [--scales 1,5]``.

Both engines over the same releases, in one run: the corpus, and the corpus repeated with other ids and dates. Three
real nodes share the cores of this machine with each other and with who asks: on machines of their own they would be
faster, and take away nothing from the engine that asks them.

At each size the releases, annotated and in memory, are published by either publisher, on all cores, and 20 changed ones
until a search finds them. Then either engine is opened in a process of its own and asked the queries of
``bench.speed``, for pages of 20 hits with snippets and all facets, in turn; and by two processes of four threads each
at once, as many as ``pressok serve`` has of its own accord. Memory of processes is by pages, those shared divided.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.build import run
from bench.cluster import HEAP, at, publish, running
from bench.copies import write_copies
from bench.corpus import ROOT, built
from bench.growth import rebuilt
from bench.processes import pss
from bench.queries import queries
from bench.scale_engines import SECONDS, THREADS
from bench.table import markdown, quantiles, write_json
from index.document import Document
from index.opensearch.connection import translated
from search.local import LocalEngine
from search.query import Query
from tests.cluster import Cluster

PROCESSES = 2
LOCAL, CLUSTER = "local", "cluster"
_INDEX_ALONE = "ours, index alone"
_ASKED = (
    "corpus",
    "releases",
    "engine",
    "median ms",
    "p95 ms",
    "searches a second",
    f"{PROCESSES * THREADS} at once: a second",
    "their p95 ms",
)
_MADE = (
    "corpus",
    "engine",
    "made, releases a second",
    "update of 20, s",
    "on disk MB",
    "with copies MB",
    "engine MB",
    "nodes MB",
    "opening, s",
)

Figures = dict[str, float]


def main() -> None:
    """Print both tables, and write the figures behind them where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1,5", help="how many times the corpus (default: %(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    options = parser.parse_args()
    found: dict[int, dict[str, Figures]] = {}
    with running() as cluster, built() as (folder, _):
        documents = list(LocalEngine(folder).export(Query()))
        texts = queries(document.release.title for document in documents)
        warm(cluster, documents, texts)
        for scale in map(int, options.scales.split(",")):
            with repeated(folder, documents, scale) as data:
                found[scale] = measure(data, texts, cluster, f"corpus{scale}")
    print(f"{len(texts)} queries; three nodes with {HEAP} of heap, on the cores of this machine\n")
    print(markdown(_ASKED, asked(found)), markdown(_MADE, made(found)), sep="\n\n")
    write_json(options.json, {str(scale): its for scale, its in found.items()})


def warm(cluster: Cluster, documents: Sequence[Document], texts: Sequence[str]) -> None:
    """Have the nodes do everything once that is measured: a server compiles what it has done often."""
    name = "warming"
    publish(at(cluster.urls, name), documents)
    with tempfile.TemporaryDirectory() as folder:
        answering(_where(cluster, name), _listed(texts, Path(folder)))
    remove(cluster, name)


def _where(cluster: Cluster, name: str) -> str:
    return f"{','.join(cluster.urls)}#{name}"


def _listed(texts: Sequence[str], folder: Path) -> Path:
    path = folder / "queries.json"
    path.write_text(json.dumps(texts), encoding="utf-8")
    return path


@contextmanager
def repeated(folder: Path, documents: Sequence[Document], times: int) -> Iterator[Path]:
    """A data folder with an index of the releases so many times."""
    if times == 1:
        yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        write_copies(scratch / "releases.jsonl", [document.release for document in documents], times)
        rebuilt(scratch / "releases.jsonl", scratch / "data")
        yield scratch / "data"


def measure(data: Path, texts: Sequence[str], cluster: Cluster, name: str) -> dict[str, Figures]:
    """All figures of both engines at one size: seconds, milliseconds and bytes. ``name`` is that of the index."""
    with tempfile.TemporaryDirectory() as folder:
        exported, listed = Path(folder) / "documents.jsonl", _listed(texts, Path(folder))
        number = _export(data, exported)
        local = run(_INDEX_ALONE, exported, data, cores=None) | answering(str(data), listed)
        there = indexed(cluster, name, exported) | answering(_where(cluster, name), listed)
        there |= {"nodes": float(sum(pss(cluster.pid(i)) for i in cluster.running))}
    remove(cluster, name)
    return {engine: {"releases": number, **its} for engine, its in ((LOCAL, local), (CLUSTER, there))}


def remove(cluster: Cluster, name: str) -> None:
    """Have the cluster hold nothing of this name."""
    with translated():
        at(cluster.urls, name).client().indices.delete(index=f"{name}-*")


def _export(data: Path, path: Path) -> int:
    with path.open("w", encoding="utf-8") as file:
        return sum(1 for document in LocalEngine(data).export(Query()) if file.write(document.to_json() + "\n"))


def indexed(cluster: Cluster, name: str, exported: Path) -> Figures:
    """What making the index in the cluster takes, in a process of its own, and its size with copies and without."""
    command = [sys.executable, "-m", "bench.scale_engines", "index", ",".join(cluster.urls), name, str(exported)]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(told.stdout.splitlines()[-1])
    cluster.wait("green", timeout=300)
    with translated():
        stats = at(cluster.urls, name).client().indices.stats(index=f"{name}-*", metric="store")["_all"]
    disk, copies = (stats[which]["store"]["size_in_bytes"] for which in ("primaries", "total"))
    return figures | {"disk": disk, "copies": copies}


def answering(where: str, listed: Path) -> Figures:
    """What an engine takes to open and to answer, one query after the other and several at once."""
    with answerer(where, listed) as first:
        figures: Figures = json.loads(_line(first))
        with answerer(where, listed) as second:
            _line(second)
            took = at_once([first, second])
    _, p95 = quantiles(took)
    return figures | {"together": len(took) / SECONDS, "together p95": p95}


@contextmanager
def answerer(where: str, listed: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that asks; see :mod:`bench.scale_engines`."""
    command = [sys.executable, "-m", "bench.scale_engines", "ask", where, str(listed)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def at_once(processes: Sequence["subprocess.Popen[str]"]) -> list[float]:
    """The milliseconds of every answer to all of them, while each asks with several threads."""
    for process in processes:
        if process.stdin:
            print(file=process.stdin, flush=True)
    return [ms for process in processes for ms in json.loads(_line(process))]


def _line(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise SystemExit("a process that asks has ended, see above")
    return line


def asked(found: Mapping[int, Mapping[str, Mapping[str, float]]]) -> Iterator[list[Any]]:
    """The rows about answering."""
    for scale, engines in found.items():
        for engine, its in engines.items():
            told = (its[name] for name in ("median", "p95", "rate", "together", "together p95"))
            yield [f"{scale}×", int(its["releases"]), engine, *told]


def made(found: Mapping[int, Mapping[str, Mapping[str, float]]]) -> Iterator[list[Any]]:
    """The rows about making, and what it takes to keep."""
    for scale, engines in found.items():
        for engine, its in engines.items():
            sizes = (its[name] / 1e6 if name in its else None for name in ("disk", "copies", "memory", "nodes"))
            yield [f"{scale}×", engine, its["releases"] / its["seconds"], its["update"], *sizes, its["opening"]]


if __name__ == "__main__":
    main()
