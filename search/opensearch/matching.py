"""Which releases match: what :mod:`search.local.matching` says, as queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from typing import Literal

from search.common.beside import NEVER
from search.common.weighing import FEW, MOST, MOST_NEAR, NEARNESS, REACH
from search.opensearch.asking import EVERYTHING, NOTHING, Asking, Dsl, all_of, any_of, leaves
from search.opensearch.clauses import SAID, Clauses, best_of, constant, near, term, weight_of
from search.query import Scope
from search.tree import Clause, Tree, Word, is_reference, is_said

COMPLETE = 1024.0
"""Stands before the score of a release that has all words, where others have some: no score is as high."""
MOST_LEAVES = 600
"""Leaves of a query that scores: one that has more is scored roughly, so that those that find have room too."""
WIDE = 12
"""Terms of two neighbours: of more, as a word with an asterisk stands for, it is not asked how near they are."""
_DISTANCES = (1, 3, 8, 20, NEVER - 1)
"""Words apart. Where two words stand as near as the first of these that they fit into, they are as close as that."""
_ROUNDING = 1e-4  # more than a sum of weights can be off, of which the cluster knows seven digits


@dataclass(frozen=True)
class Matching:
    """What matches. ``allowed`` are all that conditions and exclusions leave; ``finders`` find each clause."""

    asking: Asking
    clauses: Clauses
    tree: Tree
    scope: Scope
    allowed: Dsl | None
    finders: tuple[Dsl, ...] = field(default=())

    @classmethod
    def of(cls, asking: Asking, clauses: Clauses, tree: Tree, scope: Scope) -> "Matching":
        """What matches ``tree``; when nothing is asked for, all that have text in ``scope``."""
        finders = tuple(map(clauses.found, tree.required))
        return cls(asking, clauses, tree, scope, _allowed(clauses, tree), finders)

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
        if not self.finders:
            return self._under(SAID if self.scope is Scope.QUOTES else EVERYTHING)
        return self._under(*self.finders)

    def _under(self, *found: Dsl) -> Dsl:
        return all_of([*found, *self._also()])

    @cached_property
    def is_some(self) -> bool:
        """Whether releases with some of the words are looked for too."""
        if not self.finders or (len(self.finders) == 1 and not self.clauses.parts(self.tree.required[0])):
            return False
        # What the weights take is counted at once, so that it is there when it is needed.
        return self.asking.counts([self.complete, *self.finders])[0] < FEW

    @cached_property
    def found(self) -> Dsl:
        """What finds the releases that match."""
        return self._under(self._most, *self._references) if self.is_some else self.complete

    @property
    def _references(self) -> list[Dsl]:
        return [found for clause, found in zip(self.tree.required, self.finders, strict=True) if is_reference(clause)]

    @cached_property
    def _most(self) -> Dsl:
        """What finds those that have most of the clauses by weight; of a compound, a part of it as a part."""
        shares = [self._share(clause, found, weight) for clause, found, weight in self._weighed if weight]
        least = MOST * sum(weight for _, _, weight in self._weighed)
        return at_least(shares, least) if least > 0 else any_of(self.finders)

    @cached_property
    def _weighed(self) -> list[tuple[Clause, Dsl, float]]:
        """The clauses, what finds each, and how telling it is."""
        counts = self.asking.counts(self.finders)
        return [
            (clause, found, self._weight(clause, count))
            for clause, found, count in zip(self.tree.required, self.finders, counts, strict=True)
        ]

    def _weight(self, clause: Clause, count: int) -> float:
        """What is in no release, not even in part, does not tell one from another."""
        return 0.0 if not count and not self.clauses.parts(clause) else weight_of(count, self.clauses.count)

    def _share(self, clause: Clause, found: Dsl, weight: float) -> Dsl:
        """What of the weight a release has: all that have the clause all of it."""
        parts = self.clauses.parts(clause)
        some = [constant(term(part), weight / len(parts)) for part in parts]
        return best_of([constant(found, weight), {"bool": {"should": some}}]) if parts else constant(found, weight)

    def scored(self, *filters: Dsl) -> Dsl:
        """What finds the matching releases that meet the filters, scored by their words and how near these stand."""
        if not self.finders:
            return {"bool": {"filter": [self.found, *filters]}}  # which scores nothing
        scored = self._scored(*filters)
        return scored if leaves(scored) <= MOST_LEAVES else self._roughly_scored(*filters)

    def _scored(self, *filters: Dsl) -> Dsl:
        queries = list(map(self.clauses.query, self.tree.required))
        if not self.is_some:
            return {"bool": {"must": queries, "filter": self._also(*filters), "should": self._nearness()}}
        partly = (self.clauses.partly(clause) for clause in self.tree.required if isinstance(clause, Word))
        scores = [*queries, *self._nearness(), *chain.from_iterable(partly)]
        return {"bool": {"filter": [self.found, *filters], "should": scores}}

    def _roughly_scored(self, *filters: Dsl) -> Dsl:
        """The same releases, scored by how rare their words are and not by how often they have them."""
        if self.is_some:
            return {"bool": {"must": [self._most], "filter": [*self._references, *self._also(*filters)]}}
        scores = [constant(found, weight) for _, found, weight in self._weighed]
        return {"bool": {"must": scores, "filter": self._also(*filters)}}

    def _also(self, *filters: Dsl) -> list[Dsl]:
        return [*([self.allowed] if self.allowed else []), *filters]

    def _nearness(self) -> list[Dsl]:
        """How close each word of a query comes to the next, on average; see :mod:`search.local.proximity`.

        1 / (1 + d / REACH) is not for the cluster to say, but a few steps of it are: what is near enough for one is so
        for all that follow, and each adds what it is worth more than the next.
        """
        words = [terms for clause in self.tree.required for terms in self.clauses.near(clause)][:MOST_NEAR]
        pairs = [(one, other) for one, other in pairwise(words) if one and other and len(one) + len(other) <= WIDE]
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
            constant(self.clauses.said_by(clause, speaker) if is_said(clause) else found, weight)
            for clause, found, weight in weighed
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
    excluded = [*map(clauses.found, tree.excluded), *map(clauses.condition, tree.exceptions)]
    if not (filters or excluded):
        return None
    return {"bool": {"filter": filters, "must_not": excluded}}
