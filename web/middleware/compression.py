"""gzip for text, by the standard library.

Flask-Compress is not taken: with it come compiled packages for brotli and zstd, for what zlib does in a few lines.
There is nothing to guess from the length of an answer (BREACH): none holds a secret, since there are no sessions.
"""

import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, request

_LEVEL = 3
"""Measured (``python -m bench.compression``): above it time grows fast and the answer hardly shrinks."""

_LEAST = 1024  # bytes; a smaller answer fits into one packet anyway
_GZIP = 31  # zlib's name for gzip's header with the largest window
_HELD = 64 * 1024  # bytes of a streamed answer that may wait before what is packed is sent
_TEXTS = {
    "application/json",
    "application/javascript",
    "application/jsonl",
    "application/x-bibtex",
    "application/x-suggestions+json",
    "application/xml",
    "application/x-research-info-systems",
}


def register(app: Flask) -> None:
    """Let ``app`` pack its answers. Register this before what else changes them: such hooks run last to first."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if not _is_text(response.mimetype):
        return response
    if "Vary" in response.headers:
        response.vary.add("Accept-Encoding")
    else:
        response.headers.add("Vary", "Accept-Encoding")
    if not _wants_gzip() or response.status_code in (204, 206, 304) or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False  # a file is text too, and short
    if response.is_streamed and not response.content_length:
        _pack_stream(response)
    elif len(body := response.get_data()) > _LEAST:
        response.set_data(zlib.compress(body, _LEVEL, _GZIP))
    else:
        return response
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)  # a part of the file is no part of what is packed
    tag, weak = response.get_etag()
    if tag and not weak:  # the same in meaning, no longer byte for byte
        response.set_etag(tag, weak=True)
    return response


def _is_text(mimetype: str | None) -> bool:
    kind = mimetype or ""
    return kind.startswith("text/") or kind in _TEXTS or (kind.startswith("application/") and kind.endswith("+xml"))


def _wants_gzip() -> bool:
    """Whether the client takes gzip, and likes it no less than what is not packed if it says so."""
    if "HTTP_ACCEPT_ENCODING" not in request.environ:
        return False
    asked = request.accept_encodings
    return asked.quality("gzip") > 0 and asked.quality("gzip") >= asked.quality("identity")


def _pack_stream(response: Response) -> None:
    whole = response.response
    if hasattr(whole, "close"):
        response.call_on_close(whole.close)
    response.response = packed(response.iter_encoded())
    response.headers.pop("Content-Length", None)


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """``parts`` as one gzip file, piece by piece: no more than 64 kB of them wait for what comes after."""
    packer, held = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP), 0
    for part in parts:
        ready = packer.compress(part)
        held += len(part)
        if held >= _HELD:
            ready, held = ready + packer.flush(zlib.Z_SYNC_FLUSH), 0
        if ready:
            yield ready
    yield packer.flush()
