"""When the sources were last read to the end: a file beside the generations, since such a run may publish none."""

import os
from datetime import datetime
from pathlib import Path

from index.checksums import sync

NAME = "LAST_UPDATE"


class LastUpdate:
    """The file ``LAST_UPDATE`` of a data folder: one line, the time as ISO 8601 in UTC."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._known: tuple[tuple[int, int] | None, str | None] = (None, None)

    def note(self, at: str) -> None:
        """Write that a run which read its sources ended well ``at`` this time. Raises :class:`OSError`."""
        new = self._path.with_name(f"{NAME}.new")
        with new.open("w", encoding="ascii") as file:
            file.write(at + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._path)
        sync(self._path.parent)

    def read(self) -> str | None:
        """The time that was noted last; None: none was, or it can't be read. Read anew when the file was replaced."""
        try:
            stat = self._path.stat()
        except OSError:
            return None
        signature = (stat.st_ino, stat.st_mtime_ns)
        if self._known[0] != signature:
            self._known = (signature, self._read())
        return self._known[1]

    def _read(self) -> str | None:
        try:
            text = self._path.read_text(encoding="ascii").strip()
            datetime.fromisoformat(text)
        except (OSError, ValueError):
            return None
        return text
