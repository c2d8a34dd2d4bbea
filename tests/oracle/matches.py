"""Which documents match a query, before any filter."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.arrays.weights import Weights
from index.document import Document
from index.facets import FACETS
from index.swedish.lexicon import Lexicon
from index.text import key_of
from search.language import parse
from search.local import lookup, matching
from search.naming import NameBook
from search.query import Query, Scope
from search.tree import Clause, Condition, During, Tree, Word, is_reference
from tests.oracle.clauses import Clauses, asks_for_speech
from tests.oracle.texts import Found


@dataclass(frozen=True)
class Matched:
    """What matches, before any filter."""

    tree: Tree
    scores: Found
    complete: set[int]
    said: dict[int, dict[str, float]] = field(default_factory=dict)
    """For documents in which quotations have what is asked of them: the weight that each speaker's words bring in."""
    plain: dict[int, float] = field(default_factory=dict)
    """The weight of what is asked of all the text and is there."""
    enough: float = 0.0


class Matches(Clauses):
    """Finds what matches. ``lexicon`` is the one of the generation that this is compared with."""

    def __init__(self, documents: Sequence[Document], lexicon: Lexicon, weights: Weights = Weights()) -> None:  # noqa: B008
        super().__init__(documents, lexicon, weights)
        labels: dict[str, dict[str, str]] = {facet.key: {} for facet in FACETS}
        for document in documents:
            for facet in FACETS:
                labels[facet.key].update((e.id, e.name) for e in facet.values(document.release, document.annotations))
        self.names = NameBook.of(labels)

    def match(self, query: Query) -> Matched:
        tree = self.names.read(parse(query.text, query.scope))
        allowed = self._allowed(tree)
        if not tree.required:
            found = {n for n in allowed if query.scope is Scope.ALL or self.quotes[n]}
            return Matched(tree, dict.fromkeys(found, 0.0), found)
        found_by = [self.clause(clause) for clause in tree.required]
        weights = [self._weight(c, f) for c, f in zip(tree.required, found_by, strict=True)]
        for clause, one in zip(tree.required, found_by, strict=True):
            if is_reference(clause):
                allowed &= one.keys()
        scores = {n: sum(one.get(n, 0.0) for one in found_by) for n in allowed}
        complete = {n for n in allowed if all(n in one for one in found_by)}
        matched, enough = complete, sum(weights)
        if len(complete) < matching.FEW:
            least, shares = matching.MOST * enough - 1e-9, dict.fromkeys(allowed, 0.0)
            for clause, one, weight in zip(tree.required, found_by, weights, strict=True):
                for n in allowed:
                    share, score = self._share(n, clause, one)
                    shares[n] += share * weight
                    scores[n] += score
            matched = complete | {n for n in allowed if shares[n] > 0 and shares[n] >= least}
            enough = enough if matched == complete else least
        said, plain = self._attributed(tree, found_by, weights, matched)
        return Matched(tree, {n: scores[n] for n in matched}, complete, said, plain, enough - 1e-9)

    def _weight(self, clause: Clause, found: Found) -> float:
        """How telling a clause is; what is nowhere, not even in part, tells nothing."""
        in_part = isinstance(clause, Word) and self.parts(clause)
        return self.weight(len(found)) if found or in_part else 0.0

    def _share(self, n: int, clause: Clause, found: Found) -> tuple[float, float]:
        """Which share of a clause a document has, and what scores that is not in ``found``."""
        if n in found:
            return 1.0, 0.0
        parts = self.parts(clause) if isinstance(clause, Word) else []
        having = [self.scored(part)[n] for part in parts if n in self.scored(part)]
        return (len(having) / len(parts), lookup.PARTS * sum(having)) if parts else (0.0, 0.0)

    def _attributed(
        self, tree: Tree, found_by: list[Found], weights: list[float], matched: set[int]
    ) -> tuple[dict[int, dict[str, float]], dict[int, float]]:
        said: dict[int, dict[str, float]] = {n: defaultdict(float) for n in matched}
        plain = dict.fromkeys(matched, 0.0)
        for n in matched:
            for clause, one, weight in zip(tree.required, found_by, weights, strict=True):
                if not asks_for_speech(clause):
                    plain[n] += weight if n in one else 0.0
                for speaker in self._speakers(n, clause):
                    said[n][speaker] += weight
        return said, plain

    def _allowed(self, tree: Tree) -> set[int]:
        allowed = set(self.all)
        for clause in tree.excluded:
            allowed -= self.clause(clause).keys()
        return {
            n
            for n in allowed
            if not any(meets(self.documents[n], condition) for condition in tree.exceptions)
            and all(any(meets(self.documents[n], one) for one in row) for row in tree.conditions)
        }


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
