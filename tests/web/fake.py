"""A small engine over a few invented releases: slow and simple, for the tests of pages and API."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from index.annotations import Annotations, DateSpan, Entity
from index.document import Document, Provenance, Version
from index.errors import NoGeneration
from index.facets import FACETS, Facet
from index.facts import facts_json
from index.release import Link, Release
from search.page import (
    FacetCounts,
    FacetValue,
    Hit,
    Marked,
    Offer,
    Page,
    Related,
    Segment,
    Status,
    Suggestion,
    Without,
    not_chosen,
)
from search.profile import TOGETHER, Profile, TypicalWord
from search.query import Filters, Query, Sort
from search.timeline import PeriodCount, Step, Timeline, days_asked, periods, whole_periods

TESTSSON = Entity("test-testsson", "Test Testsson")
PROVSSON = Entity("prova-provsson", "Prova Provsson")
FINANCE = Entity("finansdepartementet", "Finansdepartementet")
AGENCIES = tuple(
    Entity(name.lower(), name) for name in ("Boverket", "Skolverket", "Trafikverket", "Naturvardsverket", "Sida")
)


def document(
    id: str,
    title: str,
    body: str,
    span: DateSpan | None,
    ministers: tuple[Entity, ...] = (),
    agencies: tuple[Entity, ...] = (),
    **stated: object,
) -> Document:
    release = Release(id, "pressmeddelande", title, f"https://www.regeringen.se/{id}/", body=body)
    release = Release(**{**{f: getattr(release, f) for f in Release.__slots__}, **stated})
    found = Annotations(span, ministers, (FINANCE,) if ministers else (), agencies)
    return Document(release, found, Provenance("2024-01-01T10:00:00Z", "2024-01-02T10:00:00Z"))


DOCUMENTS: tuple[Document, ...] = (
    document(
        "p.2018.bostad",
        "Uppdrag om bostad",
        "Ett uppdrag om bostad.\n\n## Det här ingår\n\n• Kartlägg läget\n• Skriv en rapport\n\nÅr\tKronor\n2018\t40",
        DateSpan(date(2018, 4, 12), date(2018, 4, 12), "day"),
        (TESTSSON,),
        AGENCIES,
        summary="Det handlar om bostad.",
        contact="Test Testsson\npressekreterare",
        links=(Link("Boverket", "https://www.boverket.se/"), Link("Farlig", "javascript:alert(1)")),
        attachments=(Link("", "https://www.regeringen.se/bilaga.pdf"),),
        updated="2018-05",
    ),
    document(
        "p.2020.skola",
        "Uppdrag om skola",
        "Ett uppdrag om skola.",
        DateSpan(date(2020, 2, 1), date(2020, 2, 29), "month"),
        (PROVSSON,),
        AGENCIES[1:2],
    ),
    document(
        "p.span",
        "Uppdrag om segregation",
        "Ett uppdrag om segregation.",
        DateSpan(date(2016, 5, 25), date(2019, 1, 20), "span"),
        (TESTSSON,),
    ),
    document(
        "p.ond", "<script>alert(1)</script> titel", "<img src=x onerror=alert(2)> uppdrag", None, url="javascript:x"
    ),
)


@dataclass
class FakeEngine:
    """Finds every document that holds all words of a query."""

    documents: tuple[Document, ...] = DOCUMENTS
    suggestion: str | None = None
    some: bool = False
    corrected: bool = False
    offers: tuple[Offer, ...] = ()
    earlier: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    def search(self, query: Query) -> Page:
        corrected = self.corrected and not query.verbatim
        asked, query = query, replace(query, text=self.suggestion or "") if corrected else query
        found = self._found(query)
        start = (query.page - 1) * query.size
        hits = tuple(self._hit(d, query) for d in found[start : start + query.size])
        facets = {f.key: self._facet(f.key, query) for f in FACETS}
        matching: Literal["all", "some"] = "some" if self.some else "all"
        without = () if found else tuple(self._without(query))
        told = (self.suggestion, corrected, without, not_chosen(query, self.offers))
        return Page(asked, matching, len(found), 0.25, hits, facets, *told)

    def get(self, release_id: str) -> Document | None:
        return next((d for d in self.documents if d.release.id == release_id), None)

    def versions(self, release_id: str) -> tuple[Version, ...]:
        document = self.get(release_id)
        if document is None:
            return ()
        known = document.provenance
        return *self.earlier.get(release_id, ()), Version(known.versions, known.changed, document.release)

    def mark(self, text: str, query_text: str) -> Marked:
        words = query_text.lower().split()
        return Marked.of(Segment(part, part.lower() in words) for part in re.split(r"(\W+)", text) if part)

    def similar(self, release_id: str, size: int = 5) -> tuple[Hit, ...] | None:
        if self.get(release_id) is None:
            return None
        return tuple(self._hit(d, Query()) for d in self.documents if d.release.id != release_id)[:size]

    def related(self, release_id: str, size: int = 3) -> Related | None:
        own = self.get(release_id)
        if own is None:
            return None
        others = [d for d in self.documents if set(d.annotations.ministers) & set(own.annotations.ministers)]
        earlier = [self._hit(d, Query()) for d in others if _middle(d) < _middle(own)]
        later = [self._hit(d, Query()) for d in others if _middle(d) > _middle(own)]
        return Related(tuple(earlier[:size]), tuple(later[:size]))

    def profile(self, facet: str, value: str, size: int = 24) -> Profile | None:
        query = Query(filters=Filters.of(**{facet: [value]}))
        own = [d for d in self.documents if _matches(d, query)]
        if not own:
            return None
        entity = next(e for d in own for e in _facet(facet).values(d.release, d.annotations) if e.id == value)
        spans = sorted((s for d in own if (s := d.annotations.span)), key=lambda span: span.first)
        counts = Counter(word for d in own for word in set(re.findall(r"[a-zåäö]{3,}", d.release.body)))
        words = tuple(TypicalWord(word, count, 4.5) for word, count in counts.most_common(size))
        first, last = (spans[0], spans[-1]) if spans else (None, None)
        return Profile(facet, entity, len(own), first, last, words, {f: _most(f, own) for f in TOGETHER})

    def timeline(self, query: Query, step: Step, *, complete: bool = False) -> Timeline:
        found = [d.annotations.span for d in self.documents if _matches(d, query)]
        spans = [span for span in found if span]
        rows = (_counted(spans, *days) for days in _periods(query, step, spans))
        return Timeline(step, tuple(rows), len(found) - len(spans), len(found), query.text)

    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        if not text:
            return ()
        titles = [d.release for d in self.documents if d.release.title.lower().startswith(text.lower())]
        return tuple(Suggestion(r.title, "title", r.id, 1) for r in titles)[:size]

    def export(self, query: Query) -> Iterator[Document]:
        return iter(self._found(query))

    def status(self) -> Status:
        years = Counter(str(y) for d in self.documents if d.annotations.span for y in d.annotations.span.years)
        types = Counter(d.release.type for d in self.documents)
        spans = [d.annotations.span for d in self.documents if d.annotations.span]
        first = min((span.first.isoformat() for span in spans), default=None)
        last = max((span.last.isoformat() for span in spans), default=None)
        newest = max((span.first.isoformat() for span in spans), default=None)
        told = (len(self.documents), first, last, dict(types), dict(years), newest, "2024-01-03T11:00:00Z")
        return Status("000001", "2024-01-02T10:00:00Z", *told)

    def _found(self, query: Query) -> list[Document]:
        found = [d for d in self.documents if _matches(d, query)]
        if query.sort is not Sort.RELEVANCE:
            found.sort(key=_middle, reverse=query.sort is Sort.NEWEST)
        return found

    def _without(self, query: Query) -> Iterator[Without]:
        for name, values in (*query.filters.chosen, *([("dates", ())] if query.first or query.last else [])):
            count = sum(_matches(d, query.without_whole(name)) for d in self.documents)
            yield Without(name, values, tuple(v.title() for v in values), count)

    def _hit(self, d: Document, query: Query) -> Hit:
        at = d.release.title.lower().find(query.text.lower()) if query.text else -1
        in_title = [(1, at, at + len(query.text))] if at >= 0 else []
        return Hit(facts_json(d), 1.5, self.mark(d.release.body, query.text), in_title)

    def _facet(self, key: str, query: Query) -> FacetCounts:
        facet = next(f for f in FACETS if f.key == key)
        others = Query(query.text, type(query.filters)(), query.first, query.last)
        for other, values in query.filters.chosen:
            for value in values:
                others = others.with_filter(other, value) if other != key else others
        found = [d for d in self.documents if _matches(d, others)]
        names = {e.id: e.name for d in self.documents for e in facet.values(d.release, d.annotations)}
        counts = Counter(e.id for d in found for e in facet.values(d.release, d.annotations))
        counts.update(dict.fromkeys(query.filters[key], 0))
        rows = counts.most_common()
        labels = [names.get(value, value) for value, _ in rows]
        return FacetCounts([value for value, _ in rows], labels, [n for _, n in rows], query.filters[key])


class NoEngine(FakeEngine):
    """An engine without a generation: everything fails."""

    def __getattribute__(self, name: str) -> object:
        raise NoGeneration("there is no index in data; make one with: pressok rebuild SOURCE")


class BrokenEngine(FakeEngine):
    """An engine with a fault that nobody foresaw."""

    def search(self, query: Query) -> Page:
        raise RuntimeError("a secret of the house")


def _periods(query: Query, step: Step, spans: list[DateSpan]) -> tuple[tuple[date, date], ...]:
    first, last = days_asked(query)
    if spans and not (first and last):
        whole = whole_periods(step, min(span.first for span in spans), max(span.last for span in spans))
        first, last = first or whole[0], last or whole[1]
    return periods(step, first, last) if first and last else ()


def _counted(spans: list[DateSpan], first: date, last: date) -> PeriodCount:
    touching = [span for span in spans if span.overlaps(first, last)]
    within = [span for span in touching if first <= span.first and span.last <= last]
    return PeriodCount(first, last, len(within), len(touching) - len(within))


def _most(facet: str, documents: list[Document]) -> tuple[FacetValue, ...]:
    counts = Counter(e for d in documents for e in _facet(facet).values(d.release, d.annotations))
    return tuple(FacetValue(e.id, e.name, count) for e, count in counts.most_common())


def _middle(d: Document) -> float:
    return d.annotations.span.middle if d.annotations.span else 0


def _matches(d: Document, query: Query) -> bool:
    text = f"{d.release.title} {d.release.body}".lower()
    span = d.annotations.span
    if (query.first or query.last) and not (span and span.overlaps(query.first, query.last)):
        return False
    return all(word in text for word in query.text.lower().split()) and all(
        {e.id for e in _facet(key).values(d.release, d.annotations)} & set(values)
        for key, values in query.filters.chosen
    )


def _facet(key: str) -> Facet:
    return next(f for f in FACETS if f.key == key)
