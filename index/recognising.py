"""Recognition in several processes: it takes longer than all else, and no release needs another.

What comes out is the same, and in the same order, however many there are.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process

from index.annotate import Annotator, Tables
from index.annotations import Annotations
from index.corrections import Corrections
from index.errors import WorkerLost
from index.release import Release

FEW = 400  # releases: for so many it does not pay to start another process
_BATCH = 40  # releases that are handed over at once
_WAITING = 4  # batches for each process that are begun before the first is done
PROCESSES = 4  # unless another number is asked for: this one reads for them and takes in what they find

Recognised = tuple[Release, Annotations]


def recognised(
    releases: Iterable[Release], corrections: Corrections, processes: int = 1
) -> Generator[Recognised, None, None]:
    """Each release with what is recognised in it, corrected.

    It is done by so many processes beside this one, at most one for each core that it may use; by this one alone when
    that is one. Raises :class:`WorkerLost` when one of them ends before it is done.
    """
    processes = min(processes, _cores())
    if processes > 1:
        return _by_others(iter(releases), corrections, processes)
    worker = _Worker(corrections)
    return ((release, worker.annotations(release)) for release in releases)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):  # not everywhere
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    def __init__(self, corrections: Corrections) -> None:
        self._annotator = Annotator(Tables.load())
        self._corrections = corrections

    def annotations(self, release: Release) -> Annotations:
        return self._corrections.annotated(release, self._annotator.annotate)


def _by_others(
    releases: Iterator[Release], corrections: Corrections, processes: int
) -> Generator[Recognised, None, None]:
    # Spawned and not forked: this process may have threads, whose locks a fork would copy as they are.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (corrections,))
    begun: deque[tuple[list[Release], Future[list[Annotations]]]] = deque()
    try:
        while True:
            while len(begun) < processes * _WAITING and (batch := list(islice(releases, _BATCH))):
                begun.append((batch, pool.submit(_recognise, batch)))
            if not begun:
                return
            batch, found = begun.popleft()
            yield from zip(batch, found.result(), strict=True)
    except BrokenProcessPool as error:
        raise WorkerLost(
            "A process that recognises names and quotations ended before it was done: it was killed, or there was "
            "not enough memory. Nothing was published. Run it again, with PRESSOK_PROCESSES=1 to do without such."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_worker: _Worker  # of a process that recognises


def _start(corrections: Corrections) -> None:
    """Make this process one that recognises. It is interrupted, and ends, with the one that started it."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = _Worker(corrections)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _recognise(releases: list[Release]) -> list[Annotations]:
    return [_worker.annotations(release) for release in releases]
