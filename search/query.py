"""A search as one frozen value. ``web/params.py`` is the only place where a URL becomes one and back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from index.facets import FACETS

_FACETS = tuple(facet.key for facet in FACETS)


class Sort(StrEnum):
    """The three orders. Ties are broken by score, then newest, then id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Scope(StrEnum):
    """Where words are looked for: in all text, or in quotations alone."""

    ALL = "all"
    QUOTES = "quotes"


@dataclass(frozen=True, slots=True)
class Filters:
    """Chosen facet values. Values within a facet are alternatives, facets combine with AND.

    ``chosen`` holds a row per facet with a choice, in the order of ``FACETS``; a value is a key.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def of(cls, **values: Iterable[str]) -> "Filters":
        """Filters from keyword arguments: ``Filters.of(minister=["ibrahim-baylan"])``."""
        if unknown := values.keys() - _FACETS:
            raise ValueError(f"no such facet: {', '.join(sorted(unknown))}")
        rows = [(facet, tuple(dict.fromkeys(values[facet]))) for facet in _FACETS if facet in values]
        return cls(tuple([row for row in rows if row[1]]))

    def __getitem__(self, facet: str) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def __bool__(self) -> bool:
        return bool(self.chosen)

    def add(self, facet: str, value: str) -> "Filters":
        """These filters with one more value."""
        return Filters.of(**{**dict(self.chosen), facet: (*self[facet], value)})

    def remove(self, facet: str, value: str) -> "Filters":
        """These filters without one value."""
        return Filters.of(**{**dict(self.chosen), facet: tuple(v for v in self[facet] if v != value)})


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. ``first`` and ``last`` are the interval that a release's span must overlap.

    Where words are looked for in quotations – by ``scope`` or by ``citat:`` in the text – a chosen speaker is
    the one who must have said them. ``verbatim``: look for exactly what was typed, without correcting its spelling.
    """

    text: str = ""
    filters: Filters = Filters()
    first: date | None = None
    last: date | None = None
    sort: Sort = Sort.RELEVANCE
    scope: Scope = Scope.ALL
    page: int = 1
    size: int = 20
    verbatim: bool = False

    def __post_init__(self) -> None:
        if self.page < 1 or self.size < 1:
            raise ValueError("page and size are counted from 1")

    def with_text(self, text: str) -> "Query":
        """This search for other words, from its first page."""
        return replace(self, text=text, page=1)

    def with_filter(self, facet: str, value: str) -> "Query":
        """This search narrowed (or, within a facet, widened) by a value, from its first page."""
        return replace(self, filters=self.filters.add(facet, value), page=1)

    def without_filter(self, facet: str, value: str) -> "Query":
        """This search without one facet value, from its first page."""
        return replace(self, filters=self.filters.remove(facet, value), page=1)

    def without_whole(self, name: str) -> "Query":
        """This search without a facet's whole choice, without its ``dates``, or not only ``in`` quotations."""
        if name == "dates":
            return replace(self, first=None, last=None, page=1)
        if name == "in":
            return replace(self, scope=Scope.ALL, page=1)
        kept = {facet: values for facet, values in self.filters.chosen if facet != name}
        return replace(self, filters=Filters.of(**kept), page=1)

    def on_page(self, page: int) -> "Query":
        """This search, another page of it."""
        return replace(self, page=page)
