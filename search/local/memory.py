"""Giving memory back to the system when a generation has been replaced.

What is kept for a generation refers to itself in places, so that only a search for garbage finds it; and what the C
library gets back from Python it keeps for later, in pieces between others. Without this a process that follows an index
grows with every generation (``python -m bench.endurance``).
"""

import ctypes
import gc

_ARENAS = -8  # glibc's M_ARENA_MAX


def give_back() -> None:
    """Let go of what an earlier generation left behind. It takes some hundredths of a second."""
    gc.collect()
    _in_c("malloc_trim", 0)


def keep_together() -> None:
    """Have the C library keep one heap for all threads, not one for each. Call it before there are threads.

    A worker's threads do not allocate at the same time anyway.
    """
    _in_c("mallopt", _ARENAS, 1)


def _in_c(name: str, *values: int) -> None:
    """Call a function of glibc; other C libraries do not have it, and do without."""
    function = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*values)
