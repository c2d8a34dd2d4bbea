"""What a search gives back. No HTML is made here: marked text is a row of segments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from index.annotations import DateSpan, Entity
from search.query import Query


class Segment(NamedTuple):
    """A run of text, and whether it is marked as matching the query."""

    text: str
    marked: bool = False


Marked = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words a snippet is; the speaker is None where the text does not say."""

    speaker: Entity | None


class Hit(NamedTuple):
    """A release in a result. ``quoted`` is there when words were looked for in quotations: the snippet is one."""

    id: str
    url: str | None
    title: str
    type: str
    summary: str
    span: DateSpan | None
    ministers: tuple[Entity, ...]
    departments: tuple[Entity, ...]
    agencies: tuple[Entity, ...]
    categories: tuple[Entity, ...]
    score: float
    snippet: Marked
    marked_title: Marked
    quoted: Quoted | None = None


class FacetValue(NamedTuple):
    """A value of a facet with the number of hits that choosing it gives."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's method of that name is not missed
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """A filter of a search that finds nothing, and the number of hits without it.

    ``filter`` is a facet with all its chosen values, ``dates`` (the interval) or ``in`` (quotations alone).
    """

    filter: str
    values: tuple[str, ...]
    labels: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A value of a facet that was typed as a word, and could be a filter."""

    facet: str
    value: str
    label: str


def not_chosen(query: Query, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Those of ``offers`` that ``query`` does not filter by already."""
    return tuple(offer for offer in offers if offer.value not in query.filters[offer.facet])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of hits, and the facets counted over the whole result.

    ``matching`` says whether every hit has all words of the query, or hits with only some of them follow.
    ``total`` counts what can be paged to. ``took_ms`` is the engine's whole work. ``suggestion`` is the text with
    its spelling corrected: when ``corrected``, the result is that text's, else it is only offered. ``query`` stays
    what was asked for. ``without`` is there when filters leave nothing: what dropping each one would give.
    ``offers`` are filters that the text names and the query does not have.
    """

    query: Query
    matching: Literal["all", "some"]
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    suggestion: str | None = None
    corrected: bool = False
    without: tuple[Without, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def answered(self) -> Query:
        """What the result is of: the query, or the query with its spelling corrected."""
        return replace(self.query, text=self.suggestion or "") if self.corrected else self.query

    @property
    def total_pages(self) -> int:
        """How many pages of the query's size the result fills."""
        return -(-self.total // self.query.size)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion and its frequency. ``kind`` is ``title``, ``phrase``, or the facet of which ``value`` is a value."""

    text: str
    kind: str
    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """The published generation: its number, when it was made (ISO, UTC) and what it holds."""

    generation: str
    created: str
    releases: int
    first: str | None
    last: str | None
    by_type: Mapping[str, int]
    by_year: Mapping[str, int]
