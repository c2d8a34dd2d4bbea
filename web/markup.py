"""Marked text as HTML: the one function that both page and API use."""

from markupsafe import Markup, escape

from search.page import Marked


def marked_html(segments: Marked) -> Markup:
    """``segments`` with everything escaped but ``<mark>`` around what matches."""
    # Every text goes through escape.
    parts = (f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in segments)
    return Markup("".join(parts))  # noqa: S704
