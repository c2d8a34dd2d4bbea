"""Markdown pages as the g0v.se service writes them, made into the blocks of a body.

Its converter writes lists as ``* `` and, within them, ``+ `` and ``- ``; it escapes ``*`` and ``_`` but
nothing else. So a line that begins with ``- `` is the dash of a quotation, and indented code, headings
underlined with dashes, HTML and footnote definitions are never meant: those rules are switched off.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.release import Link
from index.sources.addresses import absolute
from index.sources.blocks import paragraph, tidy
from index.text import clean_line

_DASH_OR_PLUS = re.compile(r"(?:([-−])|\+)(?= )")
_ASTERISKS = re.compile(r"(?<!\s)\*+|\*+(?!\s)")
_MARKUP = re.compile(r"[\\\[\]*!<]")
_LIST_MARK = re.compile(r"[ \t]*(?:[*+-]|\d{1,9}[.)])[ \t]")
_LINK_WITH_SPACES = re.compile(r"\]\(((?:[a-z]+:|/)[^()\s\"]*(?: [^()\s\"]+)+)(?=\)| \")")
_EMPTY_CELLS = re.compile(r"\t*")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Inline text is parsed by us, and only where there is markup in it: that is most of the time saved.
    parser.disable(["code", "fence", "lheading", "reference", "html_block", "inline", "text_join"])
    parser.disable(["backticks", "html_inline", "entity", "emphasis"])
    # Every link is read, so that none stays as typed; which addresses are kept is decided in `absolute`.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title (empty if it has no heading of the first level), its blocks and its links."""

    title: str
    blocks: tuple[str, ...]
    links: tuple[Link, ...]


def parse(text: str) -> Page:
    """The page that the Markdown text holds. Never fails: what is not markup is text."""
    return _Reader().read(_PARSER.parse(_prepared(text)))


def _prepared(text: str) -> str:
    lines = re.sub("\r\n?", "\n", text).split("\n")
    return "\n".join(map(_prepared_line, lines))


def _prepared_line(line: str) -> str:
    """The line without what a reader can't see, and with nothing that is a list by accident.

    Indentation says how deep a list is, so it stays.
    """
    if not line:
        return line
    rest = line.lstrip(" \t")
    indent = line[: len(line) - len(rest)]
    rest = _LINK_WITH_SPACES.sub(lambda m: f"]({m[1].replace(' ', '%20')}", tidy(rest)) if "](" in rest else tidy(rest)
    if not indent or not _LIST_MARK.match(line):
        rest = _DASH_OR_PLUS.sub(lambda m: "–" if m[1] else "\\+", rest, count=1) if _starts(rest) else rest
    return indent + rest


def _starts(rest: str) -> bool:
    return rest.startswith(("- ", "− ", "+ "))


@dataclass(slots=True)
class _Reader:
    """Walks the tokens of a page and collects its blocks."""

    title: str = ""
    blocks: list[str] = field(default_factory=list)
    links: dict[Link, None] = field(default_factory=dict)
    lists: int = 0
    mark: str = ""
    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    heading: str = ""
    in_cell: bool = False

    def read(self, tokens: Sequence[Token]) -> Page:
        for token in tokens:
            handler = _HANDLERS.get(token.type)
            if handler:
                handler(self, token)
        return Page(self.title, tuple(self.blocks), tuple(self.links))

    def open_heading(self, token: Token) -> None:
        self.heading = token.tag

    def close_heading(self, _: Token) -> None:
        self.heading = ""

    def open_list(self, _: Token) -> None:
        self.lists += 1

    def close_list(self, _: Token) -> None:
        self.lists -= 1
        if not self.lists:
            self.add("\n".join(self.items))
            self.items = []

    def open_item(self, token: Token) -> None:
        self.mark = f"{token.info}{token.markup} " if token.info else "• "

    def close_item(self, _: Token) -> None:
        self.mark = ""

    def open_row(self, _: Token) -> None:
        self.rows.append([])

    def open_cell(self, _: Token) -> None:
        self.in_cell = True

    def close_cell(self, _: Token) -> None:
        self.in_cell = False

    def close_table(self, _: Token) -> None:
        rows = ["\t".join(row) for row in self.rows]
        self.add("\n".join(row.rstrip("\t") for row in rows if not _EMPTY_CELLS.fullmatch(row)))
        self.rows = []

    def text(self, token: Token) -> None:
        text = paragraph(self.plain(token.content))
        if self.in_cell:
            self.rows[-1].append(clean_line(text.removeprefix("• ")))
        elif self.heading:
            self.add_heading(clean_line(text))
        elif self.lists:
            self.add_item(text)
        else:
            self.add(text)

    def add_heading(self, text: str) -> None:
        if self.heading == "h1" and not self.title:
            self.title = text
        elif self.lists:
            self.add_item(text)
        elif text:
            self.add(f"{'##' if self.heading in ('h1', 'h2') else '###'} {text}")

    def add_item(self, text: str) -> None:
        if text:
            self.items.append(f"{self.mark}{text.removeprefix('• ')}" if self.mark else text)
            self.mark = ""

    def add(self, block: str) -> None:
        if block:
            self.blocks.append(block)

    def plain(self, content: str) -> str:
        if not _MARKUP.search(content):
            return content
        env: dict[str, object] = {}
        children: list[Token] = []
        _PARSER.inline.parse(content, _PARSER, env, children)
        return "".join(self.pieces(iter(children)))

    def pieces(self, tokens: Iterator[Token]) -> Iterator[str]:
        for token in tokens:
            if token.type == "link_open":
                yield self.link(token, tokens)
            elif token.type == "text":
                yield _ASTERISKS.sub("", token.content)
            elif token.type in ("softbreak", "hardbreak"):
                yield "\n"
            elif token.type != "image":
                yield token.content

    def link(self, opening: Token, tokens: Iterator[Token]) -> str:
        within = iter(lambda: next(tokens), None)
        name = "".join(self.pieces(_until_close(within)))
        url = absolute(str(opening.attrs.get("href") or ":"))
        if url and not str(opening.attrs["href"]).startswith("#"):
            self.links[Link(clean_line(name) or url, url)] = None
        return name


def _until_close(tokens: Iterator[Token | None]) -> Iterator[Token]:
    for token in tokens:
        if token is None or token.type == "link_close":
            return
        yield token


_HANDLERS = {
    "heading_open": _Reader.open_heading,
    "heading_close": _Reader.close_heading,
    "bullet_list_open": _Reader.open_list,
    "bullet_list_close": _Reader.close_list,
    "ordered_list_open": _Reader.open_list,
    "ordered_list_close": _Reader.close_list,
    "list_item_open": _Reader.open_item,
    "list_item_close": _Reader.close_item,
    "tr_open": _Reader.open_row,
    "th_open": _Reader.open_cell,
    "th_close": _Reader.close_cell,
    "td_open": _Reader.open_cell,
    "td_close": _Reader.close_cell,
    "table_close": _Reader.close_table,
    "inline": _Reader.text,
}
