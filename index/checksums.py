"""The files of a generation: synced and given checksums when it is published, compared with them when it is opened.

An array (``.npy``) has a CRC-32, which is several times as fast as a cryptographic hash and finds what accidents
do to a file: it is mapped, and never run. All else has a SHA-256: Whoosh unpickles what is in its files.
"""

import hashlib
import os
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_THREADS = 4  # hashing and syncing let other threads run
_PIECE = 1 << 20
MANIFEST = "manifest.json"
"""The file that holds the checksums, and has none."""


class Comparison:
    """Compares files of a folder with their checksums, in threads that run from when it is made."""

    def __init__(self, folder: Path, files: Mapping[str, str]) -> None:
        with_whoosh_first = sorted(files, key=lambda name: (name.endswith(".npy"), name))
        pool = ThreadPoolExecutor(_THREADS)
        self._found = [pool.submit(_strange, folder, files)]
        self._found += [pool.submit(_damage, folder, name, files[name]) for name in with_whoosh_first]
        pool.shutdown(wait=False)

    def damage(self) -> Iterator[str]:
        """What is wrong with each file that is not as it was written, when all of them have been compared."""
        return filter(None, [found.result() for found in self._found])


def _strange(folder: Path, files: Mapping[str, str]) -> str:
    """A file that was not written with the others; nothing when there is none. Whoosh opens what it finds."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    others = sorted(set(found) - set(files) - {MANIFEST})
    return f"{others[0]} was not written by Pressök" if others else ""


def _damage(folder: Path, name: str, expected: str) -> str:
    """What is wrong with a file; nothing when it has its checksum."""
    try:
        return "" if checksum(folder / name) == expected else f"{name} has changed"
    except OSError:
        return f"{name} is missing or can't be read"


def checksum(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        if path.suffix != ".npy":
            return hashlib.file_digest(file, "sha256").hexdigest()
        found = 0
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
        return f"crc32:{found:08x}"


def sealed(folder: Path, base: Path | None, known: Mapping[str, str]) -> dict[str, str]:
    """Sync a folder with all that is in it; the checksum of each file.

    A file that is one with the file of its name in ``base`` was synced before, and its checksum is ``known``.
    """
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())

    def seal(name: str) -> str:
        path = folder / name
        if base and name in known and (base / name).samefile(path):
            return known[name]
        sync(path)
        return checksum(path)

    with ThreadPoolExecutor(_THREADS) as pool:
        checksums = dict(zip(names, pool.map(seal, names), strict=True))
    for path in (*(p for p in folder.rglob("*") if p.is_dir()), folder):
        sync(path)
    return checksums


def sync(path: Path) -> None:
    """Have a file or a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
