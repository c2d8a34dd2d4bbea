"""Releases that are replaced with every generation, so that an answer made of two generations would show.

Generation ``n`` holds ``COUNT`` marker releases. Their ids and the word ``WORD`` stay; title, lead, body and the year
of publication all say ``n``. A search for the word reads numbers of documents from one place, counts of facets from a
second, facts from a third and texts from a fourth: if any two were of different generations, they would say different
numbers.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

COUNT = 12
WORD = "zorvex"  # no word, and no part of one
_FIRST_YEAR, _YEARS = 1992, 20
_NUMBER = re.compile(r"omgång(?:</?mark>|\s)+(\d+)")


def ids() -> list[str]:
    """The ids of the marker releases."""
    return [f"{WORD}.{number}" for number in range(COUNT)]


def year(number: int) -> str:
    """The year that the releases of a generation are from; those of twenty in a row differ."""
    return str(_FIRST_YEAR + number % _YEARS)


def write(path: Path, number: int) -> None:
    """Write the marker releases of generation ``number`` as JSON Lines."""
    lines = (json.dumps(_release(release_id, number), ensure_ascii=False) + "\n" for release_id in ids())
    path.write_text("".join(lines), encoding="utf-8")


def _release(release_id: str, number: int) -> dict[str, Any]:
    return {
        "id": release_id,
        "type": "pressmeddelande",
        "title": f"Dokument {release_id} i omgång {number}",
        "summary": f"Ordet {WORD} i omgång {number}.",
        "body": f"Det här dokumentet med ordet {WORD} hör till omgång {number} och till ingen annan.",
        "published": f"{year(number)}-06-15",
    }


def numbers_in(text: str) -> set[int]:
    """Every generation that a text speaks of, marked words or not."""
    return {int(found) for found in _NUMBER.findall(text)}


def faults(path: str, body: bytes) -> Iterator[str]:
    """What is wrong with the answer to ``path``, if it is about marker releases or a search's JSON at all."""
    text = body.decode()
    told = numbers_in(text)
    if WORD in path:
        if len(told) != 1:
            yield f"{path} speaks of the generations {sorted(told)}"
        elif path.startswith("/api/v1/search"):
            yield from _faults_of_markers(path, json.loads(text), told.pop())
    elif path.startswith("/api/v1/search"):
        yield from _faults_of_counts(path, json.loads(text))


def _faults_of_markers(path: str, answer: Mapping[str, Any], number: int) -> Iterator[str]:
    counted = {value["value"]: value["count"] for value in answer["facets"]["year"]}
    if (answer["total"], counted) != (COUNT, {year(number): COUNT}):
        yield f"{path} has documents of generation {number} and {answer['total']} hits, counted as {counted}"
    if {hit["published"]["first"][:4] for hit in answer["hits"]} != {year(number)}:
        yield f"{path} has documents of generation {number} and other dates"


def _faults_of_counts(path: str, answer: Mapping[str, Any]) -> Iterator[str]:
    """Each release has one type, so that the counts of the types add up to the hits."""
    counted = sum(value["count"] for value in answer["facets"]["type"])
    if not answer["query"]["filters"] and counted != answer["total"]:
        yield f"{path} has {answer['total']} hits, and types of {counted}"
