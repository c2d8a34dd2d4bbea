"""What counting and logging cost: ``python -m bench.observing``.

An application that answers at once is called alone, and with our middleware around it: without log and figures, with
the log, and with both as they are served. The log goes to ``/dev/null``.
"""

import logging
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.table import markdown
from web.observing import logs
from web.observing.requests import Figures, Observed
from web.settings import Settings

_CALLS, _ROUNDS = 3000, 9


class _Uncounted:
    """Figures that nobody keeps."""

    def begin(self) -> None:
        """Nothing."""

    def end(self, endpoint: str, method: str, status: str, seconds: float) -> None:
        """Nothing."""

    def found(self, hits: int) -> None:
        """Nothing."""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        from web.observing.metrics import Metrics  # looks for the folder when it is imported

        logs.configure(nowhere)
        metrics = Metrics()
        log = logging.getLogger("pressok.requests")
        log.disabled = True
        rows: list[list[Any]] = [["the application alone", microseconds(answer)]]
        rows.append(["its requests seen", microseconds(around(_Uncounted()))])
        log.disabled = False
        rows.append(["and logged", microseconds(around(_Uncounted()))])
        rows.append(["and counted", microseconds(around(metrics))])
    print(markdown(("a request to", "µs"), rows))


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """An answer that takes no time."""
    environ["pressok.found"], environ["pressok.rule"] = 7, "/api/v1/search"
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"x" * 1000]


def around(figures: Figures) -> Observed:
    """The middleware around it."""
    return Observed(answer, figures, Settings())


def microseconds(app: Callable[..., Any]) -> float:
    """What a request takes in the fastest of some rounds."""
    return min(_round(app) for _ in range(_ROUNDS)) / _CALLS * 1e6


def _round(app: Callable[..., Any]) -> float:
    start = time.perf_counter()
    for _ in range(_CALLS):
        parts = app({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda *_: lambda _: None)
        for _part in parts:
            pass
        if hasattr(parts, "close"):
            parts.close()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
