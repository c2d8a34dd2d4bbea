"""The two languages of the pages: Swedish, and English below ``/en/``. An address always says which."""

from flask import Flask, has_request_context, request
from flask_babel import Babel

SWEDISH, ENGLISH = "sv", "en"

BLUEPRINTS = {SWEDISH: "pages", ENGLISH: "en"}
"""The name under which the pages are registered for each language; addresses are built from it."""

_LOCALES = {SWEDISH: "sv_SE", ENGLISH: "en_GB"}


def register(app: Flask) -> None:
    """Let ``app`` speak the language that an address asks for."""
    Babel(app, default_locale=_LOCALES[SWEDISH], locale_selector=locale)


def current() -> str:
    """The language of the address that is being answered; Swedish outside of a request."""
    if not has_request_context():
        return SWEDISH
    path = request.path
    return ENGLISH if path == "/en" or path.startswith("/en/") else SWEDISH


def other() -> str:
    """The other of the two languages."""
    return ENGLISH if current() == SWEDISH else SWEDISH


def locale() -> str:
    """How dates and numbers are written in the current language."""
    return _LOCALES[current()]
