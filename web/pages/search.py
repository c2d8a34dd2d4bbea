"""The search page; with nothing asked for, the newest releases and what the index holds."""

from flask import render_template, request

from web import params
from web.context import engine
from web.feeds import naming
from web.pages.entity import only
from web.pages.histogram import histogram
from web.pages.listing import answered_as, listing
from web.pages.timespan import counted


def show() -> str:
    """A page of hits, or the start page."""
    query = params.parse(request.args)
    page = engine().search(answered_as(query))
    view = listing(query, page)
    status = engine().status() if view.is_start else None
    over_time = histogram(query, counted(engine(), answered_as(query))) if page.total else None
    told = {"view": view, "query": query, "status": status, "feed_title": naming.title(page)}
    return render_template("search.html", **told, only=only, histogram=over_time)
