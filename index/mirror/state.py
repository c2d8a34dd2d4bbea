"""What is known of the files in a mirror, and putting a file there so that it is whole or not there at all."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from index.checksums import sync
from index.errors import FetchError
from index.sources.items import Unreadable

# All three are hidden, so that reading the folder as a source passes them over.
_STATE = ".pressok-fetch.json"
_PART = ".pressok-fetch.part"  # the one file that is being written
_LOCK = ".pressok-fetch.lock"
_BETWEEN = 5.0  # seconds between two savings: what a killed run fetches again at most


@dataclass(slots=True)
class State:
    """What was fetched.

    ``base`` is where from; ``latest`` what the archive said of itself when the lists ``types`` were last fetched
    without a fault. ``lists`` has for each list the validators of its answer and the digest of its bytes. ``pages``
    has for each file the digest of the record that it was fetched for; ``absent`` the same for those that the
    archive does not have, and the day it was asked; ``failed`` are tried again last.
    """

    base: str = ""
    latest: str = ""
    types: list[str] = field(default_factory=list)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    absent: dict[str, list[str]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, folder: Path) -> "State | None":
        """The state of the folder; None when there is none, or none that can be read."""
        try:
            data = json.loads((folder / _STATE).read_text(encoding="utf-8"))
            return cls(**data) if _is_sound(data) else None
        except (OSError, ValueError, TypeError, LookupError, AttributeError):
            return None


def _is_sound(data: Any) -> bool:
    """Whether what was written down has the form of a state. Raises ``TypeError`` and the like at worst."""
    return (
        isinstance(data["base"], str)
        and isinstance(data["latest"], str)
        and _are_texts(data["types"])
        and _are_texts(data["failed"])
        and all(_are_texts([*known.values()]) for known in data["lists"].values())
        and _are_texts([*data["pages"].values()])
        and all(_are_texts(known) and len(known) == 2 for known in data["absent"].values())
    )


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


class Mirror:
    """The folder of a mirror, to write to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._saved = 0.0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one who fetches into the folder. Raises :class:`FetchError` when another does."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FetchError(
                    f"Another pressok fetch is filling {self.folder}. Try again when it is done."
                ) from None
            yield

    def save(self, state: State, *, now: bool = True) -> None:
        """Write the state down; unless it has to be ``now``, only if that was some seconds ago."""
        if now or time.monotonic() - self._saved > _BETWEEN:
            try:
                self.place(_STATE, json.dumps(asdict(state), ensure_ascii=False, indent=0).encode())
            except Unreadable as error:
                raise FetchError(f"{self.folder / _STATE} can't be written: {error}.") from error
            self._saved = time.monotonic()

    def place(self, name: str, data: bytes) -> None:
        """Make ``data`` the file at ``name``: written beside, synced, and then put in the place of what was there.

        Raises :class:`Unreadable` where the folder has something that no file can be put beside or over.
        """
        path = self.folder / name
        part = self.folder / _PART
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._require_within(path)
            part.replace(path)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise Unreadable(f"there is something else in its place ({error.strerror}): remove it") from error
        sync(path.parent)

    def _require_within(self, path: Path) -> None:
        if not path.parent.resolve().is_relative_to(self.folder.resolve()):
            raise Unreadable("its folder is a link that leads out of the mirror: remove it")

    def remove(self, name: str) -> None:
        """Remove the file at ``name``, and folders that are empty then."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.folder or any(folder.iterdir()):
                return
            folder.rmdir()

    def has(self, name: str) -> bool:
        """Whether there is a file at ``name``."""
        return (self.folder / name).is_file()
