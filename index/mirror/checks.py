"""What a file of the archive must be to be kept. What is refused leaves the earlier file where it is."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from index.mirror import names
from index.mirror.answers import Answer
from index.sources import jsontext, records
from index.sources.files import decode
from index.sources.items import Rejected, Unreadable

MAY_LOSE = 0.1
"""The share of a list that may be gone at once. On a normal night next to nothing is."""
_MAY_ALWAYS_LOSE = 5  # records, so that a short list may lose some too
_HTML = ("<!doctype html", "<html", "<?xml")


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list holds: for each page's file the digest of its record, and the records that are of no use."""

    pages: Mapping[str, str]
    rejected: tuple[Rejected, ...] = ()


def page(answer: Answer) -> None:
    """Raise :class:`Unreadable` unless the answer is the text of a page."""
    _text(answer)


def codes(answer: Answer) -> dict[str, str]:
    """The table of codes in an answer. Raises :class:`Unreadable` when there is none."""
    found = records.names_of_codes(jsontext.loads(_text(answer)))
    if not found:
        raise Unreadable("it is empty")
    return found


def latest(answer: Answer) -> str:
    """When the archive was last updated, as it says itself. Raises :class:`Unreadable` when it does not say."""
    data = jsontext.loads(_text(answer))
    said = data.get("latest_updated") if isinstance(data, dict) else None
    if not isinstance(said, str) or not 4 <= len(said.strip()) <= 100:
        raise Unreadable('it does not say when; {"latest_updated": "2026-01-31 01:00:27", …} is expected')
    return said.strip()


def listed(name: str, answer: Answer) -> Listed:
    """What the list ``name`` holds. Raises :class:`Unreadable` when it is no list of records, or gives too few."""
    found = read_list(name, _text(answer))
    if not found.pages and not found.rejected:
        raise Unreadable("it lists nothing")
    of = len(found.pages) + len(found.rejected)
    if _are_too_many(len(found.rejected), of):
        raise Unreadable(
            f"{len(found.rejected)} of its {of} records can't be used; the first: {found.rejected[0].reason}"
        )
    return found


def read_list(name: str, text: str) -> Listed:
    """What a list of this text holds, be it as short as it may. Raises :class:`Unreadable` when it is none."""
    data = jsontext.loads(text)
    if not isinstance(data, list):
        raise Unreadable("it is not a list of records")
    jsontext.refuse_half_characters(data)
    pages: dict[str, str] = {}
    rejected = []
    for number, record in enumerate(data):
        try:
            pages.setdefault(_file_of(record), _digest(record))
        except Unreadable as error:
            rejected.append(Rejected(f"{name}#{number}", str(error)))
    return Listed(pages, tuple(rejected))


def require_kept(new: Set[str], old: Set[str]) -> None:
    """Raise :class:`Unreadable` when too much of what there was is gone."""
    if _are_too_many(len(old - new), len(old)):
        raise Unreadable(
            f"{len(old - new)} of {len(old)} entries are gone from it, so the earlier one is kept. "
            "If that is as it should be, run it with --may-shrink"
        )


def _are_too_many(lost: int, of: int) -> bool:
    return lost > max(_MAY_ALWAYS_LOSE, MAY_LOSE * of) or lost == of > 0


def _file_of(record: object) -> str:
    if not isinstance(record, dict) or not isinstance(record.get("url"), str):
        raise Unreadable("it is not a JSON object with title and url")
    return names.of_address(record["url"])


def _digest(record: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]


def _text(answer: Answer) -> str:
    text = decode(answer.body)
    start = text.lstrip()[:20].lower()
    if start.startswith("<" if answer.is_html else _HTML):
        raise Unreadable("it is an HTML page, as a server sends in place of what it does not have")
    return text
