"""The pages for people, in Swedish; they work without a script."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request

from index.annotations import Entity
from search.engine import Engine
from search.page import Marked
from search.query import Filters, Query
from web import params, urls
from web.body import blocks
from web.context import engine
from web.help import PARTS
from web.listing import answered_as, listing

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def search() -> str:
    """The search page; with nothing asked for, the newest releases and what the index holds."""
    query = params.parse(request.args)
    page = engine().search(answered_as(query))
    view = listing(query, page)
    status = engine().status() if view.is_start else None
    return render_template("search.html", view=view, query=query, status=status, only=only)


@blueprint.get("/releases/<release_id>")
def release(release_id: str) -> str:
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


@blueprint.get("/help")
def help() -> str:
    """What can be typed and how it is answered, with examples that lead to the search."""
    return render_template("help.html", query=Query(), parts=PARTS)


def only(facet: str, entity: Entity) -> str:
    """The address of every release with one minister, department, agency or category."""
    return urls.search(Query(filters=Filters.of(**{facet: [entity.id]})))


def _marker(engine: Engine, query_text: str) -> Callable[[str], Marked]:
    """What marks the words of a query in a text; without words, nothing is marked."""
    if not query_text:
        return Marked
    return lambda text: engine.mark(text, query_text)
