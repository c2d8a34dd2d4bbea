"""A release as a file for reference managers."""

from collections.abc import Callable

from flask import Response, abort

from index.document import Document
from web.context import engine
from web.release import citations

_FORMS: dict[str, tuple[Callable[[Document], str], str]] = {
    "bib": (citations.bibtex, "application/x-bibtex"),
    "ris": (citations.ris, "application/x-research-info-systems"),
}
"""The ending of a file, what writes it, and its media type."""


def show(release_id: str, form: str) -> Response:
    """The citation of a release in one of the forms, to be kept as a file."""
    document = engine().get(release_id)
    if document is None:
        abort(404)
    write, mimetype = _FORMS[form]
    response = Response(write(document), content_type=f"{mimetype}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{citations.key(document)}.{form}")
    return response
