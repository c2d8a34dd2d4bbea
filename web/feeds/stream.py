"""Text that is sent while it is made."""

from collections.abc import Iterable, Iterator

_CHUNK = 64 * 1024  # characters that are sent at once


def chunks(lines: Iterable[str]) -> Iterator[str]:
    """The lines, several at once: each chunk is a call to the system and a frame on the wire."""
    kept: list[str] = []
    length = 0
    for line in lines:
        kept.append(line)
        length += len(line)
        if length >= _CHUNK:
            yield "".join(kept)
            kept, length = [], 0
    yield "".join(kept)
