"""The table of organisations that are no agencies: the names that each is written by."""

import csv
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def synonyms() -> tuple[tuple[str, ...], ...]:
    """For each organisation its names; one that begins with ``?`` is an acronym that means other things too."""
    lines = files("index").joinpath("data/synonyms.csv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(row["names"].split("|")) for row in csv.DictReader(lines[1:]))
