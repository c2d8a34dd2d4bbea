"""What answers now: an index in the cluster, with its words and names, and how it is noticed that there is another."""

import contextlib
import logging
import math
import os
import time
from collections.abc import Callable, Sequence
from threading import Lock, Thread
from typing import TypeVar

from index.errors import ClusterUnavailable, DamagedGeneration, IndexUnavailable, NoGeneration, PressokError
from index.opensearch.catalog import Catalog, Published
from index.opensearch.connection import Connection, seconds_left
from index.swedish.analysis import swedish_analyzer
from search.common.spelling import Speller
from search.opensearch.asking import Asking, Dsl, all_of
from search.opensearch.clauses import LEADING, Clauses
from search.opensearch.matching import Matching
from search.opensearch.vocabulary import Vocabulary
from search.query import Scope
from search.tree import Clause, Tree, Word

_log = logging.getLogger(__name__)
T = TypeVar("T")
LOOKED_AFTER = 1.0
"""Seconds after which it is looked again whether something else is published."""


class Snapshot:
    """An index at one of its states. It is a :class:`search.common.understanding.Reader`."""

    def __init__(self, connection: Connection, catalog: Catalog, published: Published) -> None:
        swedish_analyzer()  # refuses to answer where queries would not be stemmed as the index was
        self.published = published
        self.generation = f"{catalog.number_of(published.index)}.{published.revision}"
        self.asking = Asking(connection, published)
        self.vocabulary = Vocabulary(catalog, self.asking)
        self.clauses = Clauses(self.vocabulary, self.asking)

    @property
    def speller(self) -> Speller:
        """What corrects spelling."""
        return self.vocabulary.speller

    def read(self, text: str, scope: Scope = Scope.ALL) -> Tree:
        """The tree of what was typed, with the names that it holds."""
        return self.vocabulary.read(text, scope)

    def found(self, tree: Tree, scope: Scope) -> Matching:
        """What matches."""
        return Matching.of(self.asking, self.clauses, tree, scope)

    def has_term(self, term: str) -> bool:
        """Whether any release has a term."""
        return self.vocabulary.has_term(term)

    def occurs(self, clause: Clause) -> bool:
        """Whether any release has what a clause asks for."""
        return self.asking.count(self.clauses.found(clause)) > 0

    def leading(self, words: Sequence[Word], written: Sequence[str]) -> int:
        """How many releases have all of these in title or lead."""
        found: list[Dsl] = [self.clauses.within(word, LEADING) for word in words]
        return self.asking.count(all_of([*found, *({"term": {"lead_words": word}} for word in written)]))

    def kept(self, release_id: str) -> Dsl | None:
        """What the cluster keeps of a release, or of the one that stands in for it."""
        found = self.asking.document(release_id)
        if found is None and (other := self.vocabulary.stand_ins.get(release_id)):
            return self.asking.document(other)
        return found


class Holder:
    """Holds the snapshot that answers, and renews it.

    Whether there is something newer is asked once a second at most, when somebody searches. It is read in a thread of
    its own while the one before it goes on answering: updates are seen at once, since they are in the same index, and
    only what is known of all releases together comes a moment later. Reading takes as long as it takes; who waits for
    it does so only for as long as an answer may take.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._catalog = Catalog(connection)
        self._snapshot: Snapshot | None = None
        self._failure: IndexUnavailable | None = None
        self._starting = Lock()
        self._reading: tuple[int, Thread] | None = None
        self._looked = 0.0

    def prepare(self) -> None:
        """Read what is published now, also where something answers already, and all that is made of it."""
        self._read_soon().join()
        if self._snapshot:
            with contextlib.suppress(IndexUnavailable):
                self._snapshot.vocabulary.prepare()

    def now(self) -> Snapshot:
        """What answers. Raises :class:`IndexUnavailable` when nothing can."""
        snapshot = self._snapshot
        if snapshot is None:
            return self._first()
        if time.monotonic() - self._looked > LOOKED_AFTER:
            self._read_soon()
        return snapshot

    def _first(self) -> Snapshot:
        left = seconds_left()
        reading = self._read_soon()
        reading.join(None if math.isinf(left) else max(left, 0.0))
        if self._snapshot:
            return self._snapshot
        if reading.is_alive() or not self._failure:
            raise ClusterUnavailable("The words of the index are still being read. Try again in a while.")
        raise self._failure

    def answering(self, answer: Callable[[Snapshot], T]) -> T:
        """What the present snapshot answers, or, when its index is just gone, the next one."""
        snapshot = self.now()
        try:
            return answer(snapshot)
        except (NoGeneration, DamagedGeneration):
            if self._snapshot is snapshot:
                self._snapshot = None
            return answer(self.now())

    def _read_soon(self) -> Thread:
        """The thread that reads what is published; it is started unless it runs. One of another process does not."""
        with self._starting:
            if self._reading and self._reading[0] == os.getpid() and self._reading[1].is_alive():
                return self._reading[1]
            self._looked = time.monotonic()
            thread = Thread(target=self._read, name="pressok-reading", daemon=True)
            self._reading = os.getpid(), thread
            thread.start()
            return thread

    def _read(self) -> None:
        before = self._snapshot
        try:
            published = self._catalog.published()
            if published is None:
                raise NoGeneration(
                    "There is no index in the cluster. Run 'pressok rebuild SOURCE…' where the archive is."
                )
            if before and published.state == before.published.state:
                before.published = published  # it may tell of sources that were read and brought nothing
                return
            found = Snapshot(self._connection, self._catalog, published)
            if before:
                found.vocabulary.prepare()
            self._snapshot, self._failure = found, None
        except PressokError as error:
            self._failure = error if isinstance(error, IndexUnavailable) else ClusterUnavailable(str(error))
            if before:
                _log.error("Still answering from %s: %s", before.generation, error)
