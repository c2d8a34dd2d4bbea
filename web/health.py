"""For whoever runs the service: does the process live, and can it answer?"""

import logging

from flask import Blueprint, Response

from index.errors import IndexUnavailable
from search.engine import Engine
from search.query import Query
from web.context import engine

_log = logging.getLogger("pressok.web")

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    """200 while the process answers at all."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 when a search finds a document and it can be read, else 503 with what mends it.

    Whatever else goes wrong is 503 too: who asks wants to know whether to send people here.
    """
    try:
        answers = _answers(engine())
    except IndexUnavailable as error:
        return Response(f"{error}\n", status=503, mimetype="text/plain")
    except Exception:
        _log.exception("not ready")
        answers = False
    told, status = ("ok\n", 200) if answers else ("The index does not answer; the log says more.\n", 503)
    return Response(told, status=status, mimetype="text/plain")


def _answers(engine: Engine) -> bool:
    """Whether one document is found and can be read; an index without any has nothing to find."""
    hits = engine.search(Query(size=1)).hits
    if not hits:
        return engine.status().releases == 0
    return engine.get(hits[0].facts.id) is not None
