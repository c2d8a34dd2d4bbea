"""What we recognised in a release; it can be made again from the release at any time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, Self

Precision = Literal["day", "month", "span"]
Field = Literal["body", "summary"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A minister, department, agency or category: a stable key and the name that people use."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class DateSpan:
    """When a release was published: on some day from ``first`` to ``last``, both included."""

    first: date
    last: date
    precision: Precision

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"the span ends ({self.last}) before it begins ({self.first})")

    @property
    def middle(self) -> float:
        """The middle of the span in days (proleptic Gregorian ordinals), which is what sorting uses."""
        return (self.first.toordinal() + self.last.toordinal()) / 2

    @property
    def years(self) -> range:
        """Every calendar year that the span touches."""
        return range(self.first.year, self.last.year + 1)

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether some day of the span lies from ``first`` to ``last`` (both included; None is open)."""
        return (first is None or self.last >= first) and (last is None or self.first <= last)


@dataclass(frozen=True, slots=True)
class Quote:
    """Direct speech: a paragraph of it, or a part of one.

    ``start`` and ``end`` are offsets into the release's body, or its summary if ``field`` says so: from the first
    word that was said to the last, without the words that say who spoke unless more was said after them.
    ``speaker`` has the name that the text gives in full; None when the text does not say who it is.
    ``minister``: the speaker is one of the release's ministers.
    """

    start: int
    end: int
    speaker: Entity | None
    minister: bool
    field: Field = "body"


@dataclass(frozen=True, slots=True)
class Annotations:
    """Entities in order of first mention, and the time of publication (None: nothing is known of it).

    ``quotes`` are in the order of the text, the summary's before the body's, and never overlap.
    """

    span: DateSpan | None = None
    ministers: tuple[Entity, ...] = ()
    departments: tuple[Entity, ...] = ()
    agencies: tuple[Entity, ...] = ()
    categories: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; :meth:`from_dict` is the inverse."""
        span = self.span
        return {
            "span": span
            and {"first": span.first.isoformat(), "last": span.last.isoformat(), "precision": span.precision},
            **{name: [{"id": e.id, "name": e.name} for e in getattr(self, name)] for name in _ENTITY_FIELDS},
            "quotes": [asdict(quote) for quote in self.quotes],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The annotations that :meth:`to_dict` wrote."""
        span = data["span"]
        return cls(
            span=span
            and DateSpan(date.fromisoformat(span["first"]), date.fromisoformat(span["last"]), span["precision"]),
            **{name: tuple(Entity(**e) for e in data[name]) for name in _ENTITY_FIELDS},
            quotes=tuple(_quote(quote) for quote in data.get("quotes", ())),
        )


def _quote(data: Mapping[str, Any]) -> Quote:
    speaker = data["speaker"]
    return Quote(**{**data, "speaker": speaker and Entity(**speaker)})


_ENTITY_FIELDS = ("ministers", "departments", "agencies", "categories")
