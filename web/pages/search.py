"""The search page; with nothing asked for, the newest releases and what the index holds."""

from flask import render_template, request

from index.annotations import Entity
from search.query import Filters, Query
from web import params, urls
from web.context import engine
from web.pages.listing import answered_as, listing


def show() -> str:
    """A page of hits, or the start page."""
    query = params.parse(request.args)
    page = engine().search(answered_as(query))
    view = listing(query, page)
    status = engine().status() if view.is_start else None
    return render_template("search.html", view=view, query=query, status=status, only=only)


def only(facet: str, entity: Entity) -> str:
    """The address of every release with one minister, department, agency or category."""
    return urls.search(Query(filters=Filters.of(**{facet: [entity.id]})))
