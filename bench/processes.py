"""The memory of processes, as Linux tells it under ``/proc``."""

import threading
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1  # seconds


def pss(pid: int) -> int:
    """The bytes of a process, each shared page divided by those that share it; 0 when it has ended."""
    return _field(_PROC / str(pid) / "smaps_rollup", "Pss:")


def peak(pid: int) -> int:
    """The most bytes that a process has had in memory; 0 when it has ended."""
    return _field(_PROC / str(pid) / "status", "VmHWM:")


def _field(path: Path, name: str) -> int:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(name)), 0)


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for listed in (_PROC / str(one) / "task").glob("*/children"):
            try:
                found += map(int, listed.read_text(encoding="ascii").split())
            except OSError:
                continue  # it has just ended
    return found


class Watch:
    """The most memory that a process and its descendants have at once, looked at ten times a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.most = 0

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            processes = tree(self._pid)
            # Alone, a process knows its own peak, and exactly.
            now = sum(map(pss, processes)) if len(processes) > 1 else peak(self._pid)
            self.most = max(self.most, now)
