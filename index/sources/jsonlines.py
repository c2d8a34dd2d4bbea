"""JSON Lines: what ``pressok export`` writes, or a bare release on each line."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from index.release import Link, Release
from index.sources import jsontext
from index.sources.addresses import MAX_ID, id_of_key, id_of_url, is_web
from index.sources.blocks import clean_body
from index.sources.dates import is_iso
from index.sources.files import TEXT_LIMIT, decode, lines_of, refuse_binary, within
from index.sources.items import Found, Item, Rejected, Unreadable
from index.text import clean, clean_line

SUFFIXES = (".jsonl", ".jsonl.gz")
_FIELDS = frozenset(f.name for f in fields(Release))
_TEXTS = ("id", "type", "title", "summary", "body", "contact")
_TEXTS_OR_NONE = ("url", "published", "updated")
_LISTS_OF_TEXT = ("senders", "categories")
_LISTS_OF_LINKS = ("links", "attachments")


def read(path: Path, source: str, name: str) -> Iterator[Item]:
    """The release on each line of the file; ``name`` is the file's in keys and reasons. Empty lines are none."""
    number = 0
    try:
        for number, line in enumerate(lines_of(path, TEXT_LIMIT), 1):
            if number == 1:
                refuse_binary(line)
            if line.strip():
                yield _item(line, source, name, number)
    except Unreadable as error:
        yield Rejected(name, str(error))
        return
    if not number:
        yield Rejected(name, "it is empty")


def _item(line: bytes, source: str, name: str, number: int) -> Item:
    try:
        release = parse(jsontext.loads(decode(within(line, TEXT_LIMIT))), name)
    except Unreadable as error:
        return Rejected(f"{name}:{number}", str(error))
    return Found(release, source, release.id)  # not the line's number: lines move


def parse(data: object, name: str) -> Release:
    """The release in a JSON value: a line of an export, of which only ``release`` is taken, or a release.

    ``name`` is the source's own; a release with neither id nor url gets one from it and its title. Raises
    :class:`Unreadable` with the first field that is not what it should be.
    """
    if isinstance(data, dict) and "release" in data:
        data = data["release"]
    if not isinstance(data, dict):
        raise Unreadable('it is not a release: a JSON object with "title" is expected')
    jsontext.refuse_half_characters(data)
    _check(data)
    try:
        release = _clean(Release.from_dict(_completed(data, name)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"its period or terms are not what an export writes: {error}") from error
    if not release.title or not release.type:
        raise Unreadable(f"it has no {'title' if not release.title else 'type'}")
    return release


def _check(data: Mapping[str, Any]) -> None:
    unknown = sorted(set(data) - _FIELDS)
    if unknown:
        raise Unreadable(f"it has fields that no release has: {', '.join(map(repr, unknown))}"[:200])
    for field in ("title", "type"):
        if not data.get(field):
            raise Unreadable(f"it has no {field}")
    for field in (*_TEXTS, *_TEXTS_OR_NONE):
        _check_text(data, field)
    for field in _LISTS_OF_TEXT:
        if not all(isinstance(item, str) for item in _list(data, field)):
            raise Unreadable(f"its {field} hold something that is not text")
    for field in _LISTS_OF_LINKS:
        for link in _list(data, field):
            _check_link(link, field)
    if not all(isinstance(term, dict) and isinstance(term.get("office"), str) for term in _list(data, "terms")):
        raise Unreadable("its terms hold something that is not an office and a period")
    _check_values(data)


def _check_text(data: Mapping[str, Any], field: str) -> None:
    value = data.get(field)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"its {field} is not text but {value!r:.60}")


def _list(data: Mapping[str, Any], field: str) -> list[Any]:
    value = data.get(field)
    if value is not None and not isinstance(value, list):
        raise Unreadable(f"its {field} are not a list but {value!r:.60}")
    return value or []


def _check_link(link: object, field: str) -> None:
    if not isinstance(link, dict) or set(link) != {"name", "url"}:
        raise Unreadable(f"its {field} hold something that is not a name and a url: {link!r:.60}")
    _check_text(link, "name")
    _check_text(link, "url")
    if not link["name"] or not is_web(link["url"] or ""):
        raise Unreadable(f"its {field} hold a link that does not lead to the web: {link!r:.120}")


def _check_values(data: Mapping[str, Any]) -> None:
    url, identity = data.get("url"), data.get("id")
    if url and not is_web(url):
        raise Unreadable(f"its url is not one of the web (http:// or https://): {url!r:.60}")
    if identity and not _is_id(identity):
        reason = "has a slash, a space or a control character, is . or .., or is too long"
        raise Unreadable(f"its id {reason}: {identity!r:.60}")
    for field in ("published", "updated"):
        if data.get(field) and not is_iso(data[field]):
            raise Unreadable(f"its {field} is not a date that exists: {data[field]!r:.60}; YYYY-MM-DD is expected")


def _is_id(text: str) -> bool:
    if text in {".", ".."}:  # in an address they lead elsewhere
        return False
    return len(text) <= MAX_ID and text.isprintable() and not any(c.isspace() or c in "/\\?#" for c in text)


def _completed(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The data without nulls, so that each missing field gets its own empty value, and with an id."""
    given = {field: value for field, value in data.items() if value is not None}
    if not given.get("id"):
        url = given.get("url")
        given["id"] = id_of_url(url) if url else id_of_key(f"{name}\n{clean_line(given['title'])}")
    return given


def _clean(release: Release) -> Release:
    return replace(
        release,
        type=clean_line(release.type).lower(),
        title=clean_line(release.title),
        url=release.url or None,
        published=release.published or None,
        updated=release.updated or None,
        summary=clean(release.summary),
        body=clean_body(release.body),
        contact=clean(release.contact),
        senders=_lines(release.senders),
        categories=_lines(release.categories),
        links=tuple(Link(clean_line(link.name), link.url) for link in release.links),
        attachments=tuple(Link(clean_line(link.name), link.url) for link in release.attachments),
    )


def _lines(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_line, values)))
