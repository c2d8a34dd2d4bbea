"""What every engine can do; one contract test suite holds all of them to it."""

from collections.abc import Iterator
from typing import Protocol

from index.document import Document, Version
from search.page import Hit, Marked, Page, Related, Status, Suggestion
from search.profile import Profile
from search.query import Query
from search.timeline import Step, Timeline


class Engine(Protocol):
    """Answers over the published generation.

    Every method raises :class:`index.errors.IndexUnavailable` when there is none that can answer.
    """

    def search(self, query: Query) -> Page:
        """The page of the result that ``query`` asks for. Never fails for what was typed."""

    def get(self, release_id: str) -> Document | None:
        """The release with this id, or None."""

    def versions(self, release_id: str) -> tuple[Version, ...]:
        """Every version of a release that there was, oldest first: the last is the present one.

        None of a release that there is not.
        """

    def mark(self, text: str, query_text: str) -> Marked:
        """``text`` with the words of ``query_text`` marked."""

    def similar(self, release_id: str, size: int = 5) -> tuple[Hit, ...] | None:
        """Releases on the same matter, most alike first; None when there is no such release."""

    def related(self, release_id: str, size: int = 3) -> Related | None:
        """The at most ``size`` releases before, and as many after, that are most alike of those on the same matter and
        share a minister with this one; None when there is no such release. Time is the middle of the span.
        """

    def timeline(self, query: Query, step: Step, *, complete: bool = False) -> Timeline:
        """The hits of ``query`` by period, those of all its pages; ``complete``: only those that have all the words.

        The rows cover the days that the query asks for (:func:`search.timeline.days_asked`), else the whole periods
        from the first to the last that any hit touches. Raises :class:`ValueError` when that would be more rows than
        :data:`search.timeline.MOST_ROWS`.
        """

    def profile(self, facet: str, value: str, size: int = 24) -> Profile | None:
        """What the releases of a minister, a department or an agency tell, with ``size`` typical words.

        None when no release has it. Raises :class:`ValueError` for a facet that is not in
        :data:`search.profile.PROFILED`.
        """

    def suggest(self, text: str, size: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what is being typed."""

    def export(self, query: Query) -> Iterator[Document]:
        """Every release of the result in its order, not only of a page."""

    def status(self) -> Status:
        """What is published."""
