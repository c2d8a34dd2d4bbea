"""Which releases match, and in which order they come.

A release matches when it meets the query's conditions and has all of its clauses. When fewer than ``FEW`` do, those
that meet them and have most of the clauses follow after them; the number of a document, like 2017:45, is never left
out. That is decided by the text alone, before any filter: otherwise choosing a facet's value could change what
matches, and its number would not be the number of hits that it gives.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from whoosh import query as whoosh

from search.local.conditions import meeting
from search.local.snapshot import Snapshot
from search.local.translate import clause_query, matches, scores, speakers_of
from search.query import Scope, Sort
from search.tree import Clause, Said, Tree, alternatives_of, is_reference, is_said

FEW = 10
MOST = 0.5  # the least share of the clauses that such a release has


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching documents: how many of the query's clauses each has, and its score.

    ``said_by`` is there when words were looked for in quotations: which documents match by each speaker's words.
    """

    clauses: Mapping[int, int]
    scores: Mapping[int, float]
    matching: Literal["all", "some"]
    said_by: Mapping[str, set[int]] | None = None


def match(snapshot: Snapshot, tree: Tree, scope: Scope = Scope.ALL) -> Matches:
    """The documents that match ``tree``; when nothing is asked for, all that have text in ``scope``."""
    if not tree.required:
        everything = matches(snapshot.searcher, whoosh.Every("quotes")) if scope is Scope.QUOTES else snapshot.ids
        numbers = set(everything) - _excluded(snapshot, tree)
        return Matches(dict.fromkeys(numbers, 0), dict.fromkeys(numbers, 0.0), "all")
    having = [scores(snapshot.searcher, _query(snapshot, clause)) for clause in tree.required]
    found = Counter(n for scored in having for n in scored)
    for number in _excluded(snapshot, tree):
        found.pop(number, None)
    wanted = len(tree.required)
    complete = {n: count for n, count in found.items() if count == wanted}
    enough = wanted if len(complete) >= FEW else wanted * MOST
    references = [scored for clause, scored in zip(tree.required, having, strict=True) if is_reference(clause)]
    kept = {n: c for n, c in found.items() if c >= enough and all(n in scored for scored in references)}
    said = _said_by(snapshot, tree, having, enough, kept.keys()) if any(map(is_said, tree.required)) else None
    matching: Literal["all", "some"] = "all" if len(kept) == len(complete) else "some"
    return Matches(kept, {n: sum(scored.get(n, 0.0) for scored in having) for n in kept}, matching, said)


def _said_by(
    snapshot: Snapshot, tree: Tree, having: Sequence[Collection[int]], enough: float, kept: Collection[int]
) -> dict[str, set[int]]:
    """For each speaker the matching documents in which the words looked for in quotations are that speaker's."""
    plain: Counter[int] = Counter()  # clauses that a document has whoever speaks
    said: dict[str, Counter[int]] = {}
    for clause, numbers in zip(tree.required, having, strict=True):
        if not is_said(clause):
            plain.update(numbers)
            continue
        spoken: dict[str, set[int]] = {}
        for atom in alternatives_of(clause):
            if isinstance(atom, Said):
                for speaker, documents in speakers_of(snapshot.searcher, atom).items():
                    spoken.setdefault(speaker, set()).update(documents)
        for speaker, documents in spoken.items():
            said.setdefault(speaker, Counter()).update(documents)
    return {
        speaker: {n for n, count in counts.items() if n in kept and count + plain[n] >= enough}
        for speaker, counts in said.items()
    }


def _excluded(snapshot: Snapshot, tree: Tree) -> set[int]:
    """The documents that have an excluded clause or do not meet the conditions."""
    excluded = {n for clause in tree.excluded for n in matches(snapshot.searcher, _query(snapshot, clause))}
    excluded.update(n for condition in tree.exceptions for n in meeting(snapshot, condition))
    for alternatives in tree.conditions:
        excluded |= snapshot.ids.keys() - {n for one in alternatives for n in meeting(snapshot, one)}
    return excluded


def _query(snapshot: Snapshot, clause: Clause) -> Any:
    return clause_query(snapshot.searcher.reader(), clause)


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
