"""What the engines of the faceted search share: the job, and the releases as they are given to each."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import snowballstemmer

from index.document import Document
from index.facets import FACETS

SIZE = 20
COUNTED = ("year", "minister", "agency")
_WORD = re.compile(r"\w+")
_FACETS = {facet.key: facet for facet in FACETS}


class Answer(NamedTuple):
    """The hit count, the ids of the first ``SIZE`` hits, best first, and the counts in the engine's own shape."""

    total: int
    ids: Sequence[str]
    counts: Any


class Peer(Protocol):
    """An engine over releases, in memory, or on disk when it was made with a folder."""

    def add(self, documents: Sequence[Document]) -> None:
        """Put releases in and make them searchable."""

    def replace(self, documents: Sequence[Document]) -> None:
        """Put releases in the place of those with the same ids and make them searchable."""

    def ask(self, text: str) -> Answer:
        """Search for all words of ``text``."""


def values_of(document: Document) -> dict[str, list[str]]:
    """The keys of each counted facet's values, in the order of ``COUNTED``."""
    release, annotations = document.release, document.annotations
    return {key: [value.id for value in _FACETS[key].values(release, annotations)] for key in COUNTED}


def texts_of(document: Document) -> dict[str, str]:
    """What is searched: the title, and the summary and the body as one."""
    release = document.release
    return {"title": release.title, "body": f"{release.summary}\n{release.body}"}


def words_of(text: str) -> list[str]:
    """Runs of letters and digits."""
    return _WORD.findall(text)


def stemmed(text: str) -> list[str]:
    """The Swedish stems of a text's words, for an engine that can't stem them itself."""
    return [_stem()(word) for word in words_of(text.casefold())]


class Codes:
    """Small whole numbers for the values of each facet, in order of first sight."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, int]] = {key: {} for key in COUNTED}

    def __call__(self, document: Document) -> dict[str, list[int]]:
        """The numbers of a document's values."""
        found = values_of(document)
        return {key: [self._of[key].setdefault(v, len(self._of[key])) for v in found[key]] for key in COUNTED}


@lru_cache(maxsize=1)
def _stem() -> Callable[[str], str]:
    return lru_cache(maxsize=None)(snowballstemmer.stemmer("swedish").stemWord)
