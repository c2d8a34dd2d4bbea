"""What other sites' scripts may read: all that is made for programs, by anyone, without credentials. Pages are not."""

import re

from flask import Flask, Response, request

_FOR_PROGRAMS = re.compile(
    r"(/en)?/(api/.*|feed\.atom|export\.[a-z]+|opensearch\.xml|"
    r"trends\.csv|suggest\.json|releases/[^/]+/cite\.[a-z]+)",
    re.DOTALL,
)

_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_READABLE = {"Access-Control-Expose-Headers": "ETag"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Cache-Control, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",  # seconds
}


def register(app: Flask) -> None:
    """Let ``app`` say so. Flask itself answers OPTIONS wherever there is something to read."""
    app.after_request(_allow)


def _allow(response: Response) -> Response:
    if _FOR_PROGRAMS.fullmatch(request.path):
        response.headers.extend(_OPEN)
        response.headers.extend(_PREFLIGHT if request.method == "OPTIONS" else _READABLE)
    return response
