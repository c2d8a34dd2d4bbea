"""A slow, obvious search to compare the engines with: every document, every clause, every filter, one by one."""

from collections import Counter
from collections.abc import Sequence

from index.analysis import terms_with_parts
from index.document import Document
from index.facets import FACETS
from index.text import flat
from search.language import parse
from search.local.matching import FEW, MOST
from search.query import Query, Sort
from search.tree import AnyOf, Clause, Phrase, Prefix, Word


def texts(document: Document) -> list[str]:
    return [document.release.title, document.release.summary, flat(document.release.body)]


def has(document: Document, clause: Clause) -> bool:
    if isinstance(clause, AnyOf):
        return any(has(document, alternative) for alternative in clause.alternatives)
    return any(text_has(text, clause) for text in texts(document))


def text_has(text: str, clause: Word | Phrase | Prefix) -> bool:
    held = terms_with_parts(text)
    match clause:
        case Word(term):
            return any(t.term == term for t in held)
        case Prefix(prefix, term):
            return any(t.term == term or t.term.startswith(prefix) for t in held)
        case Phrase(wanted):
            places: dict[int, set[str]] = {}  # the terms that stand at each word of the text
            starts = sorted({t.start for t in held})
            for t in held:
                places.setdefault(starts.index(t.start), set()).add(t.term)
            return any(
                all(term in places.get(at + n, ()) for n, term in enumerate(wanted)) for at in range(len(starts))
            )


def matching(documents: Sequence[Document], text: str) -> dict[str, int]:
    """How many clauses each matching document has."""
    tree = parse(text)
    allowed = [d for d in documents if not any(has(d, clause) for clause in tree.excluded)]
    counts = {d.release.id: sum(has(d, clause) for clause in tree.required) for d in allowed}
    wanted = len(tree.required)
    complete = {key: n for key, n in counts.items() if n == wanted}
    if len(complete) >= FEW or wanted < 2:
        return complete
    return {key: n for key, n in counts.items() if n >= wanted * MOST}


def passes(document: Document, query: Query, *, but: str = "") -> bool:
    span = document.annotations.span
    if (query.first or query.last) and not (span and span.overlaps(query.first, query.last)):
        return False
    for facet in FACETS:
        chosen = query.filters[facet.key]
        values = {e.id for e in facet.values(document.release, document.annotations)}
        if facet.key != but and chosen and not values & set(chosen):
            return False
    return True


def search(documents: Sequence[Document], query: Query) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The ids of the whole result – in order of time when that is asked for, else by id – and the facets' counts."""
    found = matching(documents, query.text)
    matched = [d for d in documents if d.release.id in found]
    hits = [d for d in matched if passes(d, query)]
    facets = {}
    for facet in FACETS:
        counted = Counter(
            e.id for d in matched if passes(d, query, but=facet.key) for e in facet.values(d.release, d.annotations)
        )
        facets[facet.key] = {**dict.fromkeys(query.filters[facet.key], 0), **counted}
    return [d.release.id for d in sorted(hits, key=lambda d: (_time(d, query.sort), d.release.id))], facets


def _time(document: Document, sort: Sort) -> tuple[bool, float]:
    span = document.annotations.span
    if sort is Sort.RELEVANCE or span is None:
        return (span is None and sort is not Sort.RELEVANCE, 0.0)
    return (False, span.middle if sort is Sort.OLDEST else -span.middle)
