"""The log: a line for each request and whatever else happens, on standard error.

Each line is a JSON object, for machines; on a terminal it is a line for people. Nothing is kept here: whoever reads
standard error (journald, a container's engine) keeps it, and says for how long.
"""

import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO, Any

import orjson
from gunicorn.glogging import Logger

from web.observing.redaction import Discreet, told

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered; every line that is written meanwhile has it."""

FIELDS = "pressok"
"""The name under which a record carries the fields of a request."""


class Lines(logging.Formatter):
    """A record as a JSON object; ``whole``: errors may quote what was typed."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self._whole = whole

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        line: dict[str, Any] = {"time": _time(record), "level": record.levelname.lower()}
        fields = getattr(record, FIELDS, None)
        if fields is None:
            line |= {"logger": record.name, "message": record.getMessage()}
            line |= {"id": asked} if (asked := REQUEST.get()) else {}
        else:
            line |= {"message": "request", **fields}
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1], whole=self._whole)
        return orjson.dumps(line, default=str).decode()


class ForPeople(logging.Formatter):
    """A record as a line for a terminal, an error below it."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self._whole = whole

    def format(self, record: logging.LogRecord) -> str:
        """The record, and its error on more lines."""
        fields = getattr(record, FIELDS, None)
        text = _sentence(fields) if fields else f"{record.levelname.lower()} {record.getMessage()}"
        time = datetime.fromtimestamp(record.created, UTC).astimezone()
        error = told(record.exc_info[1], whole=self._whole) if record.exc_info and record.exc_info[1] else ""
        return f"{time:%H:%M:%S} {text}" + (f"\n{error}" if error else "")


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sentence(fields: dict[str, Any]) -> str:
    more = [f"{name}={fields[name]}" for name in ("path", "query", "client") if name in fields]
    known = f"{fields['status']} {fields['method']} {fields['endpoint']}"
    return " ".join([known, f"{fields['ms']} ms", f"{fields['bytes']} bytes", *more, fields["id"]])


def configure(stream: IO[str] | None = None, *, whole: bool = False) -> None:
    """Write every log line to ``stream`` (standard error) and nowhere else."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(ForPeople(whole=whole) if stream.isatty() else Lines(whole=whole))
    # What no line of ours tells is not looked up for each: thread, process, place in the code.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None  # the library's documented way
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)


class GunicornLog(Logger):  # type: ignore[misc]
    """gunicorn's own lines, in ours. It writes no access log: the line of a request is ours."""

    def setup(self, cfg: Any) -> None:
        """Let what gunicorn tells go where everything else goes, without addresses."""
        super().setup(cfg)
        self.error_log.handlers[:] = []
        self.error_log.filters[:] = [Discreet()]
        self.error_log.propagate = True
