"""The records of a g0v.se list: one JSON object for each page, its fields checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.release import Link
from index.sources import kinds
from index.sources.addresses import absolute, page_path
from index.sources.dates import is_iso
from index.sources.items import Unreadable
from index.sources.jsontext import refuse_half_characters
from index.text import clean, clean_line


@dataclass(frozen=True, slots=True)
class Record:
    """What a list says of a page. ``path`` is the page's own; ``types`` and the like are names, not codes."""

    path: str
    title: str
    published: str | None = None
    updated: str | None = None
    type: str | None = None
    senders: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    summary: str = ""
    shortcuts: tuple[Link, ...] = ()
    attachments: tuple[Link, ...] = ()


def parse(data: object, codes: Mapping[str, str]) -> Record:
    """The record in a JSON value. A code without a name in ``codes`` is kept as its own name.

    Raises :class:`Unreadable` when title or address is missing or a field is not what it should be.
    """
    if not isinstance(data, dict):
        raise Unreadable("it is not a JSON object with title and url")
    refuse_half_characters(data)
    address = _text(data, "url")
    path = page_path(address) if address else None
    title = clean_line(_text(data, "title"))
    if not path:
        raise Unreadable(f"its url is not a page of regeringen.se: {address!r}" if address else "it has no url")
    if not title:
        raise Unreadable("it has no title")
    return Record(
        path=path,
        title=title,
        published=_date(data, "published"),
        updated=_date(data, "updated"),
        type=kinds.main_type(_names(data, "types", codes)),
        senders=tuple(_names(data, "senders", codes)),
        categories=tuple(_names(data, "categories", codes)),
        summary=clean(_text(data, "summary")),
        shortcuts=_links(data, "shortcuts"),
        attachments=_links(data, "attachments"),
    )


def names_of_codes(data: object) -> dict[str, str]:
    """The table of codes. Raises :class:`Unreadable` when it is none."""
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data.values()):
        raise Unreadable('it is not a table of codes; {"2097": "Artikel", …} is expected')
    refuse_half_characters(data)
    return {code.strip(): clean_line(name) for code, name in data.items()}


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"its {name} is not text but {value!r:.60}")
    return value


def _date(data: Mapping[str, Any], name: str) -> str | None:
    value = _text(data, name).strip()
    # Some services write a time after the day.
    day = value[:10] if value[10:11] in ("T", " ") else value
    if day and not is_iso(day):
        raise Unreadable(f"its {name} is not a date that exists: {value!r:.60}; YYYY-MM-DD is expected")
    return day or None


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unreadable(f"its {name} are not a list but {value!r:.60}")
    return value


def _names(data: Mapping[str, Any], name: str, codes: Mapping[str, str]) -> list[str]:
    found = []
    for code in _list(data, name):
        if isinstance(code, bool) or not isinstance(code, str | int):
            raise Unreadable(f"its {name} hold something that is not a code: {code!r:.60}")
        text = clean_line(str(code))
        found.append(codes.get(text) or text)
    return [text for text in dict.fromkeys(found) if text]


def _links(data: Mapping[str, Any], name: str) -> tuple[Link, ...]:
    found: dict[Link, None] = {}
    for link in _list(data, name):
        if not isinstance(link, dict):
            raise Unreadable(f"its {name} hold something that is not a link: {link!r:.60}")
        address = _text(link, "url")
        # An address on the editor's own disk (file:C:/…) leads nowhere.
        if address.strip() and (url := absolute(address)):
            found[Link(_link_name(link) or url, url)] = None
    return tuple(found)


def _link_name(link: Mapping[str, Any]) -> str:
    """The link's name without the words that the site adds for those who have it read aloud."""
    return clean_line(_text(link, "name")).rstrip(",").removesuffix(" - extern webbplats")
