"""The page of a minister, a department or an agency: who or what, when, and what was published about it."""

from functools import partial

from flask import abort, render_template

from index.annotations import Entity
from search.profile import history_of, names_of, offices_of
from search.query import Filters, Query, Sort
from web import urls
from web.context import engine
from web.pages.histogram import histogram
from web.pages.timespan import counted

_LATEST = 5
_WORDS = 24


def _show(facet: str, key: str) -> str:
    profile = engine().profile(facet, key, _WORDS)
    if profile is None:
        abort(404)
    own = Query(filters=Filters.of(**{facet: [key]}))
    latest = engine().search(Query(filters=own.filters, sort=Sort.NEWEST, size=_LATEST))
    history = history_of(facet, key) if facet != "minister" else None
    return render_template(
        "entity.html",
        facet=facet,
        profile=profile,
        offices=offices_of(key) if facet == "minister" else (),
        history=history,
        names=names_of(facet, profile.entity)[1:],
        latest=latest,
        own=own,
        histogram=histogram(own, counted(engine(), own)),
        query=Query(),
        only=only,
    )


minister = partial(_show, "minister")
department = partial(_show, "department")
agency = partial(_show, "agency")


def only(facet: str, entity: Entity) -> str:
    """Where a name leads: to its own page if it has one, else to every release with it."""
    page = urls.ENTITIES.get(facet)
    return page(entity.id) if page else urls.search(Query(filters=Filters.of(**{facet: [entity.id]})))
