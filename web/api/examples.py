"""An example of every answer of the API, for the OpenAPI document."""

from typing import Any

from index.facets import FACETS

Json = dict[str, Any]

RELEASE_ID = "pressmeddelanden.2018.04.exempel"
_SPAN = {"first": "2016-05-25", "last": "2019-01-20", "precision": "span"}
_MINISTER = {"id": "ibrahim-baylan", "name": "Ibrahim Baylan"}
_ENTITIES = {
    "departments": [{"id": "statsradsberedningen", "name": "Statsrådsberedningen"}],
    "ministers": [_MINISTER],
    "agencies": [{"id": "boverket", "name": "Boverket"}],
    "categories": [],
}
_HIT: Json = {
    "id": RELEASE_ID,
    "url": "https://www.regeringen.se/pressmeddelanden/2018/04/exempel/",
    "title": "Exempel på ett pressmeddelande",
    "type": "pressmeddelande",
    "summary": "En mening om vad det handlar om.",
    "published": _SPAN,
    **_ENTITIES,
    "removed": None,
    "score": 7.1,
    "snippet": "… arbetet mot <mark>segregation</mark> …",
    "quote": None,
}
_SEARCH: Json = {
    "query": {
        "q": "segregation",
        "sort": "relevance",
        "page": 1,
        "size": 20,
        "filters": {"minister": ["ibrahim-baylan"]},
        "from": "2017-01-01",
    },
    "matching": "all",
    "total": 1,
    "total_pages": 1,
    "took_ms": 0.4,
    "hits": [_HIT],
    "facets": {f.key: [] for f in FACETS}
    | {
        "minister": [{"value": "ibrahim-baylan", "label": "Ibrahim Baylan", "count": 1, "selected": True}],
        "year": [{"value": "2017", "label": "2017", "count": 1, "selected": False}],
    },
    "suggestion": None,
    "corrected": False,
    "without_filter": [],
    "offers": [],
    "next": None,
}
_RELEASE: Json = {
    **{key: _HIT[key] for key in ("id", "url", "type", "title", "summary")},
    "body": "## En rubrik\n\nEtt stycke.\n\n• En punkt\n• En till",
    "published": _SPAN,
    "stated": {"published": None, "updated": None},
    "senders": ["Statsrådsberedningen"],
    **_ENTITIES,
    "links": [{"name": "Boverket", "url": "https://www.boverket.se/"}],
    "attachments": [],
    "contact": "Test Testsson, pressekreterare",
    "quotes": [
        {
            "text": "Det här är ett exempel.",
            "speaker": {"id": "test-testsson", "name": "Test Testsson"},
            "minister": False,
        }
    ],
    "removed": None,
    "first_seen": "2024-12-31T12:00:00Z",
    "changed": "2024-12-31T12:00:00Z",
    "versions": 1,
}
_VERSION: Json = {
    "number": 1,
    "seen": "2024-12-31T12:00:00Z",
    **{key: _RELEASE[key] for key in ("url", "type", "title", "summary", "body", "stated", "senders")},
    "categories": [],
    **{key: _RELEASE[key] for key in ("links", "attachments", "contact")},
}

EXAMPLES: Json = {
    "SearchResult": _SEARCH,
    "Release": _RELEASE,
    "Similar": {"hits": [_HIT]},
    "Versions": {"versions": [_VERSION]},
    "Suggestions": {
        "suggestions": [
            {"text": "Ibrahim Baylan", "kind": "minister", "value": "ibrahim-baylan", "count": 12},
        ]
    },
    "Status": {
        "generation": "000012",
        "created": "2024-12-31T12:00:00Z",
        "releases": 7411,
        "first": "2014-10-03",
        "last": "2024-12-30",
        "newest": "2024-12-30",
        "updated": "2024-12-31T12:10:00Z",
        "by_type": {"pressmeddelande": 5623, "artikel": 1430},
        "by_year": {"2023": 1500, "2024": 2498},
    },
    "Update": {
        "id": "5f3a0c9d1e7b2468",
        "started": "2024-12-31T12:00:00Z",
        "ended": "2024-12-31T12:00:21Z",
        "state": "done",
        "exit_status": 0,
        "summary": ["index: generation 000013, 7412 releases, 1 written, 0 taken out"],
    },
    "OpenApi": {"openapi": "3.1.0", "info": {"title": "Pressök", "version": "1"}, "paths": {}},
}
"""By the name of the answer's schema."""
