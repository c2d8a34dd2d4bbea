"""The one table of facets: what they are called, where they come from and in which order they stand.

The index writes a field for each row, the search counts each row, the page and the API show each row.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from index.annotations import Annotations, Entity
from index.release import Release
from index.text import key_of


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet. ``key`` is its field in the index, its URL parameter and its name in the API."""

    key: str
    label_sv: str
    label_en: str
    order: Literal["frequency", "newest"]
    values: Callable[[Release, Annotations], Iterable[Entity]]


def _type(release: Release, _: Annotations) -> Iterable[Entity]:
    return (Entity(key_of(release.type), release.type.capitalize()),)


def _years(_: Release, annotations: Annotations) -> Iterable[Entity]:
    span = annotations.span
    return [Entity(str(year), str(year)) for year in span.years] if span else ()


def _speakers(_: Release, annotations: Annotations) -> Iterable[Entity]:
    return dict.fromkeys(quote.speaker for quote in annotations.quotes if quote.speaker)


FACETS: tuple[Facet, ...] = (
    Facet("minister", "Minister", "Minister", "frequency", lambda _, a: a.ministers),
    Facet("department", "Departement", "Ministry", "frequency", lambda _, a: a.departments),
    Facet("agency", "Myndighet", "Agency", "frequency", lambda _, a: a.agencies),
    Facet("speaker", "Citerade", "Quoted person", "frequency", _speakers),
    Facet("type", "Typ", "Type", "frequency", _type),
    Facet("category", "Område", "Area", "frequency", lambda _, a: a.categories),
    Facet("year", "År", "Year", "newest", _years),
)
