"""How many searches a second are answered over HTTP on two cores: ``python -m bench.http [--json FILE]``.

wrk asks with eight connections, each time for another query drawn from titles, so that no cache can help: for the JSON
of a search, for the page, for Datasette's JSON of the same releases with the same facets (``bench.datasette_site``
says how it is set up), and for constant JSON of our mean size from a bare Flask view under our gunicorn settings, which
is the most that we could reach. With ``--words 1`` every query is one word, which has more hits. Each is warmed for two
seconds with the last of the queries before it is measured.
"""

import argparse
import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench import datasette_site
from bench.corpus import built
from bench.faceted.common import COUNTED, stemmed
from bench.load import Load, load, require_wrk
from bench.queries import LONGEST, bare, drawn
from bench.serving import HOST, fetch, free_port, serving
from bench.table import markdown, ratio, write_json
from search.local import LocalEngine
from search.query import Query

DISTINCT = 20_000  # queries; more than are answered in a measurement
SECONDS = 10
_WARMING = 2  # seconds
_SAMPLE = 200  # answers whose size is looked at
DATASETTE, NARROW, CEILING = "Datasette", "Datasette, no bodies, two processes", "constant JSON"
_HEADER = (
    "served",
    "requests/s",
    "median ms",
    "p95 ms",
    "failed",
    "× Datasette",
    "× Datasette, no bodies",
    "of the ceiling",
)


@dataclass(frozen=True, slots=True)
class Site:
    """A server: what Python is to run, what for its environment, and where each row's addresses begin."""

    arguments: Sequence[str]
    port: int
    paths: Mapping[str, str]
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    def address(self, name: str) -> str:
        """The beginning of the addresses that a row is about; a percent-encoded query ends them."""
        return self.root + self.paths[name]


def main() -> None:
    """Print the table, and write the figures behind it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--words", type=int, default=LONGEST, help="at most so many in a query (default: %(default)s)")
    options = parser.parse_args()
    require_wrk()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with built() as (folder, _), tempfile.TemporaryDirectory() as name:
        found = measure(folder, Path(name), options.seconds, options.words)
    print(markdown(_HEADER, rows(found)))
    write_json(options.json, {name: asdict(its) for name, its in found.items()})


def measure(folder: Path, scratch: Path, seconds: int, words: int) -> dict[str, Load]:
    """What wrk saw of each server, by the name of its row."""
    documents = list(LocalEngine(folder).export(Query()))
    texts = drawn((document.release.title for document in documents), DISTINCT, longest=words)
    others = {}
    for name, workers, bodies in ((DATASETTE, 1, True), (NARROW, 2, False)):
        database = scratch / f"releases{workers}.db"
        datasette_site.write(database, documents, bodies=bodies)
        others[name] = datasette(name, database, workers)
    print(f"{len(documents)} releases, {len(texts)} different queries, {seconds} s each")
    with up(ours(folder)) as site:
        size = mean_size(site.address("JSON search"), texts[:_SAMPLE])
        print(f"the JSON of a search has {size} bytes in the mean\n")
        found = loaded(site, texts, scratch, seconds)
    for name, other in others.items():
        with up(other) as site:
            check(site.address(name), texts[0])
            found |= loaded(site, [stems_of(text) for text in texts], scratch, seconds)
    with up(ceiling(size)) as site:
        return found | loaded(site, texts, scratch, seconds)


def ours(folder: Path) -> Site:
    """``pressok serve`` as it comes."""
    port = free_port()
    arguments = [
        "-c",
        "from web.cli.main import main; main()",
        "serve",
        "--data",
        str(folder),
        "--bind",
        f"{HOST}:{port}",
    ]
    return Site(arguments, port, {"JSON search": "/api/v1/search?q=", "page": "/?q="})


def datasette(name: str, database: Path, workers: int) -> Site:
    """Datasette in so many processes; with one it is what ``datasette serve`` starts."""
    port = free_port()
    process = ["--host", HOST, "--port", str(port), "--workers", str(workers), "--log-level", "warning"]
    arguments = ["-m", "uvicorn", "bench.datasette_site:app", "--factory", *process]
    paths = {name: datasette_site.path_before(database)}
    return Site(arguments, port, paths, {datasette_site.DATABASE: str(database)})


def ceiling(size: int) -> Site:
    """The bare view."""
    port = free_port()
    return Site(["-m", "bench.constant", f"{HOST}:{port}", str(size)], port, {CEILING: "/?q="})


@contextmanager
def up(site: Site) -> Iterator[Site]:
    """A server that runs until the block ends."""
    with serving(site.arguments, site.address(next(iter(site.paths))) + "sverige", site.environ):
        yield site


def mean_size(address: str, texts: Sequence[str]) -> int:
    """How many bytes an answer has."""
    return round(statistics.mean(len(fetch(address + quote(text, safe=""))) for text in texts))


def stems_of(text: str) -> str:
    """What Datasette is asked for ``text``."""
    return " ".join(stemmed(bare(text)))


def check(address: str, text: str) -> None:
    """Raise :class:`RuntimeError` unless Datasette found something and counted every facet to the end."""
    answer = json.loads(fetch(address + quote(stems_of(text), safe="")))
    if not answer["filtered_table_rows_count"] or set(answer["facet_results"]) != set(COUNTED):
        raise RuntimeError(f"Datasette does not do the job: {answer}")


def loaded(site: Site, texts: Sequence[str], scratch: Path, seconds: int) -> dict[str, Load]:
    """What wrk saw of each of a server's paths."""
    found = {}
    for name, path in site.paths.items():
        file = scratch / "paths"
        file.write_text("".join(f"{path}{quote(text, safe='')}\n" for text in texts), encoding="ascii")
        load(site.root, file, _WARMING, start=len(texts) * 9 // 10)
        found[name] = load(site.root, file, seconds)
    return found


def rows(found: Mapping[str, Load]) -> list[list[Any]]:
    """The table's rows."""
    beside = [found[name].per_second for name in (DATASETTE, NARROW, CEILING)]
    return [
        [name, its.per_second, its.median, its.p95, its.failed, *(ratio(its.per_second, other) for other in beside)]
        for name, its in found.items()
    ]


if __name__ == "__main__":
    main()
