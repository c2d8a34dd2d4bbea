"""A slow, obvious search to compare the engines with: every document, every clause, every filter, one by one.

It reads queries and cuts words with the code that the engines use – those have examples of their own – and does
all the rest by itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analysis import terms_with_parts
from index.document import Document
from index.facets import FACETS
from index.text import flat, key_of
from search.language import parse
from search.query import Query, Scope, Sort
from search.tree import AnyOf, Clause, Condition, During, Phrase, Prefix, Said, Titled, Tree, Word, is_reference

FEW, MOST = 10, 0.5  # what docs/decisions.md says


def texts(document: Document) -> list[str]:
    return [document.release.title, document.release.summary, flat(document.release.body)]


def spoken(document: Document, speaker: str | None) -> list[str]:
    """What a speaker, or with None anyone, says in a document."""
    quotes = document.annotations.quotes
    return [document.said(q) for q in quotes if speaker is None or (q.speaker and q.speaker.id == speaker)]


def has(document: Document, clause: Clause, speaker: str | None = None) -> bool:
    """Whether a document has a clause; with a speaker, what is asked of quotations is asked of that speaker's."""
    if isinstance(clause, AnyOf):
        return any(has(document, alternative, speaker) for alternative in clause.alternatives)
    if isinstance(clause, Said):
        return any(text_has(text, clause.words) for text in spoken(document, speaker))
    if isinstance(clause, Titled):
        return text_has(document.release.title, clause.words)
    return any(text_has(text, clause) for text in texts(document))


def meets(document: Document, condition: Condition) -> bool:
    """Whether a document is of the time, or has a value that is called as the condition says."""
    if isinstance(condition, During):
        span = document.annotations.span
        return span is not None and span.overlaps(condition.first, condition.last)
    row = next(f for f in FACETS if f.key == condition.facet)
    found = row.values(document.release, document.annotations)
    return any(condition.typed == e.id or begins(f"-{key_of(e.name)}", condition.typed) for e in found)


def begins(name: str, typed: str) -> bool:
    """Whether words of a name, each with a - before it, begin with the typed ones, joined by -."""
    pattern = "[a-z0-9]*".join(f"-{re.escape(word)}" for word in typed.split("-"))
    return re.search(pattern, name) is not None


def allows(document: Document, tree: Tree) -> bool:
    """Whether a document has nothing that is excluded, and meets the conditions."""
    return (
        not any(has(document, clause) for clause in tree.excluded)
        and not any(meets(document, condition) for condition in tree.exceptions)
        and all(any(meets(document, one) for one in alternatives) for alternatives in tree.conditions)
    )


def text_has(text: str, words: Word | Phrase | Prefix) -> bool:
    held = terms_with_parts(text)
    match words:
        case Word(term):
            return any(t.term == term for t in held)
        case Prefix(prefix, term):
            return any(t.term == term or t.term.startswith(prefix) for t in held)
        case Phrase(wanted):
            starts = sorted({t.start for t in held})
            places = [{t.term for t in held if t.start == start} for start in starts]
            runs = (places[at : at + len(wanted)] for at in range(len(places) - len(wanted) + 1))
            return any(all(term in place for term, place in zip(wanted, run, strict=True)) for run in runs)


@dataclass(frozen=True)
class Result:
    """What matches, before any filter, and how many clauses are enough."""

    tree: Tree
    matched: list[Document]
    enough: float

    def by(self, document: Document, speaker: str) -> bool:
        """Whether a document matches by a speaker's words: at least one clause is said, and enough are there."""
        said = [c for c in self.tree.required if asks_for_speech(c)]
        if not said:
            return any(q.speaker and q.speaker.id == speaker for q in document.annotations.quotes)
        plain = sum(has(document, c) for c in self.tree.required if c not in said)
        by_speaker = sum(any(has_said(document, a, speaker) for a in alternatives(c)) for c in said)
        return by_speaker > 0 and plain + by_speaker >= self.enough


def alternatives(clause: Clause) -> Iterable[Clause]:
    return clause.alternatives if isinstance(clause, AnyOf) else (clause,)


def asks_for_speech(clause: Clause) -> bool:
    return any(isinstance(a, Said) for a in alternatives(clause))


def has_said(document: Document, atom: Clause, speaker: str) -> bool:
    return isinstance(atom, Said) and has(document, atom, speaker)


def matching(documents: Sequence[Document], query: Query) -> Result:
    tree = parse(query.text, query.scope)
    allowed = [d for d in documents if allows(d, tree)]
    if not tree.required:
        return Result(tree, [d for d in allowed if query.scope is Scope.ALL or d.annotations.quotes], 0)
    counts = {d.release.id: sum(has(d, clause) for clause in tree.required) for d in allowed}
    wanted = len(tree.required)
    complete = [n for n in counts.values() if n == wanted]
    enough = wanted if len(complete) >= FEW else wanted * MOST
    references = [c for c in tree.required if is_reference(c)]
    matched = [d for d in allowed if counts[d.release.id] >= enough and all(has(d, c) for c in references)]
    return Result(tree, matched, enough)


def passes(document: Document, query: Query, result: Result, *, but: str = "") -> bool:
    span = document.annotations.span
    if (query.first or query.last) and not (span and span.overlaps(query.first, query.last)):
        return False
    for facet in FACETS:
        chosen = query.filters[facet.key]
        if facet.key != but and chosen and not set(chosen) & values(document, facet.key, result):
            return False
    return True


def values(document: Document, facet: str, result: Result) -> set[str]:
    row = next(f for f in FACETS if f.key == facet)
    found = {e.id for e in row.values(document.release, document.annotations)}
    return {v for v in found if result.by(document, v)} if facet == "speaker" else found


def search(documents: Sequence[Document], query: Query) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The ids of the whole result – in order of time when that is asked for, else by id – and the facets' counts."""
    result = matching(documents, query)
    hits = [d for d in result.matched if passes(d, query, result)]
    facets = {}
    for facet in FACETS:
        allowed = [d for d in result.matched if passes(d, query, result, but=facet.key)]
        counted = Counter(value for d in allowed for value in values(d, facet.key, result))
        facets[facet.key] = {**dict.fromkeys(query.filters[facet.key], 0), **counted}
    return [d.release.id for d in sorted(hits, key=lambda d: (_time(d, query.sort), d.release.id))], facets


def _time(document: Document, sort: Sort) -> tuple[bool, float]:
    span = document.annotations.span
    if sort is Sort.RELEVANCE or span is None:
        return (span is None and sort is not Sort.RELEVANCE, 0.0)
    return (False, span.middle if sort is Sort.OLDEST else -span.middle)
