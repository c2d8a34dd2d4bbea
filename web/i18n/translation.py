"""Texts in the language of the address: the source is Swedish, ``translations/en`` has the English.

In code, import these as ``_``, ``_n`` and ``_later``: ``make translations`` looks for those names.
"""

from functools import cache
from typing import Any, cast

import flask_babel
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from web.i18n import languages


def gettext(text: str, **values: Any) -> str:
    """``text`` translated, with ``values`` put into it (``%(name)s``)."""
    found = _translated(languages.current(), text)
    return found % values if values else found


def in_template(text: str, **values: Any) -> Markup:
    """The same for templates, whose texts are HTML; the values are escaped."""
    language = languages.current()
    return Markup(_translated(language, text)) % values if values else _whole(language, text)  # noqa: S704


# A page has a hundred texts, and each would look for its language's translations anew. There are only so many texts.


@cache
def _translated(_language: str, text: str) -> str:
    return cast(str, flask_babel.gettext(text))


@cache
def _whole(language: str, text: str) -> Markup:
    return Markup(_translated(language, text)) % {}  # noqa: S704 (a translation is ours); as ever, %% is a %


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The form for one or for many, translated."""
    return cast(str, flask_babel.ngettext(one, many, count, **values))


def lazy_gettext(text: str) -> str:
    """A text that is translated when it is shown: for tables that are made before there is a request.

    It is no ``str`` but behaves like one where it is shown; take ``str(…)`` of it elsewhere.
    """
    return cast(str, LazyString(gettext, text))
