"""Does it hold out? ``python -m bench.endurance [--minutes 10] [--connections 64]``.

A real ``pressok serve`` over the corpus, or the samples, answers mixed requests from many connections while an update
is published every ten seconds, and its workers are replaced (SIGHUP) half-way. It has failed, and exits with 1, when

- anything is answered but 200, or a connection is dropped,
- an answer holds something of two generations (``bench.markers`` says how that would show),
- the newest generation is not the one that answers at the end, or none was published,
- the median memory (PSS) of master and workers in the last third is more than a tenth above that in the first; the
  thirds are of the time after 20 seconds, in which what is kept of words and names fills up.

Each connection waits a tenth of a second on average between two questions (``--pause``), as people do at length: the
question is whether it holds, not how fast it is. Every connection and file is this machine's own.
"""

import argparse
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from bench import markers
from bench.clients import Clients, Seen
from bench.corpus import ROOT, built
from bench.http import ours
from bench.processes import pss, tree
from bench.queries import drawn
from bench.serving import HOST, fetch, serving
from bench.table import markdown, quantiles
from search.local import LocalEngine
from search.query import Query

EVERY = 10.0  # seconds between the beginnings of two updates
WARMING = 20.0  # seconds before the memory is looked at: what is kept of words and names fills up
TOLERANCE = 0.10  # of the memory in the first third
_SMALL = 48  # MiB; what two workers' heaps differ by from one moment to the next says nothing in a minute
_LOOK = 0.5  # seconds between two looks at the memory
_QUERIES = 300
_SHOWN = 10  # failures
_MEBI = 2**20


@dataclass(slots=True)
class Course:
    """What happened meanwhile: seconds since the start and bytes of memory, updates, and how long they took."""

    memory: list[tuple[float, int]] = field(default_factory=list)
    updates: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    reloaded: bool = False


def main() -> None:
    """Print the figures; end with 1 if it did not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--pause", type=float, default=0.1, help="mean seconds between two questions of a connection")
    parser.add_argument("--data", type=Path, help="a built data folder to copy (default: the corpus is built)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, folder_for(options.data) as folder:
        failures = endure(folder, Path(scratch), options.minutes * 60, options.connections, options.pause)
    for failure in failures[:_SHOWN]:
        print(f"FAILED: {failure}")
    sys.exit(f"{len(failures)} failures" if failures else 0)


@contextmanager
def folder_for(data: Path | None) -> Iterator[Path]:
    """A data folder that may be changed: a copy of ``data``, or one that is built."""
    if data is None:
        with built() as (folder, _):
            yield folder
        return
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "data"
        subprocess.run(["cp", "-r", "--", str(data), str(copy)], check=True)
        yield copy


def endure(folder: Path, scratch: Path, seconds: float, connections: int, pause: float) -> list[str]:
    """Run it all, print the figures, and say what failed."""
    publish(folder, scratch / "markers.jsonl", 1)
    kinds = addresses(LocalEngine(folder))
    site, course = ours(folder), Course()
    print(
        f"{connections} connections, {WARMING:.0f} + {seconds:.0f} s, an update every {EVERY:.0f} s, one reload",
        flush=True,
    )
    with (
        serving(site.arguments, f"{site.root}/readyz") as server,
        Clients(f"{HOST}:{site.port}", kinds, connections, pause, markers.faults) as clients,
    ):
        run(server, folder, scratch / "markers.jsonl", seconds, course)
        answered = markers.numbers_in(fetch(f"{site.root}/api/v1/search?q={markers.WORD}").decode())
    report(clients.seen, course, seconds)
    return [*clients.seen.failures, *course.failures, *judged(course, answered)]


def publish(folder: Path, source: Path, number: int) -> None:
    """Publish generation ``number`` of the marker releases, in a process of its own as an operator does."""
    markers.write(source, number)
    command = [
        sys.executable,
        "-c",
        "from web.cli.main import main; main()",
        "update",
        str(source),
        "--data",
        str(folder),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def addresses(engine: LocalEngine) -> dict[str, Sequence[str]]:
    """What is asked for, by what it is. Each is as likely as any other, and so is each address of it."""
    others = [document.release for document in engine.export(Query()) if markers.WORD not in document.release.id]
    texts = [quote(text) for text in drawn((release.title for release in others), _QUERIES)]
    some = [release.id for release in others[:: max(1, len(others) // _QUERIES)]]
    return {
        "search": [f"/api/v1/search?q={text}" for text in texts],
        "search, filtered": [f"/api/v1/search?q={text}&type=pressmeddelande&sort=newest" for text in texts],
        "search for markers": [f"/api/v1/search?q={markers.WORD}&size=100", f"/api/v1/search?q={markers.WORD}&size=3"],
        "page": [f"/?q={text}" for text in texts],
        "page of markers": [f"/?q={markers.WORD}", f"/en/?q={markers.WORD}&sort=newest"],
        "suggestions": [f"/api/v1/suggest?q={text[:3]}" for text in texts if "%" not in text[:3]],
        "release": [*(f"/api/v1/releases/{i}" for i in markers.ids()), *(f"/releases/{quote(i)}" for i in some)],
        "facet": [f"/facets/year?q={text}" for text in texts],
        "feed": [f"/feed.atom?q={text}" for text in [*texts[:50], markers.WORD]],
        "status": ["/api/v1/status", "/readyz"],
    }


def run(server: subprocess.Popen[bytes], folder: Path, source: Path, seconds: float, course: Course) -> None:
    """Publish, reload and look at the memory until the time is over."""
    start, over = time.monotonic() + WARMING, threading.Event()
    looking = threading.Thread(target=_look, args=(server.pid, start, over, course))
    looking.start()
    number = 1
    try:
        while (now := time.monotonic() - start) < seconds:  # from -WARMING on
            if now >= seconds / 2 and not course.reloaded:
                server.send_signal(signal.SIGHUP)
                course.reloaded = True
            number += 1
            _update(folder, source, number, course)
            time.sleep(max(0.0, min(now + EVERY, seconds) - (time.monotonic() - start)))
    finally:
        over.set()
        looking.join()


def _update(folder: Path, source: Path, number: int, course: Course) -> None:
    began = time.monotonic()
    try:
        publish(folder, source, number)
    except subprocess.CalledProcessError as error:
        course.failures.append(f"update {number} failed: {error.stderr.decode()[-500:]}")
        return
    course.updates.append(time.monotonic() - began)


def _look(pid: int, start: float, over: threading.Event, course: Course) -> None:
    while not over.wait(_LOOK):
        if time.monotonic() < start:
            continue
        course.memory.append((time.monotonic() - start, sum(map(pss, tree(pid)))))


def thirds(memory: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """The median memory in the first and in the last third of the time."""
    end = memory[-1][0]
    first = [size for at, size in memory if at <= end / 3]
    last = [size for at, size in memory if at >= end * 2 / 3]
    return statistics.median(first), statistics.median(last)


def judged(course: Course, answered: set[int]) -> Iterator[str]:
    """What is wrong with the whole."""
    if not course.updates:
        yield "no update was published"
    if answered != {len(course.updates) + len(course.failures) + 1} and not course.failures:
        yield f"at the end generation {answered} answers, and {len(course.updates) + 1} were published"
    if not course.reloaded:
        yield "the workers were not reloaded"
    first, last = thirds(course.memory)
    if last > max(first * (1 + TOLERANCE), first + _SMALL * _MEBI):
        yield f"the memory grew from {first / _MEBI:.0f} to {last / _MEBI:.0f} MiB"


def report(seen: Seen, course: Course, seconds: float) -> None:
    """Print the figures."""
    rows = [[kind, len(its), *quantiles(its), max(its)] for kind, its in seen.times.items() if len(its) > 1]
    print(markdown(("asked for", "answers", "median ms", "p95 ms", "most ms"), rows))
    first, last = thirds(course.memory)
    most = max(size for _, size in course.memory)
    print(
        f"\n{seen.requests} answers, {seen.requests / (seconds + WARMING):.0f} a second, {len(seen.failures)} failures"
    )
    took = f"{statistics.median(course.updates):.1f} s in the median" if course.updates else "none"
    print(f"{len(course.updates)} updates published, {took}; workers reloaded: {'yes' if course.reloaded else 'no'}")
    sizes = f"{first / _MEBI:.0f} MiB in the first third, {last / _MEBI:.0f} in the last, {most / _MEBI:.0f} at most"
    print(f"memory of master and workers: {sizes}")
    tenths = course.memory[:: max(1, len(course.memory) // 10)]
    print("as time went: " + " ".join(f"{size / _MEBI:.0f}" for _, size in tenths))


if __name__ == "__main__":
    main()
