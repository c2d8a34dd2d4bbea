"""The OpenAPI 3.1 document, written from the tables of parameters and facets."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from web import examples, schemas
from web.params import SEARCH, SUGGEST, Parameter

Json = dict[str, Any]

_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The release's id, as a hit gives it.",
    "schema": {"type": "string", "minLength": 1},
    "example": examples.RELEASE_ID,
}

_FAILURES = {
    400: ("The client must change something: the message says what.", "invalid_date"),
    404: ("There is no such release.", "not_found"),
    405: ("Only reading is possible.", "method_not_allowed"),
    500: ("Something went wrong on our side.", "internal_error"),
    503: ("There is no index to answer from; the message names the command that mends it.", "index_unavailable"),
}


@cache
def document() -> Json:
    """The whole document, as plain values. Treat it as frozen: every caller gets the same one."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pressök",
            "version": "1",
            "summary": "Search in the Swedish Government's press releases.",
            "description": "Text is UTF-8, dates are ISO 8601. Version 1 grows, but nothing in it changes "
            "meaning or goes away: let your client pass over fields that it does not know.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": _paths(),
        "components": {"schemas": schemas.SCHEMAS},
    }


def _paths() -> Json:
    return {
        "/api/v1/search": _get("search", "Search", "SearchResult", SEARCH),
        "/api/v1/releases/{id}": _get("release", "A release, whole", "Release", by_id=True),
        "/api/v1/releases/{id}/similar": _get(
            "similar", "Releases on the same matter, most alike first", "Similar", by_id=True
        ),
        "/api/v1/suggest": _get("suggest", "Completions of what is being typed", "Suggestions", SUGGEST),
        "/api/v1/status": _get("status", "What is published", "Status"),
        "/api/v1/openapi.json": _get("openapi", "This document", "OpenApi"),
    }


def _get(name: str, summary: str, schema: str, rows: Iterable[Parameter] = (), *, by_id: bool = False) -> Json:
    """A path that can be read, with every answer that it gives."""
    failures = [status for status in _FAILURES if by_id or status != 404]
    operation = {
        "operationId": name,
        "summary": summary,
        "parameters": [_parameter(row) for row in rows] + ([_ID] if by_id else []),
        "responses": {
            "200": _answer("The answer.", schema, examples.EXAMPLES[schema]),
            **{str(status): _failure(status) for status in failures},
        },
    }
    return {"get": operation}


def _parameter(row: Parameter) -> Json:
    found: Json = {"name": row.name, "in": "query", "description": row.help, "required": row.required}
    if row.repeatable:
        found |= {"style": "form", "explode": True, "schema": {"type": "array", "items": dict(row.schema)}}
    else:
        found |= {"schema": dict(row.schema)}
    return found | {"example": row.example}


def _failure(status: int) -> Json:
    text, code = _FAILURES[status]
    parameter = "from" if status == 400 else None
    message = "from can't be '2017-13': write YYYY, YYYY-MM or YYYY-MM-DD." if parameter else text
    return _answer(text, "Error", {"error": {"code": code, "message": message, "parameter": parameter}})


def _answer(text: str, schema: str, example: Json) -> Json:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": example}
    return {"description": text, "content": {"application/json": content}}
