"""A release's body as blocks that a page can show; the format is written down at ``index.release.Release``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

_HEADINGS = {"## ": 2, "### ": 3}
_BULLET = "• "
_AMOUNT = re.compile(
    r"(?!(?:19|20)\d\d$)[\d ., –-]*\d *(?:kr|kronor|tkr|mnkr|%|procent)?\.?"
)  # a year may be a heading


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its level is what HTML calls it (2 or 3, since the title is 1)."""

    text: str
    level: int
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, as the lines that it was written in."""

    lines: tuple[str, ...]
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of items."""

    items: tuple[str, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells; ``head`` is the first row if it names every column, and holds no amount."""

    head: tuple[str, ...] | None
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


Block = Heading | Paragraph | Bullets | Table


def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of ``body``. A heading is never more than one level below the one before it."""
    found: list[Block] = []
    level = 1
    for chunk in body.split("\n\n"):
        for block in _read(chunk.strip("\n")):
            if isinstance(block, Heading):
                level = min(block.level, level + 1)
                block = Heading(block.text, level)
            found.append(block)
    return tuple(found)


def texts(body: tuple[Block, ...]) -> Iterator[str]:
    """Every heading, line, item and cell of a body, each of which a page shows as one text."""
    for block in body:
        match block:
            case Heading():
                yield block.text
            case Paragraph():
                yield from block.lines
            case Bullets():
                yield from block.items
            case Table():
                yield from (cell for row in (block.head or (), *block.rows) for cell in row)


def _read(chunk: str) -> Iterator[Block]:
    first, _, rest = chunk.partition("\n")
    for prefix, level in _HEADINGS.items():
        if first.startswith(prefix):
            yield Heading(first.removeprefix(prefix).strip(), level)
            chunk = rest
    if "\t" in chunk:
        yield _table(chunk)
    else:
        yield from _prose(chunk)


def _prose(chunk: str) -> Iterator[Block]:
    lines = [line for line in chunk.split("\n") if line.strip()]
    for is_list, run in groupby(lines, key=lambda line: line.startswith(_BULLET)):
        if is_list:
            yield Bullets(tuple(line.removeprefix(_BULLET).strip() for line in run))
        else:
            yield Paragraph(tuple(line.strip() for line in run))


def _table(chunk: str) -> Table:
    cells = [[c.strip() for c in line.split("\t")] for line in chunk.split("\n") if line.strip()]
    width = max(map(len, cells), default=0)
    rows = tuple(tuple(row + [""] * (width - len(row))) for row in cells)
    if len(rows) > 1 and all(rows[0]) and not any(map(_AMOUNT.fullmatch, rows[0])):
        return Table(rows[0], rows[1:])
    return Table(None, rows)
