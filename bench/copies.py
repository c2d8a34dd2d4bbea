"""A corpus made larger by repeating it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from index.release import Release

_STEP = 3  # days that each copy is moved on by, or months where only the month is known
_MONTH = len("2018-04")


def write_copies(path: Path, releases: Sequence[Release], times: int) -> int:
    """Write every release ``times`` times as JSON Lines, the first time as it is; how many were written."""
    days = sorted(release.published for release in releases if release.published)
    first, last = (days[0], days[-1]) if days else ("", "")
    with path.open("w", encoding="utf-8") as file:
        for number in range(times):
            for release in releases:
                row = copy(release, number, first, last).to_dict()
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return times * len(releases)


def copy(release: Release, number: int, first: str, last: str) -> Release:
    """A release that is not the same as ``release`` when ``number`` is not 0, published from ``first`` to ``last``.

    Its address is another one, because that tells releases of the same words apart.
    """
    if not number:
        return release
    url = f"{release.url or 'https://example.org/' + release.id}?copy={number}"
    published = release.published and moved(release.published, _STEP * number, first, last)
    return replace(release, id=f"{release.id}.{number}", url=url, published=published)


def moved(published: str, steps: int, first: str, last: str) -> str:
    """A day so many days, or a month so many months, later; earlier where that is past ``last``; else as it is."""
    precision = len(published)
    for step in (steps, -steps):
        other = _month(published, step) if precision == _MONTH else _day(published, step)
        if first[:precision] <= other <= last[:precision]:
            return other
    return published


def _day(published: str, step: int) -> str:
    return (date.fromisoformat(published) + timedelta(step)).isoformat()


def _month(published: str, step: int) -> str:
    year, month = divmod(int(published[:4]) * 12 + int(published[5:]) - 1 + step, 12)
    return f"{year:04}-{month + 1:02}"
