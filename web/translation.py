"""Texts in the language of the address: the source is Swedish, ``translations/en`` has the English.

In code, import these as ``_``, ``_n`` and ``_later``: ``make translations`` looks for those names.
"""

from typing import Any, cast

import flask_babel


def gettext(text: str, **values: Any) -> str:
    """``text`` translated, with ``values`` put into it (``%(name)s``)."""
    return cast(str, flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The form for one or for many, translated."""
    return cast(str, flask_babel.ngettext(one, many, count, **values))


def lazy_gettext(text: str) -> str:
    """A text that is translated when it is shown: for tables that are made before there is a request.

    It is no ``str`` but behaves like one where it is shown; take ``str(…)`` of it elsewhere.
    """
    return cast(str, flask_babel.lazy_gettext(text))
