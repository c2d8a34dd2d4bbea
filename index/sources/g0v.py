"""A tree as the public g0v.se service lays it out, from a folder or an archive.

``api/codes.json`` names the codes, ``TYPE.json`` lists records, and each page is a Markdown file at its
address. A page and its record make one release; a page without a record and a record without a page each
make one too. Lists and pages come in any order, so a tree is held in memory until it is complete.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from index.release import Release
from index.sources import jsontext, kinds, markdown, records
from index.sources.addresses import id_of_path, page_path, page_url
from index.sources.blocks import part_contact, split_lead, without_beginning
from index.sources.dates import month_of
from index.sources.files import LIST_LIMIT, TEXT_LIMIT, decode
from index.sources.items import Found, Item, Rejected, Unreadable
from index.sources.records import Record

CODES = "api/codes.json"
_MONTH_IN_PATH = re.compile(r"/[^/]+/(\d{4})/(\d{2})/")


def size_limit(name: str) -> int:
    """How many bytes a file of a tree may have, by its name."""
    return LIST_LIMIT if name.endswith(".json") else TEXT_LIMIT


def is_list(name: str) -> bool:
    """Whether a path within a tree is that of a list of records."""
    return "/" not in name and name.endswith(".json")


@dataclass(slots=True)
class _Entry:
    """What a tree holds at one address."""

    text: str | None = None
    record: Record | None = None
    units: int = 0


@dataclass(slots=True)
class Tree:
    """A tree that is being read: give it every file with :meth:`add`, then take :meth:`items`.

    ``source`` is the tree as a person would name it; ``prefix`` comes before the names of rejected files.
    """

    source: str
    prefix: str = ""
    _files: dict[str, bytes] = field(default_factory=dict)
    _entries: dict[str, _Entry] = field(default_factory=dict)
    _rejected: list[Rejected] = field(default_factory=list)

    def add(self, name: str, data: bytes) -> None:
        """Take in the file at ``name``, a path within the tree with slashes."""
        if name == CODES or is_list(name):
            if name in self._files:
                self.reject(name, "the tree has another file of this name, which is read instead")
            self._files[name] = data
            return
        try:
            self._add_page(name, data)
        except Unreadable as error:
            self.reject(name, str(error))

    def reject(self, name: str, reason: str) -> None:
        """Note that the file at ``name`` is not read."""
        self._rejected.append(Rejected(self.prefix + name, reason))

    def items(self) -> Iterator[Item]:
        """Every release of the tree in the order of addresses, then everything that was rejected, by name."""
        codes = self._codes()
        for name in sorted(self._files):
            if name != CODES:
                self._add_list(name, codes)
        self._files.clear()
        for path, entry in sorted(self._entries.items()):
            try:
                yield Found(_release(path, entry), self.source, path, entry.units)
            except Unreadable as error:
                self._reject_entry(path, entry, str(error))
        yield from sorted(self._rejected, key=lambda rejected: (rejected.name, rejected.reason))

    def _add_page(self, name: str, data: bytes) -> None:
        if not name.endswith(".md"):
            raise Unreadable("it is not a kind of file that belongs to a g0v.se tree (TYPE.json or TYPE/…/*.md)")
        path = page_path(f"/{name.removesuffix('.md')}") if "/" in name else None
        if path is None:
            raise Unreadable("it is not the page of an address: TYPE/YYYY/MM/name.md is expected")
        entry = self._entries.get(path) or _Entry()
        entry.text = decode(data)
        entry.units += 1
        self._entries[path] = entry

    def _codes(self) -> Mapping[str, str]:
        try:
            if CODES not in self._files:
                if not self._files:
                    return {}
                raise Unreadable("it is missing, so codes stand for names; fetch it beside the lists")
            return records.names_of_codes(jsontext.loads(decode(self._files[CODES])))
        except Unreadable as error:
            self.reject(CODES, str(error))
            return {}

    def _add_list(self, name: str, codes: Mapping[str, str]) -> None:
        try:
            data = jsontext.loads(decode(self._files[name]))
            if not isinstance(data, list):
                raise Unreadable("it is not a list of records")
        except Unreadable as error:
            self.reject(name, str(error))
            return
        taken = [path for i, item in enumerate(data) if (path := self._add_record(f"{name}#{i}", item, codes))]
        if taken and all(self._entries[path].text is None for path in taken):
            self.reject(name, _none_there(name, len(set(taken))))

    def _add_record(self, name: str, data: object, codes: Mapping[str, str]) -> str | None:
        try:
            record = records.parse(data, codes)
        except Unreadable as error:
            self.reject(name, str(error))
            return None
        entry = self._entries.setdefault(record.path, _Entry())
        entry.record = entry.record or record
        entry.units += 1
        return record.path

    def _reject_entry(self, path: str, entry: _Entry, reason: str) -> None:
        """Every file that an address is made of is accounted for."""
        for _ in range(entry.units):
            self.reject(f"{path.strip('/')}.md", reason)


def _none_there(name: str, pages: int) -> str:
    folder = name.removesuffix(".json")
    return (
        f"none of its {pages} pages is there, so these releases have title and summary only; "
        f"put the folder {folder}/ beside the list and read again"
    )


def _release(path: str, entry: _Entry) -> Release:
    record = entry.record
    page = markdown.parse(entry.text) if entry.text is not None else markdown.Page("", (), ())
    title = page.title or (record.title if record else "")
    if not title:
        raise Unreadable("it has no title: a page begins with a line '# Title'")
    parted = part_contact(page.blocks)
    if record:
        summary, body = record.summary, without_beginning("\n\n".join(parted.blocks), record.summary)
    else:
        summary, blocks = split_lead(parted.blocks)
        body = "\n\n".join(blocks)
    known = record or Record(path, title)
    return Release(
        id=id_of_path(path),
        type=known.type or kinds.of_path(path),
        title=title,
        url=page_url(path),
        summary=summary,
        body=body,
        published=known.published or _month(path),
        updated=known.updated,
        senders=known.senders,
        categories=known.categories,
        links=tuple(dict.fromkeys((*known.shortcuts, *page.links))),
        attachments=known.attachments,
        contact=parted.contact,
    )


def _month(path: str) -> str | None:
    match = _MONTH_IN_PATH.match(path)
    return month_of(match[1], match[2]) if match else None
