"""What tests of the local engine's parts share: a snapshot of a few releases, and what is found in it by name."""

from collections.abc import Iterable
from pathlib import Path

from index.document import Document
from index.store import DataFolder
from search.language import parse
from search.local.scored import Scored
from search.local.snapshot import Snapshot
from search.tree import Words, only_words
from tests.builders import publish


def snapshot_of(folder: Path, documents: Iterable[Document]) -> Snapshot:
    publish(folder, documents)
    return Snapshot(DataFolder(folder).current())


def words(typed: str) -> Words:
    """The words of a query of one clause."""
    (clause,) = parse(typed).required
    found = only_words(clause)
    assert found is not None
    return found


def named(snapshot: Snapshot, found: Scored) -> dict[str, float]:
    ids = snapshot.arrays.documents.ids
    return {ids[n]: score for n, score in zip(found.documents.tolist(), found.scores.tolist(), strict=True)}
