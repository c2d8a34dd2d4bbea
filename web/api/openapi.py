"""The OpenAPI 3.1 document, written from the tables of operations, parameters and shapes."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from web.api import examples, schemas
from web.api.operations import JSON, OPERATIONS, UPDATES, Operation
from web.params import MAX_VALUES, Parameter

Json = dict[str, Any]

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The release's id, as a hit gives it.",
    "schema": {"type": "string", "minLength": 1},
    "example": examples.RELEASE_ID,
}
_UPDATE_ID = {
    **_ID,
    "description": "The update's id, as starting it gives it.",
    "example": examples.EXAMPLES["Update"]["id"],
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of an earlier answer from this address: if it still holds, 304 without a body comes back.",
    "schema": {"type": "string"},
    "example": 'W/"0123456789abcdef01234567"',
}
_HEADERS = {
    "ETag": ("Known by this an answer can be asked about again. It changes with every generation of the index.", True),
    "Cache-Control": ("An answer may be kept, but is to be asked about each time.", True),
    "Vary": ("Accept-Encoding: with gzip in it, answers of more than 1 kB are packed.", False),
    "Access-Control-Allow-Origin": ("*: any site's scripts may read this.", False),
}
_DECIDED_HEADERS = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}

_FAILURES = {
    400: ("The client must change something: the message says what, parameter where.", "invalid_date"),
    401: ("The token is missing or wrong.", "unauthorized"),
    404: ("There is no such release.", "not_found"),
    405: ("Only reading is possible.", "method_not_allowed"),
    409: ("An update is running.", "update_running"),
    413: ("The request has a body, which nothing here reads.", "too_large"),
    429: ("One client asks for too much: Retry-After says for how many seconds to wait.", "too_many_requests"),
    500: ("Something went wrong on our side.", "internal_error"),
    503: (
        "There is no index to answer from, and the message names the command that mends it; or the code is "
        "temporarily_unavailable, and Retry-After says for how many seconds to wait.",
        "index_unavailable",
    ),
}
_TOLD = {
    401: ("WWW-Authenticate", "Bearer."),
    405: ("Allow", "What is possible."),
    409: ("Location", "Where to follow the update that is running, if it was started so."),
    429: ("Retry-After", "Seconds to wait."),
    503: ("Retry-After", "Seconds to wait, where waiting helps."),
}
"""The header that an answer of this status has, and what it says."""
_OF_UPDATES = {
    400: ("There are no parameters; the message names the one that was sent.", "unknown_parameter"),
    404: ("There is no such update, or it is long ago.", "not_found"),
    503: ("An update can't be started: the log of the service says why.", "update_unavailable"),
}
_TOKEN = {"token": {"type": "http", "scheme": "bearer", "description": "The token that the service was started with."}}
_DESCRIPTION = """\
Text is UTF-8, dates are ISO 8601. Version 1 grows, but nothing in it changes meaning or goes away: let your client
pass over fields that it does not know.

A parameter that is unknown, malformed (no UTF-8, control characters), too long, or given twice where once is possible
is refused with 400, which names it. No key is needed, and any site's scripts may read the answers.

Every answer but an error has an ETag. Send it back as If-None-Match: 304 comes at once, without a search, until
another generation of the index is published. HEAD is answered like GET, without the body."""


@cache
def document(*, updates: bool = False) -> Json:
    """The whole document, as plain values; with ``updates`` also of how they are started.

    Treat it as frozen: every caller gets the same one.
    """
    operations = OPERATIONS + (UPDATES if updates else ())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pressök",
            "version": "1",
            "summary": "Search in the Swedish Government's press releases.",
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/", "description": "Where this document came from."}],
        "tags": [
            {"name": "api", "description": "The API: clients are written against it."},
            {"name": "operation", "description": "For whoever runs the service."},
        ],
        "paths": {operation.path: {operation.method: _described(operation)} for operation in operations},
        "components": {
            "schemas": schemas.SCHEMAS,
            "headers": {name: _header(name) for name in _HEADERS},
            **({"securitySchemes": _TOKEN} if updates else {}),
        },
    }


def _described(operation: Operation) -> Json:
    """An address, with every answer that it gives."""
    secured = operation in UPDATES
    parameters = [_parameter(row) for row in operation.parameters]
    parameters += [_UPDATE_ID if secured else _ID] if operation.by_id else []
    parameters += [_IF_NONE_MATCH] if operation.decided else []
    failures = sorted({*operation.failures, *([404] if operation.by_id else [])})
    return {
        "operationId": operation.name,
        "tags": ["api" if operation.path.startswith("/api/") else "operation"],
        "summary": operation.summary,
        "description": operation.description,
        **({"security": [{"token": []}]} if secured else {}),
        "parameters": parameters,
        "responses": {
            str(operation.status): _success(operation),
            **({"304": _unchanged()} if operation.decided else {}),
            **{str(status): _failure(operation, status) for status in failures},
        },
    }


def _list_of(schema: Mapping[str, Any]) -> Json:
    return {"type": "array", "maxItems": MAX_VALUES, "items": dict(schema)}


def _parameter(row: Parameter) -> Json:
    found: Json = {"name": row.name, "in": "query", "description": row.help, "required": row.required}
    if row.repeatable:
        found |= {"style": "form", "explode": True, "schema": _list_of(row.schema)}
    else:
        found |= {"schema": dict(row.schema)}
    return found | {"example": row.example}


def _success(operation: Operation) -> Json:
    if operation.schema:
        found = _answer("The answer.", operation.schema, examples.EXAMPLES[operation.schema])
    else:
        schema = {"type": "array"} if operation.media.endswith("json") else {"type": "string"}
        found = {"description": "The answer.", "content": {operation.media: {"schema": schema}}}
    if operation.decided:
        found["headers"] = _DECIDED_HEADERS
    if operation.status == 202:
        found["headers"] = {"Location": {"description": "Where to follow it.", "schema": {"type": "string"}}}
    if operation.links:
        found["links"] = {
            name: {"operationId": name, "parameters": {"id": place}} for name, place in operation.links.items()
        }
    return found


def _unchanged() -> Json:
    return {"description": "What you have still holds (If-None-Match).", "headers": _DECIDED_HEADERS}


def _failure(operation: Operation, status: int) -> Json:
    """Errors have one shape below ``/api/``; elsewhere they are for people."""
    text, code = _FAILURES[status]
    if not operation.path.startswith("/api/"):
        media = operation.media if status == 503 and not operation.decided else "text/html"
        return {"description": text, "content": {media: {"schema": {"type": "string"}}}}
    if operation in UPDATES:
        text, code = _OF_UPDATES.get(status, (text, code))
    parameter = "from" if status == 400 and operation not in UPDATES else None
    message = "from can't be '2017-13': write YYYY, YYYY-MM or YYYY-MM-DD." if parameter else text
    found = _answer(text, "Error", {"error": {"code": code, "message": message, "parameter": parameter}})
    told = _TOLD.get(status)
    if told and not (status == 503 and operation in UPDATES):
        found["headers"] = {told[0]: {"description": told[1], "schema": {"type": "string"}}}
    return found


def _header(name: str) -> Json:
    text, required = _HEADERS[name]
    return {"description": text, "required": required, "schema": {"type": "string"}}


def _answer(text: str, schema: str, example: Json) -> Json:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": example}
    return {"description": text, "content": {JSON: content}}
