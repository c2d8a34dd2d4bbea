"""Which releases match, and in which order they come.

A release matches when it has all clauses of the query. When fewer than ``FEW`` do, those that have most of the
clauses follow after them. That is decided by the text alone, before any filter: otherwise choosing a facet's
value could change what matches, and its number would not be the number of hits that it gives.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from whoosh import query as whoosh

from search.local.snapshot import Snapshot
from search.local.translate import clause_query, matches, scores
from search.query import Sort
from search.tree import Tree

FEW = 10
MOST = 0.5  # the least share of the clauses that such a release has


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching documents: how many of the query's clauses each has, and its score."""

    clauses: Mapping[int, int]
    scores: Mapping[int, float]
    matching: Literal["all", "some"]


def match(snapshot: Snapshot, tree: Tree) -> Matches:
    """The documents that match ``tree``."""
    if not tree.required:
        numbers = set(snapshot.ids) - _excluded(snapshot, tree)
        return Matches(dict.fromkeys(numbers, 0), dict.fromkeys(numbers, 0.0), "all")
    found = Counter(n for clause in tree.required for n in matches(snapshot.searcher, clause_query(clause)))
    for number in _excluded(snapshot, tree):
        found.pop(number, None)
    wanted = len(tree.required)
    complete = {n: count for n, count in found.items() if count == wanted}
    enough = wanted if len(complete) >= FEW else wanted * MOST
    kept = {n: count for n, count in found.items() if count >= enough}
    scored = scores(snapshot.searcher, whoosh.Or([clause_query(clause) for clause in tree.required]))
    return Matches(kept, {n: scored.get(n, 0.0) for n in kept}, "all" if len(kept) == len(complete) else "some")


def _excluded(snapshot: Snapshot, tree: Tree) -> set[int]:
    return {n for clause in tree.excluded for n in matches(snapshot.searcher, clause_query(clause))}


def ordered(snapshot: Snapshot, found: Matches, numbers: set[int], sort: Sort) -> list[int]:
    """``numbers`` in the order asked for; ties are broken by score, then newest, then id.

    Releases of which no date is known come last in both orders of time.
    """
    clauses, score, middles, ids = found.clauses, found.scores, snapshot.middles, snapshot.ids
    if sort is Sort.RELEVANCE:
        return sorted(numbers, key=lambda n: (-clauses[n], -score[n], -middles[n], ids[n]))
    if sort is Sort.NEWEST:
        return sorted(numbers, key=lambda n: (-middles[n], -score[n], ids[n]))
    return sorted(numbers, key=lambda n: (not middles[n], middles[n], -score[n], ids[n]))
