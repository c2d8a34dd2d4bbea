"""Around the application: each request gets an id, is timed, counted, and told of in the log."""

import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import quote

from flask import Flask, has_request_context, request, request_started

from search.engine import Engine
from search.page import Page
from search.query import Query
from web.middleware.caching import GENERATION
from web.observing.logs import FIELDS, REQUEST
from web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_log = logging.getLogger("pressok.requests")
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
_IN_ADDRESS = "/?:@!$&'()*+,;=~"  # and letters, digits, - . _
_METHODS = {"GET", "HEAD", "OPTIONS", "POST"}
_FOUND, _RULE = "pressok.found", "pressok.rule"
_PROBES = {"/healthz", "/readyz"}
OTHER = "other"
"""What is said instead of a method or an address that is none of ours."""


class Figures(Protocol):
    """Where requests are counted."""

    def begin(self) -> None:
        """A request has come."""

    def end(self, endpoint: str, method: str, status: str, seconds: float) -> None:
        """It is answered."""

    def found(self, hits: int) -> None:
        """A first page told of so many hits."""


class Observed:
    """An application whose requests are seen. What is sent is passed on as it comes."""

    def __init__(self, app: "WSGIApplication", figures: Figures, settings: Settings) -> None:
        self._app, self.figures, self._settings = app, figures, settings

    @classmethod
    def around(cls, app: Flask, figures: Figures, settings: Settings) -> None:
        """Let the requests of ``app`` be seen. Do it after whatever else wraps it."""
        app.wsgi_app = cls(app.wsgi_app, figures, settings)  # type: ignore[method-assign]
        request_started.connect(note_rule, app)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer, with the request's id in the answer."""
        seen = _Seen(self, environ)
        self.figures.begin()
        start = perf_counter()
        try:
            parts = self._app(environ, seen.starting(start_response))
        except BaseException:
            seen.seconds = perf_counter() - start
            seen.end()
            raise
        seen.seconds = perf_counter() - start
        return _Parts(parts, seen)

    def private(self, environ: "WSGIEnvironment") -> dict[str, str]:
        """What the operator asked for beyond what is told by itself."""
        told: dict[str, str] = {}
        if self._settings.log_queries:
            told |= {"path": _line(environ.get("PATH_INFO", "")), "query": _line(environ.get("QUERY_STRING", ""), "%")}
        if self._settings.log_clients:
            told["client"] = environ.get("REMOTE_ADDR", "")
        return told


class _Seen:
    """What is noted of a request."""

    __slots__ = ("_environ", "_id", "_observed", "_status", "length", "seconds")

    def __init__(self, observed: Observed, environ: "WSGIEnvironment") -> None:
        self._observed, self._environ, self._id = observed, environ, identity(environ.get("HTTP_X_REQUEST_ID"))
        self._status, self.length, self.seconds = "500", 0, 0.0
        REQUEST.set(self._id)

    def starting(self, start_response: "StartResponse") -> "StartResponse":
        """``start_response`` that adds the id and notes the status."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Any:
            self._status = status[:3]
            return start_response(status, [*headers, ("X-Request-ID", self._id)], exc_info)

        return cast("StartResponse", start)

    def end(self) -> None:
        """It is answered, or can't be."""
        environ, figures = self._environ, self._observed.figures
        endpoint, method = environ.get(_RULE, OTHER), environ["REQUEST_METHOD"]
        method = method if method in _METHODS else OTHER
        figures.end(endpoint, method, self._status, self.seconds)
        if _FOUND in environ and endpoint not in _PROBES:
            figures.found(environ[_FOUND])
        fields = {
            "id": self._id,
            "method": method,
            "endpoint": endpoint,
            "status": int(self._status),
            "ms": round(self.seconds * 1000, 2),
            "bytes": self.length,
            "generation": environ.get(GENERATION),
            **self._observed.private(environ),
        }
        _log.info("request", extra={FIELDS: fields})
        REQUEST.set(None)


class _Parts:
    """The parts of an answer, timed and measured as they are fetched."""

    __slots__ = ("_next", "_parts", "_seen")

    def __init__(self, parts: Iterable[bytes], seen: _Seen) -> None:
        self._parts, self._seen, self._next = parts, seen, iter(parts).__next__

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        start = perf_counter()
        try:
            part = self._next()
        finally:
            self._seen.seconds += perf_counter() - start
        self._seen.length += len(part)
        return part

    def close(self) -> None:
        """Everything is sent, or the client has gone."""
        try:
            if hasattr(self._parts, "close"):
                self._parts.close()
        finally:
            self._seen.end()


def identity(given: str | None) -> str:
    """The id that a proxy gave, if it looks like one, else a new one."""
    return given if given and _SANE.fullmatch(given) else secrets.token_hex(8)


def _line(part: str, encoded: str = "") -> str:
    """A part of an address (WSGI's text: a letter for each byte) as it is sent: nothing in it ends a line."""
    return quote(part.encode("latin-1", "replace"), safe=_IN_ADDRESS + encoded)


def note_rule(_app: Flask, **_: Any) -> None:
    """Note the rule of the address that is asked for, which has no id, key or query in it."""
    if request.url_rule:
        request.environ[_RULE] = request.url_rule.rule


class Telling:
    """An engine that tells the request being answered how much a first page found."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, query: Query) -> Page:
        """The engine's answer."""
        page = self._engine.search(query)
        if query.page == 1 and has_request_context():
            request.environ[_FOUND] = page.total
        return page
