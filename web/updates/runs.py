"""Updates that the service itself starts: one at a time, each a process of its own, told of in the data folder.

A process of its own and no thread of a worker: an update takes minutes and most of a core, a worker has other answers
to give and may be replaced at any moment. The process goes on when that happens.

**One at a time.** The worker takes the lock ``update.lock`` and hands it to the process that it starts, so that there
is no moment between the two in which another worker could take it. The kernel lets go of it when the process ends, in
whatever way: a record that says ``running`` while nobody has the lock is that of a process that died. Only who has the
lock writes the records. What keeps the index whole is the writer's lock, which the process takes like any ``pressok
update``.
"""

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import IO, Literal

from index.store import DataFolder
from web.settings import Settings

State = Literal["running", "done", "failed"]

_KEPT = 20  # updates that are told of
_DIED = "The process ended before it was done. Nothing was left half done: start another update."
_NOT_STARTED = "The process could not be started."
_LOOK_AGAIN = 0.05  # seconds: who looks whether an update runs has the lock for less


@dataclass(frozen=True, slots=True)
class Update:
    """What is known of an update. Times are ISO, UTC; ``ended`` is None while it runs and when nobody knows it.

    ``exit_status`` is that of ``pressok update``; 1 is done too, with something rejected. ``summary`` is what it said.
    """

    id: str
    started: str
    ended: str | None = None
    state: State = "running"
    exit_status: int | None = None
    summary: tuple[str, ...] = ()


class Updates:
    """The updates of a data folder that were started so. :class:`OSError` is raised where it can't be written to."""

    def __init__(self, folder: Path) -> None:
        self._folder = DataFolder(folder)
        self._records = folder / "updates.json"
        self._lock = folder / "update.lock"

    def get(self, update_id: str) -> Update | None:
        """The update with this id, or None; only the latest ones are told of."""
        return next((one for one in self._known() if one.id == update_id), None)

    def running(self) -> Update | None:
        """The one that runs now."""
        return next((one for one in self._known() if one.state == "running"), None)

    def _known(self) -> list[Update]:
        """The updates, newest first, as they are."""
        found = self._read()
        if any(one.state == "running" for one in found):
            with self._nobody_has_the_lock() as is_dead:
                if is_dead:  # the one that we read of; read once more, since it may have ended as it should
                    return _without_dead(self._read())
        return found

    def start(self, settings: Settings) -> Update | None:
        """Start an update; None when one runs already.

        Raises :class:`index.errors.WriterBusy` when another process is writing to the data folder, and
        :class:`index.errors.DataFolderError` or :class:`OSError` when it can't be started.
        """
        with self._locked() as lock:
            if lock is None:
                return None
            with self._folder.writing():  # where it can't, it fails now, and not when nobody sees it
                pass
            update = Update(secrets.token_hex(8), _now())
            self._write([update, *_without_dead(self._read())])
            try:
                _start(update, settings, lock)
            except OSError:
                self.finish(update.id, None, [_NOT_STARTED])
                raise
        return update

    def finish(self, update_id: str, exit_status: int | None, lines: Sequence[str]) -> None:
        """Write down how an update ended. Only who has the lock may."""
        state: State = "done" if exit_status in (0, 1) else "failed"

        def ended(one: Update) -> Update:
            return replace(one, ended=_now(), state=state, exit_status=exit_status, summary=tuple(lines))

        self._write([ended(one) if one.id == update_id else one for one in self._read()])

    @contextmanager
    def _locked(self) -> Iterator[IO[str] | None]:
        """The lock for as long as the block lasts, and the process that it was handed to; None: another has it."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        with self._lock.open("a") as file:
            taken = _take(file)
            if not taken:
                time.sleep(_LOOK_AGAIN)
                taken = _take(file)
            yield file if taken else None

    @contextmanager
    def _nobody_has_the_lock(self) -> Iterator[bool]:
        """Whether no update runs; if so, none starts before the block ends."""
        try:
            file = self._lock.open()
        except FileNotFoundError:
            yield True
            return
        with file:
            yield _take(file)

    def _read(self) -> list[Update]:
        try:
            rows = json.loads(self._records.read_text(encoding="utf-8"))
            return [Update(**{**row, "summary": tuple(row["summary"])}) for row in rows]
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return []  # they are of no use beyond the next update

    def _write(self, updates: Sequence[Update]) -> None:
        new = self._records.with_suffix(".new")
        new.write_text(json.dumps([asdict(one) for one in updates[:_KEPT]], ensure_ascii=False), encoding="utf-8")
        new.replace(self._records)


def _without_dead(updates: Sequence[Update]) -> list[Update]:
    """The same, of which none runs."""
    return [replace(u, state="failed", summary=(_DIED,)) if u.state == "running" else u for u in updates]


def _take(file: IO[str]) -> bool:
    """Lock a file, until it is closed by all who have it open."""
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _start(update: Update, settings: Settings, lock: IO[str]) -> None:
    process = subprocess.Popen(  # noqa: S603 (nothing of it comes from a request)
        [sys.executable, "-m", "web.updates.updater", update.id, str(lock.fileno())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # what it says of the update is in its record; standard error is the service's log
        env=_environment(settings),
        start_new_session=True,  # so that what ends a worker, or a Ctrl-C, does not end it
        pass_fds=(lock.fileno(),),
    )
    Thread(target=process.wait, daemon=True).start()  # else it would stay as a zombie until the worker ends


def _environment(settings: Settings) -> dict[str, str]:
    """The service's own, with its settings as they are in force and without its token."""
    found = {name: value for name, value in os.environ.items() if name != "PRESSOK_TOKEN"}
    return found | {
        "PRESSOK_DATA": str(settings.data),
        "PRESSOK_FETCH": str(settings.fetch or ""),
        "PRESSOK_SOURCES": os.pathsep.join(map(str, settings.sources)),
        "PRESSOK_PROCESSES": str(settings.processes),
        "PRESSOK_KEEP_REMOVED": str(int(settings.keep_removed)),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
