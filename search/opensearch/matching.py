"""Which releases match: what :mod:`search.local.matching` says, as queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from typing import Literal

from search.common.beside import NEVER
from search.common.weighing import FEW, MOST, MOST_NEAR, NEARNESS, REACH
from search.opensearch.asking import EVERYTHING, NOTHING, Asking, Dsl, all_of, any_of
from search.opensearch.clauses import SAID, Clauses, constant, near, weight_of
from search.query import Scope
from search.tree import Clause, Tree, Word, is_reference, is_said

COMPLETE = 1024.0
"""Stands before the score of a release that has all words, where others have some: no score is as high."""
_DISTANCES = (1, 3, 8, 20, NEVER - 1)
"""Words apart. Where two words stand as near as the first of these that they fit into, they are as close as that."""
_ROUNDING = 1e-4  # more than a sum of weights can be off, of which the cluster knows seven digits


@dataclass(frozen=True)
class Matching:
    """What matches: ``clauses`` score; ``allowed`` are all that conditions and exclusions leave."""

    asking: Asking
    clauses: Clauses
    tree: Tree
    scope: Scope
    allowed: Dsl | None
    queries: tuple[Dsl, ...] = field(default=())

    @classmethod
    def of(cls, asking: Asking, clauses: Clauses, tree: Tree, scope: Scope) -> "Matching":
        """What matches ``tree``; when nothing is asked for, all that have text in ``scope``."""
        queries = tuple(map(clauses.query, tree.required))
        return cls(asking, clauses, tree, scope, _allowed(clauses, tree), queries)

    @property
    def count(self) -> int:
        """How many releases match."""
        return self.asking.count(self.found)

    @property
    def whole(self) -> bool:
        """Whether some release has all that is asked for."""
        return self.asking.count(self.complete) > 0

    @cached_property
    def matching(self) -> Literal["all", "some"]:
        """Whether all that matches has all that is asked for."""
        return "some" if self.is_some and self.count > self.asking.count(self.complete) else "all"

    @cached_property
    def complete(self) -> Dsl:
        """What finds the releases that have all that is asked for."""
        if not self.queries:
            return self._under(SAID if self.scope is Scope.QUOTES else EVERYTHING)
        return self._under(*self.queries)

    def _under(self, *found: Dsl) -> Dsl:
        return all_of([*found, *([self.allowed] if self.allowed else [])])

    @cached_property
    def is_some(self) -> bool:
        """Whether releases with some of the words are looked for too."""
        if not self.queries or (len(self.queries) == 1 and not self.clauses.is_compound(self.tree.required[0])):
            return False
        # What the weights take is counted at once, so that it is there when it is needed.
        return self.asking.counts([self.complete, *self.queries])[0] < FEW

    @cached_property
    def found(self) -> Dsl:
        """What finds the releases that match."""
        return self._most if self.is_some else self.complete

    @cached_property
    def _most(self) -> Dsl:
        """What finds those that have most of the clauses by weight; of a compound, a part of it as a part."""
        shares = [share for clause, query, weight in self._weighed for share in self._shares(clause, query, weight)]
        least = MOST * sum(weight for _, _, weight in self._weighed)
        references = [q for clause, q in zip(self.tree.required, self.queries, strict=True) if is_reference(clause)]
        if least <= 0:
            return self._under(any_of(list(self.queries)), *references)
        return self._under(at_least(shares, least), *references)

    @cached_property
    def _weighed(self) -> list[tuple[Clause, Dsl, float]]:
        """The clauses with their queries and how telling each is."""
        counts = self.asking.counts(self.queries)
        return [
            (clause, query, self._weight(clause, count))
            for clause, query, count in zip(self.tree.required, self.queries, counts, strict=True)
        ]

    def _weight(self, clause: Clause, count: int) -> float:
        """What is in no release, not even in part, does not tell one from another."""
        return 0.0 if not count and not self.clauses.is_compound(clause) else weight_of(count, self.clauses.count)

    def _shares(self, clause: Clause, query: Dsl, weight: float) -> list[Dsl]:
        if not weight:
            return []
        partly = self.clauses.partly(clause) if isinstance(clause, Word) else []
        return [constant(query, weight), *(constant(part, weight / len(partly)) for part in partly)]

    def scored(self, *filters: Dsl) -> Dsl:
        """What finds the matching releases that meet the filters, scored by their words and how near these stand."""
        if not self.queries:
            return {"bool": {"filter": [self.found, *filters]}}  # which scores nothing
        if not self.is_some:
            under = [*([self.allowed] if self.allowed else []), *filters]
            return {"bool": {"must": list(self.queries), "filter": under, "should": self._nearness()}}
        partly = (self.clauses.partly(clause) for clause in self.tree.required if isinstance(clause, Word))
        scores = [*self.queries, *self._nearness(), *chain.from_iterable(partly)]
        return {"bool": {"filter": [self.found, *filters], "should": scores}}

    def _nearness(self) -> list[Dsl]:
        """How close each word of a query comes to the next, on average; see :mod:`search.local.proximity`.

        1 / (1 + d / REACH) is not for the cluster to say, but a few steps of it are: what is near enough for one is so
        for all that follow, and each adds what it is worth more than the next.
        """
        words = [terms for clause in self.tree.required for terms in self.clauses.near(clause)][:MOST_NEAR]
        pairs = [(one, other) for one, other in pairwise(words) if one and other]
        worth = [NEARNESS / (1 + distance / REACH) / (len(words) - 1) for distance in _DISTANCES] if pairs else []
        steps = zip(_DISTANCES, worth, [*worth[1:], 0.0], strict=False)
        return [
            constant(near(one, other, distance), this - following)
            for distance, this, following in steps
            for one, other in pairs
        ]

    @property
    def is_said(self) -> bool:
        """Whether words are looked for in quotations."""
        return any(map(is_said, self.tree.required))

    @property
    def spoken(self) -> list[Clause]:
        """The clauses that are looked for in quotations."""
        return [clause for clause in self.tree.required if is_said(clause)]

    def said_by(self, speaker: str) -> Dsl:
        """What finds the matching releases in which a speaker's words are those looked for in quotations."""
        weighed = self._weighed
        shares = [
            constant(self.clauses.said_by(clause, speaker) if is_said(clause) else query, weight)
            for clause, query, weight in weighed
            if weight
        ]
        least = (1.0 if self.matching == "all" else MOST) * sum(weight for _, _, weight in weighed)
        anything = any_of([self.clauses.said_by(clause, speaker) for clause in self.spoken])
        return all_of([anything, at_least(shares, least)]) if shares else NOTHING


def at_least(scores: Sequence[Dsl], least: float) -> Dsl:
    """What scores so much at least."""
    found = {"bool": {"should": list(scores), "minimum_should_match": 1}}
    return {"function_score": {"query": found, "min_score": least * (1 - _ROUNDING)}}


def _allowed(clauses: Clauses, tree: Tree) -> Dsl | None:
    """What meets the conditions and has no excluded clause; None: all does."""
    filters = [any_of([clauses.condition(one) for one in alternatives]) for alternatives in tree.conditions]
    excluded = [*map(clauses.query, tree.excluded), *map(clauses.condition, tree.exceptions)]
    if not (filters or excluded):
        return None
    return {"bool": {"filter": filters, "must_not": excluded}}
