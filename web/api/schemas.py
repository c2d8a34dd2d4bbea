"""The shapes of the API's answers as JSON schemas (2020-12), each with an example."""

from collections.abc import Mapping
from typing import Any

from index.facets import FACETS
from search.query import Sort

Json = dict[str, Any]


def _object(properties: Mapping[str, Json], optional: tuple[str, ...] = (), text: str = "") -> Json:
    """An object whose fields are always there, but for the ``optional`` ones."""
    required = [name for name in properties if name not in optional]
    shape: Json = {"type": "object", "properties": dict(properties), "required": required}
    return shape | ({"description": text} if text else {})


def _list(items: Json, text: str = "") -> Json:
    return {"type": "array", "items": items} | ({"description": text} if text else {})


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _text(text: str = "", **more: Any) -> Json:
    return {"type": "string"} | ({"description": text} if text else {}) | more


def _maybe(text: str = "", **more: Any) -> Json:
    return _text(text, **more) | {"type": ["string", "null"]}


def _count(text: str = "", minimum: int = 0) -> Json:
    return {"type": "integer", "minimum": minimum} | ({"description": text} if text else {})


_DAY = {"format": "date"}
_SPAN_OR_NULL = {
    "anyOf": [_ref("Span"), {"type": "null"}],
    "description": "When it was published; null: nothing is known.",
}
_ENTITY_OR_NULL = {
    "anyOf": [_ref("Entity"), {"type": "null"}],
    "description": "null: the text does not say who.",
}
_ENTITIES = {
    name: _list(_ref("Entity"), "In order of first mention.")
    for name in ("departments", "ministers", "agencies", "categories")
}
_REMOVED = _maybe("When it was found to be gone from its source, UTC; null: it is there.")
_BODY = _text(
    "Plain text in blocks separated by an empty line. A block that begins with '## ' or '### ' "
    "is a heading, a line that begins with '• ' an item of a list, a block with tabs a table."
)
_STATED = _object(
    {"published": _maybe("A day or a month."), "updated": _maybe("A day or a month.")},
    text="The dates as the source states them.",
)
_COUNTS = {"type": "object", "additionalProperties": _count()}

SCHEMAS: Json = {
    "Error": _object(
        {
            "error": _object(
                {
                    "code": _text("A word that a program can act on."),
                    "message": _text("What happened and what to do, for a person."),
                    "parameter": _maybe("The parameter that must change; null: none."),
                }
            )
        }
    ),
    "Entity": _object({"id": _text("A stable key."), "name": _text("The name that people use.")}),
    "Span": _object(
        {
            "first": _text(**_DAY),
            "last": _text(**_DAY),
            "precision": _text("How much is known.", enum=["day", "month", "span"]),
        },
        text="It was published on some day from first to last, both included.",
    ),
    "Link": _object({"name": _text(), "url": _text("As the source gave it: untrusted.")}),
    "Query": _object(
        {
            "q": _text(),
            "sort": _text(enum=[s.value for s in Sort]),
            "page": _count(minimum=1),
            "size": _count(minimum=1),
            "filters": _object(
                {f.key: _list(_text()) for f in FACETS},
                optional=tuple(f.key for f in FACETS),
                text="The chosen keys of each facet in which something is chosen.",
            ),
            "from": _text("Only when given.", **_DAY),
            "to": _text("Only when given.", **_DAY),
            "in": _text("Only when given.", enum=["quotes"]),
            "verbatim": {"type": "boolean", "description": "Only when given."},
        },
        optional=("from", "to", "in", "verbatim"),
        text="What was asked for, as it was understood.",
    ),
    "Hit": _object(
        {
            "id": _text(),
            "url": _maybe("The original's address."),
            "title": _text("Plain text."),
            "type": _text("regeringen.se's word for it."),
            "summary": _text("Plain text."),
            "published": _SPAN_OR_NULL,
            **_ENTITIES,
            "removed": _REMOVED,
            "score": {"type": "number", "description": "Comparable within one answer only."},
            "snippet": _text("HTML in which everything but <mark> is escaped."),
            "quote": {
                "anyOf": [_object({"speaker": _ENTITY_OR_NULL}), {"type": "null"}],
                "description": "When words were looked for in quotations: who said the snippet.",
            },
        }
    ),
    "FacetValue": _object(
        {
            "value": _text("The key to filter by."),
            "label": _text("Plain text."),
            "count": _count("The hits that choosing it gives."),
            "selected": {"type": "boolean"},
        }
    ),
    "Without": _object(
        {
            "filter": _text("A facet's key, dates (from and to) or in."),
            "values": _list(_text(), "What is chosen: the keys of a facet."),
            "labels": _list(_text(), "Their names. Plain text."),
            "count": _count("The hits of the same search without this filter."),
        }
    ),
    "Offer": _object(
        {
            "facet": _text("A facet's key.", enum=[f.key for f in FACETS]),
            "value": _text("The key to filter by."),
            "label": _text("Plain text."),
        }
    ),
    "SearchResult": _object(
        {
            "query": _ref("Query"),
            "matching": _text(
                "all: every hit has all words. some: hits with most of the words follow.",
                enum=["all", "some"],
            ),
            "total": _count("Hits that can be paged to."),
            "total_pages": _count(),
            "took_ms": {"type": "number", "minimum": 0, "description": "The engine's whole work."},
            "hits": _list(_ref("Hit")),
            "facets": _object(
                {f.key: _list(_ref("FacetValue")) for f in FACETS},
                text="Each facet is counted under every filter but its own.",
            ),
            "suggestion": _maybe("Another spelling that finds more."),
            "corrected": {
                "type": "boolean",
                "description": "true: the answer is to suggestion, not to q; with verbatim=1 it is to q.",
            },
            "without_filter": _list(
                _ref("Without"), "When filters leave nothing: what dropping each one would give. Else empty."
            ),
            "offers": _list(
                _ref("Offer"), "Filters that the words name (a minister, a department, an agency, a year) and q lacks."
            ),
            "next": _maybe("The next page's address, path and query."),
        }
    ),
    "Release": _object(
        {
            "id": _text(),
            "url": _maybe("The original's address, as the source gave it: untrusted."),
            "type": _text(),
            "title": _text("Plain text."),
            "summary": _text("Plain text."),
            "body": _BODY,
            "published": _SPAN_OR_NULL,
            "stated": _STATED,
            "senders": _list(_text(), "As the source states them."),
            **_ENTITIES,
            "links": _list(_ref("Link")),
            "attachments": _list(_ref("Link")),
            "contact": _text("The press contact; not searched."),
            "quotes": _list(
                _object(
                    {
                        "text": _text("Plain text."),
                        "speaker": _ENTITY_OR_NULL,
                        "minister": {"type": "boolean", "description": "The speaker was a minister."},
                    }
                ),
                "What is said in it, in order.",
            ),
            "removed": _REMOVED,
            "first_seen": _text("When it was first taken in, UTC."),
            "changed": _text("When its present version was taken in, UTC."),
            "versions": _count("How many versions of it there are.", minimum=1),
        }
    ),
    "Version": _object(
        {
            "number": _count("From 1, the oldest.", minimum=1),
            "seen": _text("When it was first seen, UTC."),
            "url": _maybe("The original's address, as the source gave it: untrusted."),
            "type": _text(),
            "title": _text("Plain text."),
            "summary": _text("Plain text."),
            "body": _BODY,
            "stated": _STATED,
            "senders": _list(_text(), "As the source states them."),
            "categories": _list(_text(), "As the source states them."),
            "links": _list(_ref("Link")),
            "attachments": _list(_ref("Link")),
            "contact": _text("The press contact."),
        }
    ),
    "Versions": _object({"versions": _list(_ref("Version"), "Newest first: the first is the present one.")}),
    "Similar": _object({"hits": _list(_ref("Hit"))}),
    "Suggestion": _object(
        {
            "text": _text("Plain text."),
            "kind": _text("What it is: a word, a title, a phrase of titles, or a facet's key."),
            "value": _maybe("The facet value's key, or the id of the one release that has the title."),
            "count": _count("The releases behind it."),
        }
    ),
    "Suggestions": _object({"suggestions": _list(_ref("Suggestion"))}),
    "Status": _object(
        {
            "generation": _text("The published generation."),
            "created": _text("When it was made, UTC."),
            "releases": _count(),
            "first": _maybe("The first day that the releases cover."),
            "last": _maybe("The last day that the releases cover."),
            "newest": _maybe("The newest release was published on this day or later.", **_DAY),
            "updated": _maybe("When sources were last read to the end, new releases or none, UTC."),
            "by_type": _COUNTS,
            "by_year": _COUNTS,
        }
    ),
    "Update": _object(
        {
            "id": _text(),
            "started": _text("UTC."),
            "ended": _maybe("UTC; null: it runs, or nobody knows."),
            "state": _text(enum=["running", "done", "failed"]),
            "exit_status": {
                "type": ["integer", "null"],
                "description": "That of pressok update: 0 done, 1 done but something was rejected, 2 not done.",
            },
            "summary": _list(_text(), "What it said, line by line; when it failed, why."),
        }
    ),
    "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
}
