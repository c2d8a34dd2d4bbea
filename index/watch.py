"""Watching a folder: when what lies in it has changed and come to rest, it is taken into the index.

The folder is looked at every few seconds rather than by the kernel's notices: those do not come from network file
systems, differ between systems and do not say when a file is complete either. The folder is read as one source, just
as ``pressok update FOLDER`` reads it, so that the two can be used side by side, and what was taken out is noticed.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from index.build import Summary, update
from index.sources import SourceError, name_of, require
from index.store import DataFolder

# For every file its inode, size and time of change: what differs when it was written to or replaced.
Look = dict[str, tuple[int, int, int]]


def look_at(folder: Path) -> Look:
    """Every file below the folder that is not hidden, as it is now."""
    found: Look = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in files if not name.startswith(".")):
            try:
                stat = path.stat()
            except OSError:  # gone since, or a link that leads nowhere
                continue
            found[str(path)] = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
    return found


class Watcher:
    """Keeps an index up to date with a folder. Call :meth:`step` again and again.

    ``settled`` is how many seconds nothing in the folder may have changed before it is read, so that no half-written
    file is. ``renew`` updates an index from sources, as :func:`update` does. Raises :class:`SourceError` when there is
    no such folder, or when it holds the data folder, whose own changes would never let it rest.
    """

    def __init__(
        self,
        folder: Path,
        data: DataFolder,
        settled: float,
        *,
        renew: Callable[[DataFolder, list[Path]], Summary] = update,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        require(folder)
        if data.path.resolve().is_relative_to(folder.resolve()):
            raise SourceError(f"{name_of(folder)} holds the data folder {data.path}. Watch a folder beside it.")
        self._folder = folder
        self._data = data
        self._settled = settled
        self._renew = renew
        self._clock = clock
        self._seen: Look | None = None
        self._since = 0.0
        self._indexed: Look | None = None

    def step(self) -> Summary | None:
        """Look once; if something has changed and everything is at rest, update, and give what that did.

        Raises what updating raises; the next step tries again.
        """
        now = look_at(self._folder)
        if now != self._seen:
            self._seen, self._since = now, self._clock()
        if now == self._indexed or self._clock() - self._since < self._settled:
            return None
        summary = self._renew(self._data, [self._folder])
        self._indexed = now  # what changed meanwhile is another look, and the next step's
        return summary
