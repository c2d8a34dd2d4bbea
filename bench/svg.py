"""A line chart with logarithmic axes as an SVG, by hand: a plotting library would be a dependency for one picture."""

import itertools
import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 720, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 220, 20, 50
_COLOURS = (
    "#1b6ca8",
    "#b3541e",
    "#2e7d32",
    "#7b3f98",
    "#8a6d00",
    "#a61e4d",
    "#555555",
)  # told apart by their labels too

Series = Mapping[str, Sequence[tuple[float, float]]]
"""The points of each line by its label; both coordinates are above 0."""


def log_chart(series: Series, across: str, up: str) -> str:
    """The chart as a document of its own. ``across`` and ``up`` say what the axes are."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    x_of = _Scale(min(xs), max(xs), _LEFT, _WIDTH - _RIGHT)
    y_of = _Scale(min(ys), max(ys), _HEIGHT - _BOTTOM, _TOP)
    colours = dict(zip(series, itertools.cycle(_COLOURS), strict=False))
    parts = [*_grid(x_of, y_of), *_titles(across, up)]
    for label, points in series.items():
        parts += _line([(x_of(x), y_of(y)) for x, y in points], colours[label])
    ends = {label: y_of(points[-1][1]) for label, points in series.items()}
    parts += [_text(_WIDTH - _RIGHT + 12, y + 4, label, fill=colours[label]) for label, y in _apart(ends).items()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
    return "\n".join([f'{head} font-size="13">', '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>\n"])


class _Scale:
    """From a value to its place; a decade, or what there is of it, is as long as any other."""

    def __init__(self, least: float, most: float, start: float, end: float) -> None:
        self.least, self.most = least, most if most > least else least * 10
        self._start, self._length = start, end - start

    def __call__(self, value: float) -> float:
        share = math.log(value / self.least) / math.log(self.most / self.least)
        return round(self._start + share * self._length, 1)

    def marks(self) -> list[float]:
        """1, 2 and 5 of each decade, as far as they are within."""
        decades = range(math.floor(math.log10(self.least)), math.ceil(math.log10(self.most)) + 1)
        within = (digit * 10.0**decade for decade in decades for digit in (1, 2, 5))
        return [mark for mark in within if self.least * 0.999 <= mark <= self.most * 1.001]


def _grid(x_of: _Scale, y_of: _Scale) -> list[str]:
    parts = []
    for mark in x_of.marks():
        parts.append(_rule(x_of(mark), _TOP, x_of(mark), _HEIGHT - _BOTTOM))
        parts.append(_text(x_of(mark), _HEIGHT - _BOTTOM + 18, f"{mark:g}", "middle"))
    for mark in y_of.marks():
        parts.append(_rule(_LEFT, y_of(mark), _WIDTH - _RIGHT, y_of(mark)))
        parts.append(_text(_LEFT - 8, y_of(mark) + 4, f"{mark:g}", "end"))
    return parts


def _titles(across: str, up: str) -> list[str]:
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    turned = f'<g transform="rotate(-90 16 {middle})">{_text(16, middle, up, "middle")}</g>'
    return [_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, across, "middle"), turned]


def _line(points: Sequence[tuple[float, float]], colour: str) -> list[str]:
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
    return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def _apart(places: Mapping[str, float]) -> dict[str, float]:
    """The labels' heights, moved down where they would cover one another."""
    placed: dict[str, float] = {}
    last = -math.inf
    for label, y in sorted(places.items(), key=lambda row: row[1]):
        last = placed[label] = max(y, last + 16)
    return placed


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str = "start", fill: str = "#222") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}">{escape(text)}</text>'
