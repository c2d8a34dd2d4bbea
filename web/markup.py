"""Marked text as HTML: the one function that both page and API use."""

import re

from markupsafe import Markup, escape

from search.page import Marked

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
