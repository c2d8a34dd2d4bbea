"""For whoever runs the service: does the process live, and can it answer?"""

from flask import Blueprint, Response

from index.errors import IndexUnavailable
from web.context import engine

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    """200 while the process answers at all."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """200 when there is an index to answer from, else 503 with what mends it."""
    try:
        engine().status()
    except IndexUnavailable as error:
        return Response(f"{error}\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
