"""Keeping what people typed, and where they sit, out of the log."""

import logging
import traceback
from collections.abc import Iterator

from index.errors import PressokError

_REFUSED = "Invalid request from "
_FAILED = "Error handling request "


class Discreet(logging.Filter):
    """Takes addresses out of what gunicorn tells: those of clients, and those that they asked for."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without what it should not say."""
        text = str(record.msg)
        if text.startswith(_REFUSED):
            record.msg, record.args = "A request that can't be read was refused.", ()
        elif text.startswith(_FAILED):
            record.msg, record.args = "A request could not be answered.", ()
        return True


def told(error: BaseException, *, whole: bool) -> str:
    """An error with where it came from, and the errors that led to it, the first one first.

    What an error says of itself may quote what was typed. Unless ``whole``, it is left out of errors that are neither
    ours nor the operating system's, which speak of files and connections.
    """
    lines: list[str] = []
    for one in reversed(list(_chain(error))):
        says = f": {one}" if whole or isinstance(one, PressokError | OSError) else ""
        lines += [*traceback.format_tb(one.__traceback__), f"{type(one).__name__}{says}\n"]
    return "".join(lines).rstrip()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it was raised from, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
