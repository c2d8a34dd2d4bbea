"""The data folder: published generations, the manifest of each, the name of the current one, the writer's lock.

A generation is immutable once published. It is made in a folder beside the others, synced, renamed to its
number, and then ``CURRENT`` is replaced: a crash at any moment leaves the last published one whole. ``CURRENT`` has its
number and its manifest's checksum, and the manifest that of every file, so that no damage goes unseen. What is synced
when, and why, is in docs/reliability.md.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from index.checksums import MANIFEST, checksum, sealed, sync
from index.errors import (
    DamagedGeneration,
    DataFolderError,
    IndexUnavailable,
    NoGeneration,
    WriterBusy,
)
from index.manifest import MEND, Generation, Manifest, Whole, read_manifest

_NUMBER = re.compile(r"\d{6,}")
_NAMED = re.compile(r"(?P<number>\d{6,}) (?P<manifest>[0-9a-f]{64})\n")  # what CURRENT has
_KEPT = 2  # the current generation, and the one that a reader may still be answering from


class DataFolder:
    """Where one service keeps everything. Reading never changes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive = path / "archive.sqlite"
        self.rejects = path / "rejects.jsonl"
        self.corrections = path / "corrections.csv"
        self._current = path / "CURRENT"
        self._next = path / "CURRENT.new"
        self._generations = path / "generations"

    def signature(self) -> tuple[int, int] | None:
        """Something that differs when another generation has been published; None when none is."""
        try:
            stat = self._current.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns

    @property
    def is_published(self) -> bool:
        """Whether anything has been published here, whole or not."""
        return self.signature() is not None

    def current(self) -> Generation:
        """The published generation, whole and ours. Raises :class:`IndexUnavailable` otherwise."""
        return self._published(compared=True)

    def uncompared(self) -> Generation:
        """The published generation, ours, of whose files only the manifest was looked at; see :class:`Whole`."""
        return self._published(compared=False)

    def _published(self, *, compared: bool) -> Generation:
        while True:
            named = self._named()
            try:
                generation = self._generation(*named)
                if compared:
                    Whole(generation).require()
                return generation
            except DamagedGeneration:
                if self._named() == named:
                    raise
                # Another one was published while this one was read, and this one removed.

    def manifest(self) -> Manifest:
        """What the published generation says of itself. Its other files are not looked at."""
        return self._generation(*self._named()).manifest

    def _generation(self, number: str, expected: str) -> Generation:
        folder = self._generations / number
        return Generation(number, folder, read_manifest(folder / MANIFEST, expected))

    def _named(self) -> tuple[str, str]:
        """The number of the published generation and its manifest's checksum."""
        try:
            text = self._current.read_text(encoding="ascii")
        except FileNotFoundError:
            raise NoGeneration(
                f"There is no index in {self.path}: CURRENT is missing. Run 'pressok rebuild SOURCE…' to make one."
            ) from None
        except NotADirectoryError:
            raise NoGeneration(f"{self.path} is not a folder. Name the data folder with --data.") from None
        except IsADirectoryError:
            raise DamagedGeneration(f"{self._current} is a folder. Remove it, then run 'pressok rebuild'.") from None
        except (OSError, UnicodeDecodeError) as error:
            raise DamagedGeneration(f"{self._current} can't be read ({error}). {MEND}") from error
        named = _NAMED.fullmatch(text)
        if not named:
            raise DamagedGeneration(f"{self._current} does not name a generation of this version. {MEND}")
        return named["number"], named["manifest"]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer for as long as the block lasts.

        Raises :class:`WriterBusy` if another is, :class:`DataFolderError` where nothing can be written.
        """
        if self._current.is_dir():
            raise DataFolderError(f"{self._current} is a folder. Remove it, then run 'pressok rebuild'.")
        with self._lock_file() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WriterBusy(
                    f"Another pressok process is writing to {self.path}. Try again when it is done."
                ) from None
            yield

    def _lock_file(self) -> IO[str]:
        try:
            _make(self.path)
            return (self.path / "writer.lock").open("w")
        except OSError as error:
            what = "is not a folder" if isinstance(error, FileExistsError) else f"can't be written to ({error})"
            raise DataFolderError(
                f"The data folder {self.path} {what}. Name another with --data, or see who may write to it."
            ) from error

    def begin(self) -> Path:
        """An empty folder to make the next generation in; what an interrupted writer left is removed."""
        _make(self._generations)
        self.clean()
        folder = self._generations / f"{self._next_number()}.new"
        folder.mkdir()
        return folder

    def clean(self) -> None:
        """Remove what was begun and never published, and what was to be removed and still is there."""
        for leftover in self._generations.glob("*.new"):
            shutil.rmtree(leftover)
        self._next.unlink(missing_ok=True)
        with contextlib.suppress(IndexUnavailable):
            self._prune(_KEPT)

    def _next_number(self) -> str:
        numbers = [int(p.name) for p in self._generations.iterdir() if _NUMBER.fullmatch(p.name)]
        return f"{max(numbers, default=0) + 1:06}"

    def publish(
        self, folder: Path, fingerprint: str, created: str, counts: Mapping[str, Any], base: Generation | None = None
    ) -> str:
        """Seal the generation made in ``folder``, name it CURRENT and remove old ones; its number.

        It may have files of ``base`` as hard links.
        """
        checksums = sealed(folder, *((base.path, base.manifest.files) if base else (None, {})))
        text = json.dumps(asdict(Manifest(created, fingerprint, counts, checksums)), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        for path in (folder / MANIFEST, folder):
            sync(path)
        number = folder.name.removesuffix(".new")
        folder.rename(self._generations / number)
        sync(self._generations)
        self._replace_current(f"{number} {checksum(self._generations / number / MANIFEST)}\n")
        self.remove_old()
        return number

    def _replace_current(self, text: str) -> None:
        self._next.write_text(text, encoding="ascii")
        sync(self._next)
        self._next.replace(self._current)
        sync(self.path)

    def remove_old(self, kept: int = _KEPT) -> None:
        """Remove all but the published generation and the newest before it, ``kept`` in all."""
        self._prune(kept)

    def _prune(self, kept: int) -> None:
        # One that is newer than the published was made, and never named CURRENT.
        published = int(self.uncompared().number)
        numbers = sorted((p.name for p in self._generations.iterdir() if _NUMBER.fullmatch(p.name)), key=int)
        held = [number for number in numbers if int(number) <= published][-kept:]
        for number in numbers:
            if number not in held:
                shutil.rmtree(self._generations / number)


def _make(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that a power cut does not take them away again."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync(one.parent)


def link_tree(source: Path, target: Path) -> None:
    """``target`` becomes a copy of ``source``, with hard links where the file system has them."""

    shutil.copytree(source, target, copy_function=link)


def link(source: str | Path, target: str | Path) -> None:
    """``target`` becomes a copy of the file ``source``, a hard link where the file system has them."""
    with contextlib.suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
