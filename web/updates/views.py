"""Starting an update over HTTP, and following it. Only with a token: without one these addresses do not exist.

The token is sent in a header that no browser sends by itself, never in a cookie, so that no other site can start an
update by a visitor's browser.
"""

import logging
from dataclasses import asdict

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request, url_for

from index.errors import DataFolderError, WriterBusy
from web import params, problems
from web.api import wellformed
from web.settings import Settings
from web.updates.runs import Update, Updates

_log = logging.getLogger("pressok.web")

blueprint = Blueprint("updating", __name__, url_prefix="/api/v1")


def register(app: Flask) -> None:
    """Let ``app`` have the addresses if its settings have a token."""
    if _settings(app).token is not None:
        app.register_blueprint(blueprint)


def _settings(app: Flask) -> Settings:
    found: Settings = app.config["PRESSOK"]
    return found


@blueprint.before_request
def _authorize() -> Response | None:
    """Refuse who does not have the token. Nothing else of the request is looked at before."""
    token, given = _settings(current_app).token, request.authorization
    if token and given and given.type == "bearer" and token.is_written(given.token or ""):
        wellformed.require(request.query_string)
        params.refuse_unknown(request.args)
        return None
    sent = "Authorization" in request.headers
    response = problems.refused(
        401, "unauthorized", "Send the token that the service was started with: Authorization: Bearer TOKEN."
    )
    response.headers["WWW-Authenticate"] = 'Bearer realm="pressok"' + (', error="invalid_token"' if sent else "")
    return response


@blueprint.post("/update")
def start() -> Response:
    """Start an update, unless one runs."""
    if request.content_length:  # what is read are the sources in the settings
        abort(413)
    settings = _settings(current_app)
    updates = Updates(settings.data)
    try:
        update = updates.start(settings)
    except WriterBusy:
        return _running(updates.running())
    except (DataFolderError, OSError) as error:
        _log.error("an update can't be started: %s", error)
        return problems.refused(
            503, "update_unavailable", "An update can't be started; the log of the service says why."
        )
    if update is None:
        return _running(updates.running())
    response = jsonify(asdict(update))
    response.status_code = 202
    response.headers["Location"] = _place(update)
    return response


def _running(update: Update | None) -> Response:
    """The refusal of a second update; there is no place to follow one that was started otherwise."""
    follow = (
        f"Follow it at {_place(update)}" if update else "Another pressok process is writing: try again when it is done"
    )
    response = problems.refused(409, "update_running", f"An update is running. {follow}.")
    if update:
        response.headers["Location"] = _place(update)
    return response


@blueprint.get("/updates/<update_id>")
def follow(update_id: str) -> Response:
    """What became of an update, or how far it is."""
    update = Updates(_settings(current_app).data).get(update_id)
    if update is None:
        return problems.not_found(f"There is no update with the id {update_id!r}; only the latest ones are told of.")
    return jsonify(asdict(update))


def _place(update: Update) -> str:
    return url_for("updating.follow", update_id=update.id)
