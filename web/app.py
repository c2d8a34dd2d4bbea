"""The Flask application: an engine in, pages and API out."""

from typing import Any

import orjson
from flask import Flask, Response
from flask.json.provider import JSONProvider
from jinja2 import StrictUndefined

from index.annotations import Entity
from search.engine import Engine
from search.page import Marked
from web import assets, context, freshness, health, markup, pages, params, problems, urls
from web.api import views as api
from web.feeds import sitemap
from web.i18n import languages, texts, translation
from web.middleware import caching, compression, cors, limits, proxies, security
from web.pages import offices
from web.release import fragments
from web.settings import Settings
from web.updates import views as updating


class _Json(JSONProvider):
    """JSON as people read it: letters as they are, fields in the order that they were written in."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """``obj`` as JSON."""
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What the JSON ``s`` says."""
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """A response with the JSON of what is given."""
        found = orjson.dumps(self._prepare_response_obj(args, kwargs), option=orjson.OPT_APPEND_NEWLINE)
        return Response(found, mimetype="application/json")


class _Application(Flask):
    """Flask, which does not write into its log what was asked for."""

    def log_exception(self, exc_info: Any) -> None:
        """Tell of an error that nobody foresaw."""
        self.logger.error("a request could not be answered", exc_info=exc_info)


def create_app(engine: Engine, settings: Settings | None = None) -> Flask:
    """The application that answers from ``engine``; nothing is read or opened before the first request.

    Without ``settings`` a client may ask for as much as it likes.
    """
    app = _Application(__name__, static_folder=None)  # web.assets serves it
    app.json = _Json(app)
    app.url_map.merge_slashes = False
    settings = settings or Settings(rate=0, exports=0)
    app.config["PRESSOK"] = settings
    proxies.register(app, settings)
    security.register(app)
    limits.register(app, settings)
    context.bind(app, engine)
    languages.register(app)
    for part in (compression, caching, cors):  # what is sent is changed in reverse: packed last of all
        part.register(app)
    _prepare_templates(app)
    for blueprint in (api.blueprint, health.blueprint, assets.blueprint, sitemap.blueprint):
        app.register_blueprint(blueprint)
    updating.register(app)
    people = pages.blueprint()
    app.register_blueprint(people, name=languages.BLUEPRINTS[languages.SWEDISH])
    app.register_blueprint(people, name=languages.BLUEPRINTS[languages.ENGLISH], url_prefix="/en")
    problems.register(app)
    return app


def _prepare_templates(app: Flask) -> None:
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.optimized = False  # a filter of a constant (a facet's label) would be computed once, in Swedish
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension(markup.WithoutIndentation)
    env.globals.update(
        _=translation.in_template,
        urls=urls,
        to_fields=params.to_fields,
        language=languages.current,
        other_language=languages.other,
        suggestion_words=texts.suggestion_words,
        freshness=freshness.sentence,
    )
    env.filters.update(
        marked=markup.marked_html,
        marked_at=Marked.at,
        numbered=markup.with_numbered_marks,
        landing=fragments.landing,
        number=texts.number,
        documents=texts.documents,
        day=texts.day_in_words,
        first_upper=texts.first_upper,
        office=offices.beside,
        as_entity=lambda value: Entity(value.value, value.label),
        in_words=texts.span_in_words,
        stated=texts.stated_in_words,
        type_label=texts.type_label,
        facet_label=texts.facet_label,
        web_address=urls.web_address,
        host=urls.host_of,
    )
