"""Lines of text put aside in a file that is gone when it is no longer used: all documents would fill the memory."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile


class Spool:
    """Lines in a file without a name, which lies in ``folder``, or where temporary files do."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = TemporaryFile("w+", encoding="utf-8", dir=folder)  # noqa: SIM115 (close)
        self._count = 0

    def add(self, line: str) -> None:
        """Put a line at the end."""
        self._file.write(f"{line}\n")
        self._count += 1

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return (line.removesuffix("\n") for line in self._file)
