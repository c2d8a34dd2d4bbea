"""Conditional requests: who asks again for what it has is answered 304, without a search.

A page or an answer of the API is decided by six things: the code, the settings, the generation that answers, when the
sources were last read (every page says the day, the status the time), today's date (a release's page cites with it),
and the address (which says the language too). A hash of them is its entity tag, so the tag is known *before* anything
is looked for. It is weak: two answers with one tag say the same, but ``took_ms`` differs, and so do the bytes of a
packed one.

**The tag can't lie.** It is made before the answer. When another generation is published in between, the answer is
newer than its tag; the next question then finds that the tag is no longer the one of today and gets the whole answer
once more. Made afterwards, it could be newer than the answer, which would pass for fresh until the next generation.
A generation is known by its number *and* when it was made: numbers begin anew when a data folder is made anew.

Only what was found has a tag. A client can have none for an address whose answer was an error, so that it is safe to
answer 304 without looking at the parameters; ``*``, which anyone can send, is answered after the view has run.
"""

from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from index.errors import IndexUnavailable
from index.fingerprint import fingerprint
from web.context import engine
from web.i18n import languages
from web.release import citations

DECIDED = frozenset({*languages.BLUEPRINTS.values(), "api", "sitemap"})
"""The blueprints whose answers are decided by the six things alone."""

GENERATION = "pressok.generation"
"""Where the request's environment says which generation is about to answer."""

_DATED = frozenset(f"{name}.release" for name in languages.BLUEPRINTS.values())
_ASK_EVERY_TIME = "no-cache, max-age=0"
_ADDRESS = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
_ASKED = "HTTP_IF_NONE_MATCH"
_KEY = "pressok.settings"
_SOURCES = {".py", ".html", ".mo", ".css", ".js", ".svg"}


def register(app: Flask) -> None:
    """Let ``app`` answer conditional requests. Its settings are final by now."""
    app.extensions[_KEY] = repr(app.config["PRESSOK"])
    app.before_request(_unchanged)
    app.after_request(_describe)


@cache
def code_version() -> str:
    """What the installed code of all three parts is known by, with its templates, texts and static files."""
    found = blake2b(fingerprint().encode(), digest_size=8)
    home = Path(__file__).parent.parent
    for folder in (home, home.parent / "search"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SOURCES:
                found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _tag() -> str | None:
    """The tag of what is asked for, if its answer is decided by the six things and there is an index."""
    if request.method not in ("GET", "HEAD") or request.blueprint not in DECIDED:
        return None
    try:
        status = engine().status()
    except IndexUnavailable:
        return None  # the view says what mends it
    request.environ[GENERATION] = status.generation
    updated = (status.updated or "")[: None if request.endpoint == "api.status" else len("2024-12-31")]
    address = (request.environ.get(name, "") for name in _ADDRESS)
    day = citations.today().isoformat() if request.endpoint in _DATED else ""
    found = _of_generation(current_app.extensions[_KEY], status.generation, status.created).copy()
    found.update("\0".join((updated, day, *address)).encode())
    return found.hexdigest()


@lru_cache(maxsize=8)
def _of_generation(settings: str, number: str, created: str) -> blake2b:
    """The hash of what stays until another generation is published."""
    return blake2b("\0".join((settings, code_version(), number, created, "")).encode(), digest_size=12)


def _unchanged() -> Response | None:
    tag = _tag()
    g.tag = tag
    if tag is None or _ASKED not in request.environ:
        return None
    asked = request.if_none_match
    return None if asked.star_tag or not asked.contains_weak(tag) else Response(status=304)


def _describe(response: Response) -> Response:
    """Add the tag, and let nobody show an old answer without asking."""
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = _ASK_EVERY_TIME if request.blueprint in DECIDED else "no-store"
    tag = g.get("tag")
    if tag and response.status_code in (200, 304):
        response.set_etag(tag, weak=True)
        if _ASKED in request.environ and request.if_none_match.star_tag:
            response.status_code = 304
    return response
