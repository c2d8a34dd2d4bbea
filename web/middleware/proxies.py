"""Who is asking, and how, when proxies stand in front: told by headers, which are believed only as far as they say so.

Anyone can send such a header. Each proxy appends what it sees, so that with ``n`` of them the ``n``-th value from the
end was written by the outermost of ours, and what stands before it by whoever asked.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import Settings


def register(app: Flask, settings: Settings) -> None:
    """Let ``app`` take address, scheme, host and mount point of the client from the settings' number of proxies."""
    trusted = settings.proxies
    if trusted:
        proxied = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted, x_prefix=trusted)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own way to wrap it
