"""The hits over time as a drawing needs them: bars in percent of its size, with words and the address of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.query import Query
from search.timeline import Days, PeriodCount, Step, Timeline, days_asked
from web import params, urls
from web.i18n import texts
from web.i18n.periods import marked, period_in_words
from web.i18n.translation import gettext as _
from web.i18n.translation import lazy_gettext as _later
from web.i18n.translation import ngettext as _n
from web.pages.timespan import around, as_interval, of_days, without_time

TITLES: dict[Step, str] = {
    Step.YEAR: _later("Träffar per år"),
    Step.MONTH: _later("Träffar per månad"),
    Step.DAY: _later("Träffar per dag"),
}
START_TITLES: dict[Step, str] = {
    Step.YEAR: _later("Så här mycket finns per år"),
    Step.MONTH: _later("Så här mycket finns per månad"),
    Step.DAY: _later("Så här mycket finns per dag"),
}

_LEAST = 2.0
"""The height, in percent, of what is too little to be seen otherwise."""
_FILLED = 0.8
"""The part of its room that a bar fills from side to side."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: its name, what it is marked with below the axis, its counts, and the address of its hits, if any.

    ``words`` say all of it: "2017: 34 träffar, 2 med osäkert datum". ``first`` and ``last`` are its days as an address
    says them. ``x``, ``width``, and the heights of what is ``sure`` and of what ``may`` be in it, which stands on top
    of that, are in percent of the drawing.
    """

    label: str
    words: str
    first: str
    last: str
    mark: str
    minor: bool
    certain: int
    possible: int
    url: str | None
    x: float
    width: float
    sure: float
    may: float

    @property
    def total(self) -> int:
        """The hits that the address leads to."""
        return self.certain + self.possible


@dataclass(frozen=True, slots=True)
class Level:
    """A longer period that the one that is shown lies in, and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The whole drawing: how it is called, the time that is ``shown``, the ``levels`` out of it, its bars.

    A single bar would say nothing: then there are none. ``top`` is the highest count, ``address`` that of all that is
    shown, of which a part is chosen by its ``from`` and ``to``; ``undated`` counts the hits that no bar can show.
    """

    title: str
    start_title: str
    shown: str
    levels: tuple[Level, ...]
    bars: tuple[Bar, ...]
    top: int
    address: str
    undated: int

    @property
    def uncertain(self) -> bool:
        """Whether there is any release of which it isn't known in which period it was published."""
        return any(bar.possible for bar in self.bars)

    @property
    def undated_in_words(self) -> str:
        """ "3 träffar utan känt datum är inte med."."""
        number = texts.number(self.undated)
        return _n(
            "%(number)s träff utan känt datum är inte med.",
            "%(number)s träffar utan känt datum är inte med.",
            self.undated,
            number=number,
        )


def histogram(query: Query, timeline: Timeline | None) -> Histogram | None:
    """The drawing of ``timeline``, which counts ``query``; None when there is nothing to draw."""
    if timeline is None or not timeline.rows:
        return None
    rows, query = timeline.rows, as_interval(query)
    days = rows[0].first, rows[-1].last
    levels = tuple(_levels(query, days))
    if len(rows) == 1 and not levels:
        return None
    top = max(row.certain + row.possible for row in rows)
    return Histogram(
        title=str(TITLES[timeline.step]),
        start_title=str(START_TITLES[timeline.step]),
        shown=period_in_words(*days),
        levels=levels,
        bars=tuple(_bars(query, timeline, top)) if len(rows) > 1 else (),
        top=top,
        address=urls.search(of_days(query, days)),
        undated=timeline.undated,
    )


def _levels(query: Query, days: Days) -> Iterator[Level]:
    """The ways out of ``days``, from all time inwards; none when no time is asked for."""
    if days_asked(query) == (None, None):
        return
    everything = without_time(query)
    yield Level(_("Alla år"), urls.search(everything))
    for longer in around(days):
        yield Level(period_in_words(*longer), urls.search(of_days(everything, longer)))


def _bars(query: Query, timeline: Timeline, top: int) -> Iterator[Bar]:
    marks = marked(timeline.step, [row.first for row in timeline.rows])
    room = 100 / len(marks)
    for number, (row, (mark, minor)) in enumerate(zip(timeline.rows, marks, strict=True)):
        sure, may = heights(row, top)
        label = period_in_words(row.first, row.last)
        yield Bar(
            label=label,
            words=_words(label, row),
            first=params.short_from(row.first),
            last=params.short_to(row.last),
            mark=mark,
            minor=minor,
            certain=row.certain,
            possible=row.possible,
            url=urls.search(of_days(query, (row.first, row.last))) if row.certain or row.possible else None,
            x=round((number + (1 - _FILLED) / 2) * room, 3),
            width=round(_FILLED * room, 3),
            sure=sure,
            may=may,
        )


def _words(label: str, row: PeriodCount) -> str:
    words = f"{label}: {texts.hits(row.certain + row.possible)}"
    if not row.possible:
        return words
    return _("%(hits)s, %(number)s med osäkert datum", hits=words, number=texts.number(row.possible))


def heights(row: PeriodCount, top: int) -> tuple[float, float]:
    """How high, in percent, what is certain and what is possible stands when ``top`` fills the drawing."""
    parts = bool(row.certain) + bool(row.possible)
    whole = max(100 * (row.certain + row.possible) / top, _LEAST * parts) if parts else 0
    most = whole - _LEAST if row.certain else whole
    may = min(max(100 * row.possible / top, _LEAST), most) if row.possible else 0
    return round(whole - may, 2), round(may, 2)
