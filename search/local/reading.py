"""What the local engine tells for a query to be understood."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.common.spelling import Speller
from search.local.clauses import clause_found
from search.local.lookup import LEADING
from search.local.matching import Matches, match
from search.local.scored import all_of
from search.local.snapshot import Snapshot
from search.query import Scope
from search.tree import Clause, Tree, Word


@dataclass(frozen=True, slots=True)
class LocalReader:
    """A :class:`search.common.understanding.Reader` over a snapshot."""

    snapshot: Snapshot

    @property
    def speller(self) -> Speller:
        """What corrects spelling."""
        return self.snapshot.speller

    def read(self, text: str, scope: Scope = Scope.ALL) -> Tree:
        """The tree of what was typed, with the names that it holds."""
        return self.snapshot.read(text, scope)

    def found(self, tree: Tree, scope: Scope) -> Matches:
        """What matches."""
        return match(self.snapshot, tree, scope)

    def has_term(self, term: str) -> bool:
        """Whether any release has a term."""
        return self.snapshot.lookup.number(term) >= 0

    def occurs(self, clause: Clause) -> bool:
        """Whether any release has what a clause asks for."""
        return len(clause_found(self.snapshot, clause).documents) > 0

    def leading(self, words: Sequence[Word], written: Sequence[str]) -> int:
        """How many releases have all of these in title or lead."""
        lookup = self.snapshot.lookup
        found = [lookup.find(word, LEADING) for word in words]
        found += (lookup.written(word, LEADING) for word in written)
        return len(all_of(found).documents)
