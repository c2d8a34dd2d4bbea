"""Elements of HTML made into the blocks of a body."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from index.release import Link
from index.sources.addresses import SITE, absolute
from index.sources.blocks import paragraph
from index.sources.htmltree import events
from index.text import clean_line

_SPACES = re.compile(r"[ \t\n\r\f]+")
_EMPTY_LINES = re.compile(r"\n[ \u00a0]*\n\s*")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_MOST_COLUMNS = 50
_LARGEST_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks within elements and the links in them, each once."""

    blocks: tuple[str, ...]
    links: tuple[Link, ...]


def read(roots: Sequence[Element], base: str = SITE, skip: Callable[[Element], bool] = lambda _: False) -> Content:
    """What a reader sees within the roots, without the elements that ``skip`` names.

    ``base`` is the page's address, to which addresses in links are relative.
    """
    reader = _Reader(base)
    for root in roots:
        reader.read(root, skip)
    return Content(tuple(reader.blocks), tuple(reader.links))


def link_to(address: str, name: str, base: str = SITE) -> Link | None:
    """The link, if it leads to a page or file of the web and not to a place on the page itself."""
    if not address.strip() or address.strip().startswith("#"):
        return None
    try:
        url = absolute(urljoin(base, address.strip()))
    except ValueError:
        return None
    return Link(clean_line(name) or url, url) if url else None


@dataclass(slots=True)
class _List:
    """A list that is open; ``number`` is that of its next item, None when its items have bullets."""

    number: int | None


@dataclass(slots=True)
class _Reader:
    """Walks the elements and collects the blocks."""

    base: str
    blocks: list[str] = field(default_factory=list)
    links: dict[Link, None] = field(default_factory=dict)
    inline: list[str] = field(default_factory=list)
    heading: str = ""
    lists: list[_List] = field(default_factory=list)
    mark: str = ""
    items: list[str] = field(default_factory=list)
    tables: int = 0
    rows: list[list[str]] = field(default_factory=list)
    cell: list[str] | None = None
    names: list[tuple[str, list[str]]] = field(default_factory=list)
    """The addresses of the links that are open, with the pieces of their names."""

    def read(self, root: Element, skip: Callable[[Element], bool]) -> None:
        for kind, item in events(root, skip):
            if isinstance(item, str):
                self.text(_SPACES.sub(" ", item))
            elif kind == "start":
                self.start(item)
            else:
                self.end(item)
        self.flush()

    def text(self, text: str) -> None:
        if text:
            self.inline.append(text)
            if self.names:
                self.names[-1][1].append(text)

    def start(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
        if tag in _HEADINGS:
            self.heading = tag
        elif tag in _LISTS:
            self.lists.append(_List(_number(element, "start", 1) if tag == "ol" else None))
        elif tag == "li":
            self.mark = self.next_mark(element)
        elif tag == "a":
            self.names.append((element.get("href", ""), []))
        elif tag == "br":
            self.text("\n")
        else:
            self.start_table(element)

    def start_table(self, element: Element) -> None:
        """A table within a list or a cell is only text: neither can hold one in plain text."""
        if element.tag == "table":
            self.tables += 1
        elif self.tables == 1 and not self.lists:
            if element.tag == "tr":
                self.rows.append([])
            elif element.tag in _CELLS:
                self.rows = self.rows or [[]]
                self.cell = []

    def end(self, element: Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
        if tag in _HEADINGS:
            self.heading = ""
        elif tag in _LISTS:
            self.end_list()
        elif tag == "li":
            self.mark = ""
        elif tag == "a":
            self.end_link()
        elif tag in _CELLS:
            self.end_cell(element)
        elif tag == "table":
            self.end_table()

    def end_list(self) -> None:
        self.lists.pop()
        if not self.lists:
            self.add("\n".join(self.items))
            self.items = []

    def end_link(self) -> None:
        address, name = self.names.pop()
        if link := link_to(address, "".join(name), self.base):
            self.links[link] = None

    def end_cell(self, element: Element) -> None:
        if self.cell is not None and self.tables == 1:
            self.rows[-1].append(clean_line(" ".join(self.cell)))
            # A wide cell takes the places of several, so that the next one keeps its column.
            self.rows[-1] += [""] * (min(_number(element, "colspan", 1), _MOST_COLUMNS) - 1)
            self.cell = None

    def end_table(self) -> None:
        self.tables -= 1
        if not self.tables and self.rows:
            rows = ("\t".join(row).rstrip("\t") for row in self.rows)
            self.add("\n".join(row for row in rows if row))
            self.rows = []

    def next_mark(self, item: Element) -> str:
        inner = self.lists[-1] if self.lists else _List(None)
        if inner.number is None:
            return "• "
        number = _number(item, "value", inner.number)
        inner.number = number + 1
        return f"{number}. "

    def flush(self) -> None:
        """Put the text that has been read where it belongs."""
        parts = [block for part in _EMPTY_LINES.split("".join(self.inline)) if (block := paragraph(part))]
        self.inline = []
        if self.names:
            self.names[-1][1].append(" ")
        for text in parts:
            if self.cell is not None:
                self.cell.append(text.removeprefix("• "))
            elif self.lists or self.mark:
                self.add_item(text)
            elif self.heading:
                self.add(f"{'##' if self.heading in ('h1', 'h2') else '###'} {clean_line(text)}")
            else:
                self.add(text)

    def add_item(self, text: str) -> None:
        line = f"{self.mark}{text.removeprefix('• ')}" if self.mark else text
        self.mark = ""
        if self.lists:
            self.items.append(line)
        else:
            self.add(line)

    def add(self, block: str) -> None:
        if block:
            self.blocks.append(block)


def _number(element: Element, attribute: str, otherwise: int) -> int:
    text = element.get(attribute, "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LARGEST_NUMBER else otherwise
