"""Marked text as HTML: the one function that both page and API use."""

import re
from itertools import count

from jinja2.ext import Extension
from markupsafe import Markup, escape

from search.page import Marked

_MARK = re.compile("<mark>")


class WithoutIndentation(Extension):
    """Templates are indented for those who write them; readers need not be sent that."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with a space for what begins its lines: behind a tag of Jinja it is all that parts two words."""
        return _INDENTATION.sub(" ", source)


_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_SPECIAL = "&<>\"'"


def marked_html(marked: Marked) -> Markup:
    """The text with everything escaped but ``<mark>`` around what matches."""
    return Markup(marked_text(marked))  # noqa: S704 (every piece went through escape, or holds nothing to be escaped)


def marked_text(marked: Marked) -> str:
    """The same as a plain string."""
    text = marked.text
    if any(map(text.__contains__, _SPECIAL)):
        pieces = [f"<mark>{escape(s.text)}</mark>" if s.marked else str(escape(s.text)) for s in marked]
        return "".join(pieces)
    pieces = []
    at = 0
    for start, end in marked.places:
        pieces += (text[at:start], "<mark>", text[start:end], "</mark>")
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def with_numbered_marks(text: Markup) -> Markup:
    """The same HTML, whose marks can be gone to: ``#match-1``, ``#match-2`` and so on."""
    numbers = count(1)
    return Markup(_MARK.sub(lambda _: f'<mark id="match-{next(numbers)}">', text))  # noqa: S704 (it was safe before)
