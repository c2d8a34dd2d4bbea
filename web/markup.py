"""Marked text as HTML: the one function that both page and API use."""

from markupsafe import Markup, escape

from search.page import Marked

_MARK = Markup("<mark>{}</mark>")


def marked_html(segments: Marked) -> Markup:
    """``segments`` with everything escaped but ``<mark>`` around what matches."""
    return Markup("").join(_MARK.format(s.text) if s.marked else escape(s.text) for s in segments)
