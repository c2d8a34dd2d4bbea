"""A page of hits as its template needs it: every choice with the address that makes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from index.facets import FACETS
from search.page import FacetCounts, FacetValue, Offer, Page, Without
from search.query import Filters, Query, Scope, Sort
from web import params, urls
from web.i18n import texts
from web.i18n.translation import gettext as _
from web.pages import offices

_SHOWN = 8
"""So many values of a facet stand beside the hits, and what is chosen; the others have a page of their own."""
_AROUND = 2
"""So many page numbers stand on either side of the one that is shown."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it says, where it leads, whether it is chosen, how many hits it gives.

    ``note`` is what to know besides: of a minister the latest office with its term.
    """

    label: str
    url: str
    selected: bool = False
    count: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet. ``all_values`` is the address of the page with all ``count`` values; None when all are shown."""

    key: str
    label: str
    shown: tuple[Choice, ...]
    count: int
    all_values: str | None


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter in force, and the address without it."""

    facet: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number; without an address it is a gap in the row."""

    number: int
    url: str | None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that a page of hits shows besides the hits themselves."""

    query: Query
    page: Page
    facets: tuple[FacetView, ...]
    active: tuple[ActiveFilter, ...]
    sorts: tuple[Choice, ...]
    pages: tuple[PageLink, ...]

    @property
    def is_start(self) -> bool:
        """Whether nothing has been asked for yet."""
        return not (self.query.text or self.active or self.query.page > 1 or self.query.sort is Sort.OLDEST)

    @property
    def hits_in_words(self) -> str:
        """ "12 träffar"."""
        return texts.hits(self.page.total)

    @property
    def first_typed(self) -> str:
        """The first day as it stands in an address and in the form."""
        return params.short_from(self.query.first)

    @property
    def last_typed(self) -> str:
        """The last day as it stands in an address and in the form."""
        return params.short_to(self.query.last)

    @property
    def without_filters(self) -> str:
        """The address of this search with neither filters nor dates."""
        everything = replace(self.query, filters=Filters(), first=None, last=None, scope=Scope.ALL, page=1)
        return urls.search(everything)

    @property
    def previous(self) -> str | None:
        """The previous page's address."""
        before = min(self.query.page - 1, params.last_page(self.page))
        return urls.search(self.query.on_page(before)) if before >= 1 else None

    @property
    def next(self) -> str | None:
        """The next page's address."""
        return urls.search(self.query.on_page(self.query.page + 1)) if params.has_next(self.page) else None

    @property
    def suggestion_url(self) -> str:
        """The address of the same search with the suggested words."""
        return urls.search(replace(self.query, text=self.page.suggestion or "", page=1))

    @property
    def verbatim_url(self) -> str:
        """The address of the same search for exactly what was typed."""
        return urls.search(replace(self.query, verbatim=True, page=1))

    @property
    def without(self) -> tuple[Choice, ...]:
        """When filters leave nothing: each of them whose absence gives hits, and the address without it."""
        return tuple(_without(self.query, row) for row in self.page.without if row.count)

    @property
    def offers(self) -> tuple[Choice, ...]:
        """The filters that the words name, and the address with each: it replaces what is chosen of its facet."""
        return tuple(_offer(self.query, offer) for offer in self.page.offers)


def answered_as(query: Query) -> Query:
    """What to ask the engine: without words nothing is more relevant than another, so newest comes first."""
    if not query.text and query.sort is Sort.RELEVANCE:
        return replace(query, sort=Sort.NEWEST)
    return query


def listing(query: Query, page: Page) -> Listing:
    """The listing of ``page``, with every address made from ``query``."""
    return Listing(
        query=query,
        page=page,
        facets=tuple(_facet_view(query, f.key, page.facets[f.key]) for f in FACETS),
        active=tuple(_active(query, page)),
        sorts=tuple(_sorts(query)),
        pages=tuple(_page_links(query, params.last_page(page))),
    )


def page_numbers(current: int, last: int) -> list[int]:
    """The numbers to show: the first, the last, and those around the current one."""
    near = range(current - _AROUND, current + _AROUND + 1)
    return [n for n in sorted({1, last, *near}) if 1 <= n <= last]


def choices(query: Query, facet: str, values: Iterable[FacetValue]) -> tuple[Choice, ...]:
    """Values of a facet with the address of the search that has, or no longer has, each."""
    return tuple(_toggle(query, facet, value) for value in values)


def _facet_view(query: Query, key: str, values: FacetCounts) -> FacetView:
    # A page of its own for a single value costs more than the room for it.
    shown = list(values) if len(values) <= _SHOWN + 1 else values.first(_SHOWN)
    beyond = None if len(shown) == len(values) else urls.facet(key, query.on_page(1))
    named = {value.value for value in shown}
    if beyond and not named.issuperset(query.filters[key]):
        shown += [value for value in values if value.selected and value.value not in named]
    return FacetView(key, texts.facet_label(key), choices(query, key, shown), len(values), beyond)


def _toggle(query: Query, facet: str, value: FacetValue) -> Choice:
    toggled = (query.without_filter if value.selected else query.with_filter)(facet, value.value)
    label = texts.value_label(facet, value.value, value.label)
    note = offices.latest(value.value) if facet in ("minister", "speaker") else ""
    return Choice(label, urls.search(toggled), value.selected, value.count, note)


def _active(query: Query, page: Page) -> Iterator[ActiveFilter]:
    if query.scope is Scope.QUOTES:
        yield ActiveFilter(_("Sök"), _("bara i citat"), urls.search(replace(query, scope=Scope.ALL, page=1)))
    for facet, values in query.filters.chosen:
        labels = {v.value: v.label for v in page.facets[facet]}
        for value in values:
            without = urls.search(query.without_filter(facet, value))
            label = texts.value_label(facet, value, labels.get(value, value))
            yield ActiveFilter(texts.facet_label(facet), label, without)
    if query.first:
        without = urls.search(replace(query, first=None, page=1))
        yield ActiveFilter(_("Från"), texts.day_in_words(query.first), without)
    if query.last:
        without = urls.search(replace(query, last=None, page=1))
        yield ActiveFilter(_("Till"), texts.day_in_words(query.last), without)


def _offer(query: Query, offer: Offer) -> Choice:
    only = query.without_whole(offer.facet).with_filter(offer.facet, offer.value)
    return Choice(offer.label, urls.search(only))


def _without(query: Query, row: Without) -> Choice:
    named = {"dates": texts.interval(query.first, query.last), "in": _("filtret bara i citat")}
    label = named.get(row.filter) or _("filtret %(values)s", values=_(" eller ").join(row.labels))
    text = _("%(hits)s utan %(filter)s", hits=texts.hits(row.count), filter=label)
    return Choice(text, urls.search(query.without_whole(row.filter)), count=row.count)


def _sorts(query: Query) -> Iterator[Choice]:
    current = answered_as(query).sort
    for sort, label in texts.SORTS.items():
        if query.text or sort is not Sort.RELEVANCE:
            yield Choice(str(label), urls.search(replace(query, sort=sort, page=1)), sort is current)


def _page_links(query: Query, last: int) -> Iterator[PageLink]:
    before = 0
    for number in page_numbers(query.page, last):
        if number > before + 1:
            yield PageLink(before + 1, None)
        yield PageLink(number, urls.search(query.on_page(number)), number == query.page)
        before = number
