"""Reading files safely: limits, encodings, and what a file is when it is not text."""

import gzip
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

from index.sources.items import Rejected, Unreadable

MB = 1_000_000
TEXT_LIMIT = 2 * MB
"""Bytes in one page text, Markdown page or line of JSON. The longest real page has a tenth of that."""
LIST_LIMIT = 64 * MB
"""Bytes in one JSON list or table of codes."""
MAX_UNPACKED = 4_000 * MB
"""Bytes in all that one packed file may unpack to, those of what is refused in it included."""
MAX_RATIO = 100
"""How many times its size a packed file may unpack to: far more than text does."""
SMALL = 64 * MB
"""What any packed file may unpack to, however small it is."""
MAX_DEPTH = 64
"""Folders within each other that are looked into. A real tree has four."""
TOO_DEEP = f"it lies in more than {MAX_DEPTH} folders within each other, which no real one does"

_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format 3": "an SQLite database",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_bytes(path: Path, limit: int) -> bytes:
    """The file's bytes. Raises :class:`Unreadable` when it has more than ``limit`` of them or can't be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("it is not an ordinary file")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise Unreadable(f"it can't be read: {error.strerror or error}") from error
    return within(data, limit)


def within(data: bytes, limit: int) -> bytes:
    """``data``, if it has no more than ``limit`` bytes. Raises :class:`Unreadable` otherwise."""
    if len(data) > limit:
        raise Unreadable(too_large(limit))
    return data


def too_large(limit: int) -> str:
    """The reason for refusing what has more than ``limit`` bytes."""
    return f"it is larger than {limit / MB:g} MB, which no real one is; split it or remove it"


def decode(data: bytes) -> str:
    """The text in ``data``: UTF-8 with or without a byte order mark, or UTF-16 with one.

    Raises :class:`Unreadable` with what it is instead: empty, an image, binary, or another encoding.
    """
    if not data.strip():
        raise Unreadable("it is empty")
    refuse_binary(data)
    if data.startswith(_UTF16_MARKS):
        return _decoded(data, "utf-16", "UTF-16")
    return _decoded(data, "utf-8-sig", "UTF-8")


def refuse_binary(data: bytes) -> None:
    """Raise :class:`Unreadable`, saying what it is, when the data is not text of any encoding."""
    for start, kind in _MAGIC.items():
        if data.startswith(start):
            raise Unreadable(f"it is {kind}, not text")
    if b"\0" in data and not data.startswith(_UTF16_MARKS):
        raise Unreadable("it is binary, not text")


def _decoded(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is not {name} (byte {error.start + 1:,} is wrong); save it as UTF-8") from error
    if not text.strip():
        raise Unreadable("it is empty")
    return text


class Unpacked:
    """Counts the bytes that a packed file gives, and refuses more than any real one has."""

    def __init__(self, path: Path) -> None:
        self._total = 0
        self._most = min(MAX_UNPACKED, max(SMALL, MAX_RATIO * path.stat().st_size))

    def take(self, data: bytes) -> bytes:
        """``data``, counted. Raises :class:`Unreadable` when that makes too many bytes."""
        self._total += len(data)
        if self._total > MAX_UNPACKED:
            raise Unreadable(f"it unpacks to more than {MAX_UNPACKED / MB:g} MB; split it")
        if self._total > self._most:
            raise Unreadable(f"it unpacks to more than {MAX_RATIO} times its size, which no text does; get it anew")
        return data


def lines_of(path: Path, limit: int) -> Iterator[bytes]:
    """The file's lines; of a longer line only the first ``limit + 1`` bytes. ``.gz`` files are unpacked.

    Raises :class:`Unreadable`, possibly after some lines.
    """
    try:
        unpacked = Unpacked(path)
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            while line := unpacked.take(file.readline(limit + 1)):
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = unpacked.take(file.readline(limit))
                yield line
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"it can't be read to its end: {error}") from error


def entries(folder: Path) -> list[Path]:
    """What lies in the folder, in the order of names, without hidden files. Raises :class:`Unreadable`."""
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise Unreadable(f"the folder can't be read: {error.strerror or error}") from error
    return sorted(found, key=lambda path: path.name)


def walk(folder: Path, root: Path) -> Iterator[Path | Rejected]:
    """Every file below the folder that is not hidden, in order; links that lead out of ``root`` are refused."""
    for found in listed(folder, root):
        if isinstance(found, Path) and found.is_dir():
            yield from walk(found, root)
        else:
            yield found


def listed(folder: Path, root: Path) -> Iterator[Path | Rejected]:
    """What lies in the folder itself and is not hidden, in order; links that lead out of ``root`` are refused.

    So is all that lies too deep.
    """
    if len(folder.relative_to(root).parts) > MAX_DEPTH:
        yield Rejected(name_in(root, folder), TOO_DEEP)
        return
    try:
        paths = entries(folder)
    except Unreadable as error:
        yield Rejected(name_in(root, folder), str(error))
        return
    for path in paths:
        refused = refuse_link(path, root)
        yield Rejected(name_in(root, path), refused) if refused else path


def refuse_link(path: Path, root: Path) -> str | None:
    """Why a symbolic link is not followed, or None when the path is none or leads to a file within ``root``."""
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "it is a link that leads nowhere"
    if not target.is_relative_to(root.resolve()):
        return "it is a link that leads out of the source; give what it leads to as a source of its own"
    return "it is a link to a folder, which is not followed" if target.is_dir() else None


def name_in(root: Path, path: Path) -> str:
    """The path within ``root`` with slashes, or the file's name when it is the root itself."""
    return printable(path.name if path == root else path.relative_to(root).as_posix())


def printable(name: str) -> str:
    """A file name as text that can be stored and shown, also when its bytes are not UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
