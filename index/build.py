"""``rebuild``, ``update`` and ``forget``: from sources over the archive to a published generation."""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.archive import Archive
from index.corrections import Correction, Corrections
from index.document import Document
from index.duplicates import groups
from index.errors import ArchiveError
from index.intake import Counts, Reading, take_in
from index.publisher import Publisher, WhooshPublisher
from index.recognising import PROCESSES
from index.sources import Rejected, require
from index.stock import Stock
from index.store import DataFolder

# Wraps the documents on their way into the index: given their number and them, it yields them unchanged.
Progress = Callable[[int, Iterable[Document]], Iterable[Document]]
# What publishes the releases that a data folder keeps: beside them, or elsewhere.
Publishing = Callable[[DataFolder], Publisher]


@dataclass(slots=True)
class Summary:
    """What a run did. ``read`` pages and records became ``releases``, were ``merged`` or ``rejected``."""

    read: int = 0
    releases: int = 0
    merged: int = 0
    forgotten: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    marked_removed: int = 0
    indexed: int = 0
    written: int = 0
    erased: int = 0
    unused_corrections: list[Correction] = field(default_factory=list)
    generation: str = ""
    seconds: float = 0.0

    @property
    def adds_up(self) -> bool:
        """Whether every page and record that was read is accounted for."""
        return self.read == self.releases + self.merged + self.forgotten + len(self.rejected)

    @property
    def per_second(self) -> float:
        """Releases in the index per second of the whole run."""
        return self.indexed / self.seconds if self.seconds else 0.0

    def count(self, counts: Counts) -> None:
        """Take over what became of the sources."""
        self.read, self.releases, self.merged = counts.read, counts.releases, counts.merged
        self.forgotten, self.rejected = counts.forgotten, counts.rejected
        settled = counts.settled
        self.new, self.changed, self.marked_removed = settled.new, settled.changed, settled.removed


@dataclass(frozen=True, slots=True)
class _Making:
    """How a generation is made of what the archive has."""

    keep_removed: bool = True
    progress: Progress | None = None
    processes: int = PROCESSES
    publishing: Publishing = WhooshPublisher


def rebuild(
    folder: DataFolder,
    sources: Iterable[Path],
    progress: Progress | None = None,
    reading: Reading | None = None,
    processes: int = PROCESSES,
    keep_removed: bool = True,
    publishing: Publishing = WhooshPublisher,
) -> Summary:
    """Take ``sources`` into the archive, if any, and publish a whole new generation made from it.

    Names and quotations are recognised by so many ``processes``, at most one for each core. What no source has any
    more is in the generation, and marked, with ``keep_removed``; the archive keeps it in any case.
    """
    making = _Making(keep_removed, progress, processes, publishing)
    return _run(folder, list(sources), making, afresh=True, reading=reading)


def update(
    folder: DataFolder,
    sources: Iterable[Path],
    progress: Progress | None = None,
    reading: Reading | None = None,
    processes: int = PROCESSES,
    keep_removed: bool = True,
    publishing: Publishing = WhooshPublisher,
) -> Summary:
    """Take ``sources`` into the archive and publish a generation in which only what changed is written.

    When nothing changed, nothing is published. When the code or the tables changed, everything did.
    """
    making = _Making(keep_removed, progress, processes, publishing)
    return _run(folder, list(sources), making, afresh=False, reading=reading)


def forget(
    folder: DataFolder, release_id: str, *, keep_removed: bool = True, publishing: Publishing = WhooshPublisher
) -> bool:
    """Erase a release for good and publish a generation without it; False: there is none with this id.

    The generation is made afresh, and earlier ones removed, because an index that was only updated still
    holds the text of what was taken out of it. Forgetting again finishes what was interrupted.
    """
    publisher = publishing(folder)
    if not publisher.is_published and not folder.archive.exists():
        raise ArchiveError(f"There is no archive in {folder.path}. Name the data folder with --data.")
    corrections = Corrections.load(folder.corrections)
    with folder.writing(), _archive(folder, publisher) as archive:
        if not (release_id in archive or archive.has_forgotten(release_id) or publisher.holds(release_id)):
            return False
        tellings = next((g.ids for g in groups(archive.sharing_titles()) if release_id in g.ids), (release_id,))
        with archive.transaction():
            for telling in tellings:
                archive.forget(telling, _now())
        _publish(publisher, archive, corrections, Summary(), _Making(keep_removed), afresh=True)
        publisher.remove_old()
        archive.compact()
    return True


def verify(folder: DataFolder, *, keep_removed: bool = True, publishing: Publishing = WhooshPublisher) -> None:
    """Raise :class:`ArchiveError` unless the archive is whole and gives as many releases as are published.

    Nothing is written, so that a folder that is read only can be verified.
    """
    with Archive.open(folder.archive, "ro") as archive:
        archive.check()
        given = len(Stock(archive, Corrections({}), keep_removed=keep_removed).digests)
    held = publishing(folder).counts()["releases"]
    if given != held:
        raise ArchiveError(f"The archive gives {given} releases and the index holds {held}. Run 'pressok update'.")


def _run(
    folder: DataFolder,
    sources: list[Path],
    making: _Making,
    *,
    afresh: bool,
    reading: Reading | None,
) -> Summary:
    start = time.perf_counter()
    summary = Summary()
    corrections = Corrections.load(folder.corrections)  # first: a wrong file stops the run before it did anything
    for source in sources:
        require(source)
    publisher = making.publishing(folder)
    with folder.writing(), _archive(folder, publisher) as archive:
        with archive.transaction():
            summary.count(take_in(archive, sources, _now(), reading))
        if sources:
            _write_rejects(folder.rejects, summary.rejected)
        _publish(publisher, archive, corrections, summary, making, afresh=afresh)
        if sources and publisher.is_published:
            publisher.note_update(_now())
    summary.seconds = time.perf_counter() - start
    return summary


def _archive(folder: DataFolder, publisher: Publisher) -> Archive:
    """The archive, which is made only where nothing is published: else it is lost, and its index must not follow."""
    return Archive.open(folder.archive, "rw" if publisher.is_published else "rwc")


def _publish(
    publisher: Publisher,
    archive: Archive,
    corrections: Corrections,
    summary: Summary,
    making: _Making,
    *,
    afresh: bool,
) -> None:
    """Publish what the archive gives; nothing when there never was anything."""
    stock = Stock(archive, corrections, keep_removed=making.keep_removed)
    summary.indexed = len(stock.digests)
    summary.unused_corrections = stock.unused_corrections()
    if not (stock.digests or publisher.is_published):
        return
    held = publisher.begin(afresh=afresh)
    try:
        due = [release_id for release_id, digest in stock.digests.items() if held.get(release_id) != digest]
        gone = held.keys() - stock.digests.keys()
        with closing(stock.documents(due, making.processes)) as documents:
            for document in making.progress(len(due), documents) if making.progress else documents:
                publisher.add(document, stock.digests[document.release.id], stock.earlier(document))
        for release_id in gone:
            publisher.remove(release_id)
        if afresh or due or gone or not held:
            summary.generation = publisher.publish(_now(), stock.stand_ins)
        else:
            publisher.discard()
    except BaseException:
        publisher.discard()
        raise
    summary.written, summary.erased = len(due), len(gone)


def _write_rejects(path: Path, rejected: Iterable[Rejected]) -> None:
    lines = (json.dumps({"name": r.name, "reason": r.reason}, ensure_ascii=False) + "\n" for r in rejected)
    path.write_text("".join(lines), encoding="utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
