"""What a search gives back. No HTML is made here: marked text is a row of segments."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import Any, Literal, NamedTuple, Self

import orjson

from index.annotations import Entity
from index.facts import Facts
from search.query import Query


class Segment(NamedTuple):
    """A run of text, and whether it is marked as matching the query."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, and where what matches stands in it: from each start up to its end, in order, never overlapping."""

    text: str
    places: tuple[tuple[int, int], ...] = ()

    @classmethod
    def at(cls, text: str, places: Iterable[tuple[int, int, int]]) -> Self:
        """``text`` marked at places in order, each with the number of its word; a part of a marked one is left out."""
        kept: list[tuple[int, int]] = []
        at = 0
        for _, start, end in places:
            if start >= at:
                kept.append((start, end))
                at = end
        return cls(text, tuple(kept))

    @classmethod
    def of(cls, segments: Iterable[Segment]) -> Self:
        """The text that segments make."""
        segments = list(segments)
        ends = list(accumulate(len(s.text) for s in segments))
        places = ((end - len(s.text), end) for s, end in zip(segments, ends, strict=True) if s.marked)
        return cls("".join(s.text for s in segments), tuple(places))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __iter__(self) -> Iterator[Segment]:
        at = 0
        for start, end in self.places:
            if start > at:
                yield Segment(self.text[at:start])
            yield Segment(self.text[start:end], marked=True)
            at = end
        if at < len(self.text):
            yield Segment(self.text[at:])


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words a snippet is; the speaker is None where the text does not say."""

    speaker: Entity | None


class Hit(NamedTuple):
    """A release in a result.

    ``json`` are its facts (:func:`index.facts.facts_json`), which are only read where they are needed. ``quoted`` is
    there when words were looked for in quotations: the snippet is one. ``in_title`` says where the words stand there.
    """

    json: bytes
    score: float
    snippet: Marked
    in_title: Sequence[tuple[int, int, int]] = ()
    quoted: Quoted | None = None

    @property
    def facts(self) -> Facts:
        """The facts of the release. They are read anew each time."""
        return Facts.from_json(self.json)

    @property
    def marked_title(self) -> Marked:
        """The title with the query's words marked."""
        return Marked.at(self.facts.title, self.in_title)


@dataclass(frozen=True, slots=True)
class Related:
    """What the same ministers published on the same matter before and after a release, each in order of time."""

    earlier: tuple[Hit, ...]
    later: tuple[Hit, ...]


class FacetValue(NamedTuple):
    """A value of a facet with the number of hits that choosing it gives."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's method of that name is not missed
    selected: bool = False


class FacetCounts(Sequence[FacetValue]):
    """The values of a facet in the order in which they are shown. Each is only made when it is asked for."""

    def __init__(
        self, keys: Sequence[str], labels: Sequence[str], counts: Sequence[int], chosen: Container[str] = ()
    ) -> None:
        self.keys, self.labels, self.counts, self.chosen = keys, labels, counts, chosen

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, at: Any) -> Any:
        return list(self)[at]

    def __iter__(self) -> Iterator[FacetValue]:
        selected = (key in self.chosen for key in self.keys)
        return map(FacetValue, self.keys, self.labels, self.counts, selected)

    def first(self, count: int) -> list[FacetValue]:
        """The first ``count`` values; the others are not made."""
        return list(islice(self, count))

    @property
    def json(self) -> bytes:
        """The values as JSON, each as an object with the fields of :class:`FacetValue`."""
        return orjson.dumps([value._asdict() for value in self])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


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
    facets: Mapping[str, FacetCounts]
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
    """A completion and its frequency. ``kind`` is ``title``, ``phrase``, or the facet of which ``value`` is a value.

    A title that one release alone has comes with its id as ``value``.
    """

    text: str
    kind: str
    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Status:
    """The published generation: its number, when it was made (ISO, UTC) and what it holds.

    ``newest`` is the newest day on or after which a release is known to have been published: of one that is only known
    to be of a month, the month's first. ``updated`` is when sources were last read to the end (ISO, UTC), whether they
    brought anything new or not.
    """

    generation: str
    created: str
    releases: int
    first: str | None
    last: str | None
    by_type: Mapping[str, int]
    by_year: Mapping[str, int]
    newest: str | None = None
    updated: str | None = None
