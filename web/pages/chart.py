"""A chart of lines as the template draws it: places across in per cent, so that text stays sharp at every width."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 240
"""The height of the plot in CSS pixels."""
_LEFT, _RIGHT = 8.0, 2.0  # per cent of the width that the scale and the last label take
_TICKS = 4  # lines across at most
_NAMES = 12  # names below at most


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a place: ``x`` in per cent of the width, ``y`` in pixels from the top."""

    x: float
    y: float
    period: int
    share: float


@dataclass(frozen=True, slots=True)
class Line:
    """The points of a series, and the pairs of them that a line joins: none across a gap."""

    label: str
    points: tuple[Point, ...]
    joints: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that is drawn. ``gaps`` are the places across where a period is too thin to draw."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, float], ...]
    names: tuple[tuple[float, str], ...]
    gaps: tuple[tuple[float, float], ...]
    height: int = HEIGHT


def chart(lines: Sequence[tuple[str, Sequence[float | None]]], labels: Sequence[str], years: Sequence[int]) -> Chart:
    """The drawing of series of shares (0 to 1, None where nothing is to be drawn), one for each label."""
    count = len(labels)
    most = max((v for _, values in lines for v in values if v is not None), default=0.0)
    top, step = _scale(most)
    drawn = tuple(Line(label, *_drawn(values, count, top)) for label, values in lines)
    ticks = tuple((n * step, _y(n * step, top)) for n in range(round(top / step) + 1))
    missing = [at for at in range(count) if lines and all(values[at] is None for _, values in lines)]
    half = (100 - _LEFT - _RIGHT) / count / 2 if count else 0
    gaps = tuple((_x(at, count) - half, 2 * half) for at in missing)
    return Chart(drawn, ticks, tuple(_names(labels, years)), gaps)


def _drawn(
    values: Sequence[float | None], count: int, top: float
) -> tuple[tuple[Point, ...], tuple[tuple[Point, Point], ...]]:
    points = {at: Point(_x(at, count), _y(v, top), at, v) for at, v in enumerate(values) if v is not None}
    joints = tuple((points[at], points[at + 1]) for at in points if at + 1 in points)
    return tuple(points.values()), joints


def _names(labels: Sequence[str], years: Sequence[int]) -> list[tuple[float, str]]:
    """The names that have room below: every year's first, or every so many of them."""
    firsts = [at for at, year in enumerate(years) if at == 0 or years[at - 1] != year]
    every = math.ceil(len(firsts) / _NAMES) if firsts else 1
    return [(_x(at, len(labels)), str(years[at])) for at in firsts[::every]]


def _scale(most: float) -> tuple[float, float]:
    """The top of the scale and the step between its lines: 1, 2 or 5 times a power of ten."""
    if most <= 0:
        return 0.01, 0.01
    rough = most / _TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough * (1 - 1e-9))
    return math.ceil(most / step - 1e-9) * step, step


def _x(at: int, count: int) -> float:
    return round(_LEFT + (100 - _LEFT - _RIGHT) * (at + 0.5) / count, 3)


def _y(value: float, top: float) -> float:
    return round(HEIGHT * (1 - value / top), 1)
