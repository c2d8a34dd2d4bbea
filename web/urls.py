"""Every address that a page or an answer holds is built here, so that it works below any mount point."""

from typing import Any
from urllib.parse import urlsplit

from flask import url_for

from search.query import Query
from web import params


def search(query: Query | None = None) -> str:
    """The search page that shows ``query``."""
    return url_for("pages.search", **_args(query))


def release(release_id: str, query: Query | None = None) -> str:
    """A release's page; it carries the search it was found by, so that one can go back to it."""
    return url_for("pages.release", release_id=release_id, **_args(query))


def help() -> str:
    """The page that says what can be typed."""
    return url_for("pages.help")


def api_search(query: Query) -> str:
    """The API's answer to ``query``."""
    return url_for("api.search", **_args(query))


def static(name: str) -> str:
    """A file of the page's own: style sheet or icon."""
    return url_for("static", filename=name)


def web_address(url: str | None) -> str | None:
    """``url`` if a browser may be led there, else None: a source can hold ``javascript:`` and worse."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def host_of(url: str) -> str:
    """The host as people say it: without ``www``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _args(query: Query | None) -> dict[str, Any]:
    return params.to_args(query) if query else {}
