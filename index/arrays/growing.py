"""Columns that grow in a file: what the documents say is more than should be in memory at once."""

import os
import tempfile
import weakref
from array import array
from pathlib import Path

import numpy as np

from index.arrays.files import Array, Strings, starts_of

_BUFFERED = 1 << 16  # bytes that are written at once


class Growing:
    """Numbers of one type, in a file without a name: it is gone when nothing uses it any more.

    The file lies in ``folder``, or where temporary files do.
    """

    def __init__(self, dtype: type[np.generic], folder: Path | None = None) -> None:
        self._dtype = dtype
        self._file, path = tempfile.mkstemp(dir=folder)
        weakref.finalize(self, os.close, self._file)
        Path(path).unlink()
        self._size = 0
        self._buffer = bytearray()

    def extend(self, values: bytes | memoryview) -> None:
        """Put more numbers at the end, given as they lie in memory."""
        self._buffer += values
        if len(self._buffer) >= _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        data = memoryview(self._buffer)
        while data:
            written = os.write(self._file, data)
            self._size += written
            data = data[written:]
        self._buffer = bytearray()

    def array(self) -> Array:
        """All of them, mapped."""
        self._flush()
        if not self._size:
            return np.zeros(0, self._dtype)
        with os.fdopen(self._file, "rb", closefd=False) as file:
            return np.asarray(np.memmap(file, self._dtype, "r"))


class GrowingStrings:
    """Strings as their bytes; see :class:`index.arrays.files.Strings`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._text = Growing(np.uint8, folder)
        self._lengths = array("q")

    def add(self, encoded: bytes) -> None:
        """Put one at the end."""
        self._text.extend(encoded)
        self._lengths.append(len(encoded))

    def strings(self) -> Strings:
        """All of them."""
        return Strings(self._text.array(), starts_of(np.array(self._lengths, np.int64)))
