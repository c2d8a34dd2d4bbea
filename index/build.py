"""``rebuild`` and ``update``: from sources over the archive to a published generation."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from index.annotate import Annotator, Tables
from index.archive import Archive, Taken
from index.document import Document
from index.publisher import Publisher, WhooshPublisher
from index.release import Release
from index.sources import Found, Rejected, read
from index.store import DataFolder

# Wraps the documents on their way into the index: given their number and them, it yields them unchanged.
Progress = Callable[[int, Iterable[Document]], Iterable[Document]]


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


def rebuild(folder: DataFolder, sources: Iterable[Path], progress: Progress | None = None) -> Summary:
    """Take ``sources`` into the archive, if any, and publish a whole new generation made from it."""
    return _run(folder, sources, afresh=True, progress=progress)


def update(folder: DataFolder, sources: Iterable[Path], progress: Progress | None = None) -> Summary:
    """Take ``sources`` into the archive and publish a generation in which only what changed is written.

    When nothing changed, nothing is published. When the code or the tables changed, everything did.
    """
    return _run(folder, sources, afresh=False, progress=progress)


def forget(folder: DataFolder, release_id: str) -> bool:
    """Erase a release for good and publish a generation without it; False: there is none with this id.

    The generation is made afresh, and earlier ones removed, because an index that was only updated still
    holds the text of what was taken out of it.
    """
    with folder.writing(), Archive.open(folder.archive) as archive:
        with archive.transaction():
            erased = archive.forget(release_id, _now())
        if erased:
            archive.compact()
            _publish(folder, archive, Summary(), afresh=True, progress=None)
            folder.remove_old(kept=1)
    return erased


def _run(folder: DataFolder, sources: Iterable[Path], *, afresh: bool, progress: Progress | None) -> Summary:
    start = time.perf_counter()
    summary = Summary()
    with folder.writing(), Archive.open(folder.archive) as archive:
        with archive.transaction():
            intake = _Intake(archive, summary, _now())
            for source in sources:
                intake.take(source)
        _write_rejects(folder.rejects, summary.rejected)
        if len(archive):
            _publish(folder, archive, summary, afresh=afresh, progress=progress)
    summary.seconds = time.perf_counter() - start
    return summary


class _Intake:
    """Takes what the sources of one run give into the archive."""

    def __init__(self, archive: Archive, summary: Summary, now: str) -> None:
        self._archive = archive
        self._summary = summary
        self._now = now
        self._taken: dict[str, tuple[str, Release]] = {}

    def take(self, path: Path) -> None:
        source = str(path.resolve())
        rejected_before = len(self._summary.rejected)
        found = 0
        for item in read(path):
            if isinstance(item, Rejected):
                self._reject(item, 1)
            else:
                self._take_release(item, source)
                found += 1
        # A source that could not be read whole, or is empty, says nothing about what is gone.
        if found and len(self._summary.rejected) == rejected_before:
            self._summary.marked_removed += self._archive.mark_removed(source, self._now)

    def _reject(self, rejected: Rejected, units: int) -> None:
        self._summary.read += units
        self._summary.merged += units - 1
        self._summary.rejected.append(rejected)

    def _take_release(self, found: Found, source: str) -> None:
        release = found.release
        earlier = self._taken.get(release.id)
        if earlier and release.url is None and earlier[0] != source and earlier[1] != release:
            reason = (
                f"another source of this run ({earlier[0]}) has a file of the same name with another text, and a page "
                "without an address is known by its file name: rename one of them"
            )
            self._reject(Rejected(f"{found.source}: {found.key}", reason), found.units)
            return
        if earlier:
            release = earlier[1].completed_by(release)
        self._taken[release.id] = (source, release)
        self._count(self._archive.put(release, source, found.key, self._now), found.units, again=bool(earlier))

    def _count(self, taken: Taken, units: int, *, again: bool) -> None:
        summary = self._summary
        summary.read += units
        if taken is Taken.FORGOTTEN:
            summary.forgotten += units
            return
        summary.merged += units - (not again)
        summary.releases += not again
        summary.new += taken is Taken.NEW
        summary.changed += taken is Taken.CHANGED


def _publish(
    folder: DataFolder, archive: Archive, summary: Summary, *, afresh: bool, progress: Progress | None
) -> None:
    publisher: Publisher = WhooshPublisher(folder)
    held = publisher.begin(afresh=afresh)
    try:
        present = archive.digests()
        due = [release_id for release_id, digest in present.items() if held.get(release_id) != digest]
        gone = held.keys() - present.keys()
        documents = _annotated(archive, due)
        for document in progress(len(due), documents) if progress else documents:
            publisher.add(document, present[document.release.id])
        for release_id in gone:
            publisher.remove(release_id)
        if afresh or due or gone:
            summary.generation = publisher.publish(_now())
        else:
            publisher.discard()
    except BaseException:
        publisher.discard()
        raise
    summary.indexed, summary.written, summary.erased = len(present), len(due), len(gone)


def _annotated(archive: Archive, release_ids: Iterable[str]) -> Iterator[Document]:
    annotator = Annotator(Tables.load())
    for release, provenance in archive.present(release_ids):
        yield Document(release, annotator.annotate(release), provenance)


def _write_rejects(path: Path, rejected: Iterable[Rejected]) -> None:
    lines = (json.dumps({"name": r.name, "reason": r.reason}, ensure_ascii=False) + "\n" for r in rejected)
    path.write_text("".join(lines), encoding="utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
