"""A release's page."""

from collections.abc import Callable

from flask import abort, render_template, request

from search.engine import Engine
from search.page import Marked
from search.query import Query
from web import params, urls
from web.context import engine
from web.pages.body import blocks
from web.pages.entity import only


def show(release_id: str) -> str:
    """A release with its full text; the search it was found by is in the address."""
    query = params.parse(request.args)
    document = engine().get(release_id)
    if document is None:
        abort(404)
    return render_template(
        "release.html",
        query=query,
        release=document.release,
        found=document.annotations,
        known=document.provenance,
        blocks=blocks(document.release.body),
        back=urls.search(query) if query != Query() else None,
        mark=_marker(engine(), query.text),
        only=only,
    )


def _marker(engine: Engine, query_text: str) -> Callable[[str], Marked]:
    """What marks the words of a query in a text; without words, nothing is marked."""
    if not query_text:
        return Marked
    return lambda text: engine.mark(text, query_text)
