"""Tables of measurements: rows of text and numbers in columns, and the same as JSON for the pages that quote them."""

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Cell = str | float | int | None


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile of two values or more."""
    return statistics.median(values), statistics.quantiles(values, n=20, method="inclusive")[-1]


def ratio(one: float, other: float | None) -> float | None:
    """How many times ``other`` goes into ``one``; None without a positive ``other`` to compare with."""
    return one / other if other else None


def markdown(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A Markdown table, its columns padded to be read as it is; the first holds names, the others numbers."""
    cells = [list(header), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(header))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))] for row in cells
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], rule, *lines[1:]))


def _shown(cell: Cell) -> str:
    """A number with three digits that count, or as many as its whole part has."""
    if cell is None:
        return ""
    if isinstance(cell, str | int):
        return str(cell)
    return f"{cell:,.0f}" if cell >= 100 else f"{cell:.{1 if cell >= 10 else 2 if cell >= 1 else 3}f}"


def write_json(path: Path | None, data: Mapping[str, object]) -> None:
    """Write ``data`` to ``path``, if there is one, for the documents that quote it."""
    if path:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
