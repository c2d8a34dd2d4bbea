"""Every value of one facet, for those that don't have room beside the hits."""

from flask import abort, render_template, request

from index.facets import FACETS
from web import params
from web.context import engine
from web.i18n import texts
from web.pages.listing import answered_as, choices


def show(key: str) -> str:
    """The values with what each would give; choosing one leads back to the hits."""
    if key not in {f.key for f in FACETS}:
        abort(404)
    query = params.parse(request.args)
    page = engine().search(answered_as(query))
    values = choices(query, key, page.facets[key])
    return render_template("facet.html", query=query, key=key, label=texts.facet_label(key), values=values, page=page)
