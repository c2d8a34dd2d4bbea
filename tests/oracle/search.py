"""Filters, facets and the order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from index.facets import FACETS
from search.common.beside import NEVER
from search.local import ordering, proximity
from search.query import Query, Sort
from search.tree import Named, Phrase, Prefix, Said, Titled, Tree, Word
from tests.oracle.clauses import alternatives, asks_for_speech
from tests.oracle.matches import Matched, Matches

YEAR = 365.25  # days
LOOKED_AT = 6  # words of a query, for their closeness


@dataclass(frozen=True)
class Ranked:
    """A hit: ``time`` is what it is ordered by first when time is, else 0."""

    id: str
    complete: bool
    score: float
    time: float


@dataclass(frozen=True)
class Answer:
    matching: str
    hits: list[Ranked]
    facets: dict[str, dict[str, int]]


class Oracle(Matches):
    """The search over some documents. ``lexicon`` is the one of the generation that it is compared with."""

    # Filters and facets

    def values(self, n: int, facet: str, found: Matched) -> set[str]:
        """The values of a document. Where words are looked for in quotations, its speakers are who said them."""
        if facet != "speaker" or not any(map(asks_for_speech, found.tree.required)):
            return self._values(n, facet)
        return {who for who, weight in found.said[n].items() if weight + found.plain[n] >= found.enough}

    def passes(self, n: int, query: Query, found: Matched, *, but: str = "") -> bool:
        span = self.documents[n].annotations.span
        if (query.first or query.last) and not (span and span.overlaps(query.first, query.last)):
            return False
        chosen = [(facet, set(keys)) for facet, keys in query.filters.chosen if facet != but]
        return all(keys & self.values(n, facet, found) for facet, keys in chosen)

    def facets(self, query: Query, found: Matched) -> dict[str, dict[str, int]]:
        counts = {}
        for facet in FACETS:
            under = [n for n in found.scores if self.passes(n, query, found, but=facet.key)]
            counted = Counter(value for n in under for value in self.values(n, facet.key, found))
            counts[facet.key] = {**dict.fromkeys(query.filters[facet.key], 0), **counted}
        return counts

    # The order

    def worth(self, n: int) -> float:
        words = sum(map(len, self.texts[n]))
        years = (max(map(self.middle, self.all)) - self.middle(n)) / YEAR
        bare = 1 - self.weights.bare * exp(-words / self.weights.bare_words)
        return bare * (1 + self.weights.recent * exp(-years / self.weights.recent_years))

    def middle(self, n: int) -> float:
        span = self.documents[n].annotations.span
        return span.middle if span else 0.0

    def ordered(self, query: Query, found: Matched) -> list["Ranked"]:
        hits = [n for n in found.scores if self.passes(n, query, found)]
        worth = {n: self.worth(n) for n in hits}
        scores = {n: found.scores[n] * worth[n] for n in hits}

        def newest(n: int) -> tuple[float, str]:
            return -self.middle(n), self.documents[n].release.id

        def by_score(n: int) -> tuple[bool, float, tuple[float, str]]:
            return n not in found.complete, -scores[n], newest(n)

        if query.sort is Sort.RELEVANCE:
            terms = list(self._asked(found.tree))[:LOOKED_AT]
            for n in sorted(hits, key=by_score)[: ordering.CANDIDATES]:
                scores[n] += self._closeness(n, terms) * ordering.NEARNESS * worth[n]
            # What is looked at closely stays before all others: it only gains.
            order = sorted(hits, key=by_score)
            return [Ranked(self.documents[n].release.id, n in found.complete, scores[n], 0.0) for n in order]
        sign = -1 if query.sort is Sort.NEWEST else 1
        time = {n: (not self.middle(n), sign * self.middle(n)) for n in hits}
        order = sorted(hits, key=lambda n: (time[n], -scores[n], newest(n)))
        return [Ranked(self.documents[n].release.id, True, scores[n], self.middle(n)) for n in order]

    def _asked(self, tree: Tree) -> Iterator[set[str]]:
        """The terms by which each word is found, word by word; what is looked for in quotations is not among them."""
        for clause in tree.required:
            atoms = clause.ways[0] if isinstance(clause, Named) else alternatives(clause)
            for atom in () if isinstance(atoms[0], Said) else atoms[:LOOKED_AT]:
                words = atom.words if isinstance(atom, Said | Titled) else atom
                match words:
                    case Word():
                        yield self.forms(words)
                    case Phrase(terms):
                        yield from ({term} for term in terms)
                    case Prefix():
                        yield self.expanded(words)

    def _closeness(self, n: int, terms: list[set[str]]) -> float:
        distances = [self.distance(n, one, other) for one, other in pairwise(terms)]
        close = [1 / (1 + d / proximity.REACH) for d in distances if d < NEVER]
        return sum(close) / len(distances) if distances else 0.0

    def search(self, query: Query) -> "Answer":
        """The whole result in its order, and the facets' counts."""
        found = self.match(query)
        matching = "all" if found.scores.keys() == found.complete else "some"
        return Answer(matching, self.ordered(query, found), self.facets(query, found))
