"""Importing this reads what a run reads once: tables, word lists, the dictionary."""

import gc
import tempfile
from pathlib import Path

from index.build import rebuild
from index.store import DataFolder
from tests.reliability import writer as _writer  # noqa: F401 (for what it imports)
from tests.reliability.rounds import write_round

with tempfile.TemporaryDirectory() as _name:
    rebuild(DataFolder(Path(_name, "data")), [write_round(Path(_name, "x.jsonl"), 1, all_change=True)])

gc.freeze()  # a collection in each of the processes forked from this one would read, and so copy, all its memory
