"""Who may read ``/metrics``, and the address itself.

The figures are nobody's personal data, but they tell strangers how much is searched and when the service struggles. So
by default only this machine may read them, where Prometheus or its agent runs, and elsewhere whoever has the token. A
proxy on this machine sends everybody's requests from here: what bears a proxy's mark is not from this machine.
"""

import hmac
import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, abort, request

from web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_MARKS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_VIA")
_TYPE = "text/plain; version=0.0.4; charset=utf-8"  # the format of Prometheus' text


def register(app: Flask, settings: Settings, figures: Callable[[], bytes]) -> None:
    """Give ``figures`` out at ``/metrics`` to those who may read them; to others there is nothing there."""
    blueprint = Blueprint("metrics", __name__)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        if not may_read(settings, request.environ):
            abort(404)
        return Response(figures(), content_type=_TYPE)

    app.register_blueprint(blueprint)


def may_read(settings: Settings, environ: "WSGIEnvironment") -> bool:
    """Whether a request may read the figures."""
    if settings.metrics != "local":
        return settings.metrics == "on"
    return _is_local(environ) or _has_token(settings.metrics_token, environ)


def _is_local(environ: "WSGIEnvironment") -> bool:
    try:
        address = ipaddress.ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:  # a Unix socket's: only a proxy talks to that
        return False
    return address.is_loopback and not any(mark in environ for mark in _MARKS)


def _has_token(token: str, environ: "WSGIEnvironment") -> bool:
    given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
    return bool(token) and hmac.compare_digest(given, f"Bearer {token}".encode())
