"""What a server answers: the whole of it, or why it can't be taken."""

import contextlib
import email.utils
import http.client
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from index.sources.files import MB

CUT = "it was cut before its end"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_GZIP = 16 + zlib.MAX_WBITS  # zlib's way to say: with a header and checksum of gzip


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. ``status`` is 200, 304 (as known before), 404 or 410; ``is_html``: its header says so."""

    status: int
    body: bytes = b""
    etag: str = ""
    modified: str = ""
    is_html: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the server has such a file."""
        return self.status in (200, 304)


class NotGiven(Exception):
    """Internal to the mirror: a file can't be had now. ``str()`` is the reason."""


class Again(Exception):
    """The request failed in a way that may pass; ``wait`` is the number of seconds that the server asks for."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def read(response: http.client.HTTPResponse, limit: int) -> Answer | str:
    """The answer, or the address that it leads on to.

    Raises :class:`Again` for what may pass, :class:`NotGiven` for what will not or has more than ``limit`` bytes.
    """
    status = response.status
    if status in _AGAIN:
        raise Again(_told(status), _asked(response.headers.get("Retry-After", "")))
    if status in _MOVED:
        response.read(MB)
        return response.headers.get("Location", "")
    if status in (304, 404, 410):
        response.read(MB)
        return Answer(status)
    if status != 200:
        raise NotGiven(_told(status))
    headers = response.headers
    return Answer(
        status,
        _body(response, limit),
        headers.get("ETag", ""),
        headers.get("Last-Modified", ""),
        headers.get_content_type() in ("text/html", "application/xhtml+xml"),
    )


def _body(response: http.client.HTTPResponse, limit: int) -> bytes:
    """The body, whole. Raises :class:`Again` when it was cut, :class:`NotGiven` when it can't be taken."""
    if response.length is None and not response.chunked:
        raise NotGiven("the server does not say how long it is, so that a cut one can't be told from a whole one")
    if (response.length or 0) > limit:
        raise NotGiven(_too_large(limit))
    data = response.read(limit + 1)
    if response.length:
        raise Again(CUT)
    if len(data) > limit:
        raise NotGiven(_too_large(limit))
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding == "identity":
        return data
    if encoding != "gzip":
        raise NotGiven(f"it is packed in a way that was not asked for: {encoding}")
    return _unpacked(data, limit)


def _unpacked(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        body = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise Again(f"it can't be unpacked: {error}") from error
    if len(body) > limit:
        raise NotGiven(_too_large(limit))
    if not unpacker.eof:
        raise Again(CUT)
    return body


def _too_large(limit: int) -> str:
    return f"it is larger than {limit / MB:g} MB, which no real one is"


def _told(status: int) -> str:
    with contextlib.suppress(ValueError):
        return f"the server answered {status} {HTTPStatus(status).phrase}"
    return f"the server answered {status}"


def _asked(text: str) -> float:
    """How many seconds a ``Retry-After`` asks for, as a number or a time of day; 0 when it can't be read."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    with contextlib.suppress(ValueError):
        at = email.utils.parsedate_to_datetime(text)
        return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    return 0.0


def redirected(url: str, location: str) -> str:
    """Where a redirect leads, if that is the same host, and not from https to http. Raises :class:`NotGiven`."""
    if not location:
        raise NotGiven("it is redirected to nowhere")
    try:
        to, was = urlsplit(urljoin(url, location)), urlsplit(url)
        upgraded = was.scheme == "http" and to.scheme == "https"
        same = to.hostname == was.hostname and (upgraded or (to.scheme, to.port) == (was.scheme, was.port))
    except ValueError:
        same = False
    if not same or not location.isascii() or not location.isprintable() or " " in location:
        raise NotGiven(f"it is redirected to another host: {location:.100}")
    return to.geturl()
