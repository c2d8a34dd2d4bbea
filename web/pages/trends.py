"""How often words occur over time, as a share of all releases of the same kind.

Only what is known to belong to a period counts, on both sides of the fraction. A period with fewer than :data:`THIN`
releases is shown as thin and no line is drawn through it: a share of a few says nothing.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Response, render_template, request
from werkzeug.datastructures import MultiDict

from index.text import clean_line
from search.engine import Engine
from search.query import Filters, Query
from search.timeline import MOST_ROWS, PeriodCount, Step, drawable, interval_of, step_for
from web import params
from web.context import engine
from web.feeds.exports import safe
from web.i18n import texts
from web.i18n.translation import gettext as _
from web.pages.chart import Chart, chart

MOST = 5
"""So many words side by side."""
THIN = 100
"""A period with fewer releases is too thin to draw: one more hit would move its share by over a percentage point."""
_FEW = 10  # periods at the beginning with fewer releases are left out altogether
SPLITS = ("minister", "department")
_TYPE = "pressmeddelande"
_MONTH_OR_YEAR = {Step.YEAR: Step.YEAR, Step.MONTH: Step.MONTH, Step.DAY: Step.MONTH}  # of many no day is known


@dataclass(frozen=True, slots=True)
class Asked:
    """What a trend is asked for. ``base`` holds the filters and the interval; its text is empty."""

    words: tuple[str, ...]
    base: Query
    split: str = ""
    step: str = ""
    every_type: bool = False

    @property
    def from_typed(self) -> str:
        """The first day as it stands in the form."""
        return params.short_from(self.base.first)

    @property
    def to_typed(self) -> str:
        """The last day as it stands in the form."""
        return params.short_to(self.base.last)

    def to_args(self) -> dict[str, list[str]]:
        """The parameters of the address."""
        base = replace(self.base, filters=Filters.of(**{f: v for f, v in self.base.filters.chosen if f != "type"}))
        more = {"split": [self.split], "step": [self.step], "all": ["1"] if self.every_type else []}
        return {"q": list(self.words), **params.to_args(base), **{name: v for name, v in more.items() if any(v)}}


@dataclass(frozen=True, slots=True)
class Series:
    """A line: what it is of, and how many releases in each period, of how many."""

    label: str
    counts: tuple[int, ...]
    query: Query

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything that the page and the table show: a row of ``counts`` per series, a release total per period."""

    periods: tuple[PeriodCount, ...]
    step: Step
    series: tuple[Series, ...]
    before: int

    @property
    def thin(self) -> tuple[bool, ...]:
        """Which periods have too few releases."""
        return tuple(p.certain < THIN for p in self.periods)

    def share(self, series: Series, at: int) -> float:
        """The share of a series in a period, from 0 to 1."""
        return series.counts[at] / self.periods[at].certain if self.periods[at].certain else 0.0

    @property
    def labels(self) -> tuple[str, ...]:
        """What each period is called."""
        return tuple(_period(p.first, self.step) for p in self.periods)


def show() -> str:
    """The page."""
    asked = _asked(request.args)
    found = trend(engine(), asked)
    return render_template(
        "trends.html",
        asked=asked,
        query=Query(),
        trend=found,
        chart=_drawn(found) if found.series else None,
        fields=[*asked.words, ""][:MOST],
        splits=[(key, texts.facet_label(key)) for key in SPLITS],
        thin=THIN,
        percent=_percent,
    )


def table() -> Response:
    """The same as CSV: a row for each period and series."""
    found = trend(engine(), _asked(request.args))
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["first", "last", "series", "releases", "of", "share", "thin"])
    for series in found.series:
        for at, period in enumerate(found.periods):
            share = f"{found.share(series, at):.5f}"
            thin = int(found.thin[at])
            named = (period.first, period.last, safe(series.label))
            rows.writerow([*named, series.counts[at], period.certain, share, thin])
    headers = {"Content-Disposition": 'attachment; filename="pressok-trend.csv"'}
    return Response(out.getvalue(), mimetype="text/csv", headers=headers)


def trend(engine: Engine, asked: Asked) -> Trend:
    """The series of what is asked for, over periods that all have in common."""
    status = engine.status()
    days = interval_of(asked.base, status)
    if days is None or days[1].year - days[0].year >= MOST_ROWS:  # one with a wrong date can make it so many years
        return Trend((), Step.YEAR, (), 0)
    step = Step(asked.step) if asked.step else _MONTH_OR_YEAR[step_for(*days)]
    if (days[1] - days[0]).days > MOST_ROWS * 28:
        step = Step.YEAR
    base = replace(drawable(asked.base, status), first=days[0], last=days[1])
    periods = engine.timeline(base, step).rows
    before = _nearly_empty(periods)
    series = tuple(_cut(s, before) for s in _series(engine, asked, base, step))
    return Trend(periods[before:], step, series, before)


def _nearly_empty(periods: Sequence[PeriodCount]) -> int:
    """How many periods at the beginning have few releases; where all have few, how many have none."""
    enough = (next((at for at, p in enumerate(periods) if p.certain >= least), None) for least in (_FEW, 1))
    return next((at for at in enough if at is not None), len(periods))


def _asked(args: params.Args) -> Asked:
    words = tuple(dict.fromkeys(filter(None, map(clean_line, params.values_of(args, "q")))))
    if len(words) > MOST:
        raise params.ParameterError("too_many_words", "q", f"q can be given at most {MOST} times.", str(len(words)))
    others = MultiDict((k, v) for k, v in args.items(multi=True) if k in ("from", "to"))
    base = params.parse(others)
    every = _choice(args, "all", ("0", "1")) == "1"
    if not every:
        base = base.with_filter("type", _TYPE)
    split, step = _choice(args, "split", SPLITS), _choice(args, "step", (Step.YEAR, Step.MONTH))
    return Asked(words, base, split if len(words) == 1 else "", step, every)


def _choice(args: params.Args, name: str, values: Sequence[str]) -> str:
    text = args.get(name, "")
    if text and text not in values:
        message = f"{name} can't be {text!r}: write {' or '.join(values)}, or leave it out."
        raise params.ParameterError("invalid_choice", name, message, text)
    return text


def _series(engine: Engine, asked: Asked, base: Query, step: Step) -> Iterator[Series]:
    for word in asked.words:
        query = replace(base, text=word)
        if asked.split:
            values = engine.search(replace(query, size=1)).facets[asked.split].first(MOST)
            for value in values:
                yield _line(engine, replace(query.with_filter(asked.split, value.value)), step, value.label)
        else:
            yield _line(engine, query, step, "")


def _line(engine: Engine, query: Query, step: Step, label: str) -> Series:
    found = engine.timeline(query, step, complete=True)
    return Series(label or found.answered or query.text, tuple(row.certain for row in found.rows), query)


def _cut(series: Series, before: int) -> Series:
    return replace(series, counts=series.counts[before:])


def _drawn(found: Trend) -> Chart:
    thin = found.thin
    lines: Sequence[tuple[str, Sequence[float | None]]] = [
        (s.label, [None if thin[at] else found.share(s, at) for at in range(len(thin))]) for s in found.series
    ]
    return chart(lines, found.labels, [p.first.year for p in found.periods])


def _period(first: date, step: Step) -> str:
    return str(first.year) if step is Step.YEAR else texts.month_in_words(first)


def _percent(share: float) -> str:
    return _("%(number)s %%", number=texts.decimal(share * 100))
