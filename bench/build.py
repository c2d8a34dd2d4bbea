"""How long an index takes to make, and how much memory and disk: ``python -m bench.build [--json FILE]``.

Each engine makes its index on disk in a process of its own on one core, from the same annotated releases in memory:
the peers with the fields of ``bench.faceted``, Whoosh's own writer also with all of our fields and terms, and our
publisher. Then 20 changed releases are put in, until a search finds them by a word that is new. The last rows are a
whole ``rebuild`` from the archive, which recognises ministers, agencies, dates and quotations first, on one core and
on all, and an ``update`` from a file of 20 changed releases while an engine that was opened before it answers.

Memory is the peak of the process and its descendants until the index is made, with the releases in it where they are
read beforehand.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.builders import BUILDERS, REBUILD, STOCK
from bench.corpus import ROOT, built
from bench.table import markdown, ratio, write_json
from search.local import LocalEngine
from search.query import Query

_HEADER = ("built", "seconds", "× Whoosh's writer", "peak MB", "on disk MB", "update of 20, s")


def main() -> None:
    """Print the table, and write the figures behind it where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--rounds", type=int, default=1, help="make each so many times, and take the fastest")
    options = parser.parse_args()
    with built() as (folder, _), tempfile.TemporaryDirectory() as name:
        documents = Path(name) / "documents.jsonl"
        with documents.open("w", encoding="utf-8") as file:
            file.writelines(document.to_json() + "\n" for document in LocalEngine(folder).export(Query()))
        runs = [every(documents, folder) for _ in range(options.rounds)]
    found = {row: min((one[row] for one in runs), key=lambda its: its["seconds"]) for row in runs[0]}
    print(markdown(_HEADER, rows(found)))
    write_json(options.json, found)


def every(documents: Path, folder: Path) -> dict[str, dict[str, float]]:
    """The figures of each row, one after the other."""
    found = {row: run(row, documents, folder, cores=1) for row in BUILDERS}
    return found | {f"{REBUILD}, all cores": run(REBUILD, documents, folder, cores=None)}


def run(name: str, documents: Path, folder: Path, cores: int | None) -> dict[str, float]:
    """What a builder of ``bench.builders`` tells of itself, in a process of its own on so many cores (None: all)."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "bench.builders", name, str(documents), str(folder), scratch]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        os.sched_setaffinity(process.pid, allowed)
        told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{name} failed, see above")
    figures: dict[str, float] = json.loads(told.splitlines()[-1])
    return figures


def rows(found: Mapping[str, Mapping[str, float]]) -> list[list[Any]]:
    """The table's rows; a ratio below 1 means faster than Whoosh's own writer with the same postings."""
    stock = found[STOCK]["seconds"]
    return [
        [
            name,
            its["seconds"],
            ratio(its["seconds"], stock),
            its["peak"] / 1e6,
            its["disk"] / 1e6,
            its["update"],
        ]
        for name, its in found.items()
    ]


if __name__ == "__main__":
    main()
