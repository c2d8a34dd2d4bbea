"""Taking what the sources of one run give into the archive, and accounting for every piece of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from index.archive import Archive, Settled, Taken
from index.duplicates import groups, stand_ins
from index.sources import Found, Item, Rejected, is_there, name_of, read

# Wraps what a source gives on its way into the archive: given its path and that, it yields it unchanged.
Reading = Callable[[Path, Iterable[Item]], Iterable[Item]]


@dataclass(slots=True)
class Counts:
    """``read`` pages and records became ``releases``, were ``merged``, ``forgotten`` earlier, or ``rejected``."""

    read: int = 0
    releases: int = 0
    merged: int = 0
    forgotten: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    settled: Settled = field(default_factory=Settled)


def take_in(archive: Archive, sources: Iterable[Path], now: str, reading: Reading | None = None) -> Counts:
    """Take everything in ``sources`` into the archive as a run at the ISO time ``now``."""
    intake = _Intake(archive, now)
    for path in sources:
        items = read(path)
        intake.take(path, reading(path, items) if reading else items)
    return intake.finish()


class _Intake:
    def __init__(self, archive: Archive, now: str) -> None:
        self._archive = archive
        self._now = now
        self._counts = Counts()

    def take(self, path: Path, items: Iterable[Item]) -> None:
        """Take in what a source gives."""
        counts = self._counts
        source = name_of(path.resolve())
        rejected_before, found = len(counts.rejected), 0
        for item in items:
            counts.read += 1 if isinstance(item, Rejected) else item.units
            if isinstance(item, Rejected):
                counts.rejected.append(item)
            else:
                self._take_release(item, source)
                found += 1
        # A source that could not be read whole, or is empty, says nothing about what is gone.
        if found and len(counts.rejected) == rejected_before:
            self._archive.unsay(source, self._now)

    def _take_release(self, found: Found, source: str) -> None:
        counts = self._counts
        taken = None if self._clashes(found, source) else self._put(found, source)
        if taken is Taken.FORGOTTEN:
            counts.forgotten += found.units
        else:  # of all units, one is the release, or was rejected
            counts.merged += found.units if taken is Taken.AGAIN else found.units - 1

    def _put(self, found: Found, source: str) -> Taken:
        return self._archive.put(found.release, source, found.key, self._now)

    def _clashes(self, found: Found, source: str) -> bool:
        """Reject a file that is known by its name only, when another source has a file of that name."""
        if found.release.url is not None or found.key == found.release.id:
            return False
        other = self._archive.other_text(found.release, source)
        if other is None or not is_there(Path(other)):
            return False
        reason = (
            f"another source ({other}) has a file of the same name with another text, and a page without an address "
            "is known by its file name: rename one of them"
        )
        self._counts.rejected.append(Rejected(f"{found.source}: {found.key}", reason))
        return True

    def finish(self) -> Counts:
        """Settle the archive; what was counted."""
        counts, now = self._counts, self._now
        for source in self._archive.sources():
            if not is_there(Path(source)):  # moved or renamed: what it was moved to has the say
                self._archive.supersede(source, now)
        counts.settled = self._archive.settle(now)
        seen = self._archive.seen(now)
        copies = seen & stand_ins(groups(self._archive.sharing_titles())).keys()
        counts.releases = len(seen - copies)
        counts.merged += len(copies)
        return counts
