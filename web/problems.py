"""Errors as answers: one shape below ``/api/``, one page everywhere else."""

import logging
from dataclasses import dataclass

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from index.errors import (
    ClusterRefused,
    ClusterUnavailable,
    DamagedGeneration,
    ForeignGeneration,
    IndexUnavailable,
    NoGeneration,
)
from search.query import Query
from web import params
from web.i18n import texts
from web.params import ParameterError

_log = logging.getLogger("pressok.web")

_CODES = {
    400: ("bad_request", "The request can't be read."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "Only reading is possible here: use GET."),
    413: ("too_large", "The request has a body, which nothing here reads: leave it out."),
    429: ("too_many_requests", "You ask for more than one client may: wait for as many seconds as Retry-After says."),
    500: ("internal_error", "Something went wrong here; it has been noted. Try again later."),
}

_MENDING = {
    NoGeneration: "There is no index yet. Run 'pressok rebuild SOURCE…' to make one.",
    ForeignGeneration: "The index was written by another version or program. Run 'pressok rebuild' to make a new one.",
    DamagedGeneration: "The index is damaged. Run 'pressok rebuild' to make a new one from the archive.",
    ClusterRefused: "The cluster does not do what it is asked. The log of the service says why.",
}
_WAIT = 10  # seconds after which a cluster that lost a node, or had too much to do, may well answer again


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong. ``detail`` is for the person who reads the page, ``message`` for a client.

    With ``retry_after`` it may be over in so many seconds.
    """

    status: int
    code: str
    message: str
    parameter: str | None = None
    detail: str | None = None
    retry_after: int | None = None


def register(app: Flask) -> None:
    """Let ``app`` answer every error in our shapes."""
    app.register_error_handler(ParameterError, _parameter_error)
    app.register_error_handler(IndexUnavailable, _unavailable)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _http_error)


def not_found(what: str) -> Response:
    """The API's answer for an id that is unknown."""
    return _answer(Problem(404, "not_found", what))


def refused(status: int, code: str, message: str) -> Response:
    """The API's answer to what it does not do, whatever the parameters say."""
    return _answer(Problem(status, code, message))


def _parameter_error(error: ParameterError) -> Response:
    detail = None
    if error.code in texts.PARAMETER_ERRORS:
        detail = texts.parameter_error(error.code, error.parameter, error.value)
    return _answer(Problem(400, error.code, str(error), error.parameter, detail))


def _unavailable(error: IndexUnavailable) -> Response:
    """The command that mends it, but not the paths on this machine, which the log has."""
    _log.error("no index to answer from: %s", error)
    if isinstance(error, ClusterUnavailable):
        message = "The search can't answer at the moment: wait for as many seconds as Retry-After says."
        return _answer(Problem(503, "temporarily_unavailable", message, retry_after=_WAIT))
    return _answer(Problem(503, "index_unavailable", _MENDING.get(type(error), _MENDING[DamagedGeneration])))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    code, message = _CODES.get(status, _CODES[500 if status >= 500 else 400])
    if isinstance(error, MethodNotAllowed) and "GET" not in (error.valid_methods or ("GET",)):
        message = f"Only {', '.join(sorted({*(error.valid_methods or ())} - {'OPTIONS'}))} is possible here."
    response = _answer(Problem(status, code, message))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _answer(problem: Problem) -> Response:
    if request.path.startswith("/api/"):
        body = {"code": problem.code, "message": problem.message, "parameter": problem.parameter}
        response = jsonify(error=body)
    else:
        title, advice = texts.PAUSE if problem.retry_after else texts.ERRORS.get(problem.status, texts.ERRORS[400])
        told = {"problem": problem, "title": str(title), "advice": str(advice), "query": _kept(problem)}
        response = Response(render_template("error.html", **told), mimetype="text/html")
    response.status_code = problem.status
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _kept(problem: Problem) -> Query:
    """The search that was asked for without the parameter that can't be read, so that only that is to be typed anew."""
    if problem.status != 400:
        return Query()
    try:
        return params.parse(MultiDict((k, v) for k, v in request.args.items(multi=True) if k != problem.parameter))
    except ParameterError:
        return Query()
