"""Marked text as HTML: the one function that both page and API use."""

import re
from itertools import count

from markupsafe import Markup, escape

from search.page import Marked

_MARK = re.compile("<mark>")
_SPECIAL = re.compile("[&<>\"']")


def marked_html(marked: Marked) -> Markup:
    """The text with everything escaped but ``<mark>`` around what matches."""
    text = marked.text
    safe = (lambda piece: piece) if not _SPECIAL.search(text) else escape
    parts: list[str] = []
    at = 0
    for start, end in marked.places:
        parts += (safe(text[at:start]), "<mark>", safe(text[start:end]), "</mark>")
        at = end
    parts.append(safe(text[at:]))
    return Markup("".join(parts))  # noqa: S704 (every piece went through escape, or holds nothing to be escaped)


def with_numbered_marks(text: Markup) -> Markup:
    """The same HTML, whose marks can be gone to: ``#match-1``, ``#match-2`` and so on."""
    numbers = count(1)
    return Markup(_MARK.sub(lambda _: f'<mark id="match-{next(numbers)}">', text))  # noqa: S704 (it was safe before)
