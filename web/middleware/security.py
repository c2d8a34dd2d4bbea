"""What every answer tells a browser to refuse, and what is refused before it is looked at."""

import re

from flask import Flask, Response, abort, request

POLICY = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("img-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("base-uri", "'none'"),
    ("object-src", "'none'"),
    ("frame-ancestors", "'none'"),
    # Text that a script gives the browser as HTML must have gone through the policy in static/js/trusted.js.
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "pressok"),
)
"""No script, no style and no picture but the service's own, no framing, no form that leads elsewhere."""

_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # web.middleware.cors opens what is made for programs
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # what frame-ancestors says, for scanners and browsers of before 2016
}
_ONLY_HTTPS = "max-age=31536000"
"""A year. Without includeSubDomains: what else there is in the domain is not ours to decide."""

MAX_BODY = 8192
"""Bytes of a body that a request may have. Nothing here reads one; some clients send a small one with every GET."""

_HOST = re.compile(r"[A-Za-z0-9._-]*(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


def register(app: Flask) -> None:
    """Let ``app`` say and refuse so."""
    app.before_request(_refuse)
    app.after_request(_add_headers)


def _refuse() -> None:
    """Refuse a name that no host has, since it would be sent back in addresses, and what would have to be read."""
    if not _HOST.fullmatch(request.environ.get("HTTP_HOST", "")):
        abort(400)
    if (request.content_length or 0) > MAX_BODY or "HTTP_TRANSFER_ENCODING" in request.environ:
        abort(413)


def _add_headers(response: Response) -> Response:
    # Compared at once: setdefault would look through all of them for each.
    said = {name.lower() for name, _ in response.headers}
    response.headers.extend({name: value for name, value in _HEADERS.items() if name.lower() not in said})
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", _ONLY_HTTPS)
    return response
