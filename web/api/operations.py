"""What programs can ask for, one row each: the table that the OpenAPI document and the page about the API are made of.

A new address needs a row here; a test fails while it has none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from web.params import SEARCH, SUGGEST, TYPED, Parameter

JSON, TEXT, CSV = "application/json", "text/plain", "text/csv"
ATOM, JSON_LINES = "application/atom+xml", "application/jsonl"
OPENSEARCH, SUGGESTIONS = "application/opensearchdescription+xml", "application/x-suggestions+json"
RIS, BIBTEX = "application/x-research-info-systems", "application/x-bibtex"

_READ = (400, 405, 500, 503)
_RESULT = tuple(row for row in SEARCH if row.name not in ("page", "size"))


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that can be asked, and how: most are read.

    ``schema`` names the answer's shape in ``web/api/schemas.py``, for JSON; else the answer is text of type ``media``.
    ``by_id``: the address holds the id of a release, so that there may be none. ``links`` leads from the answer to
    other operations: each with where in the answer the id is that they take. ``decided``: the answer has a tag and can
    be 304. ``status`` is that of the answer when all went well.
    """

    name: str
    path: str
    summary: str
    description: str
    schema: str = ""
    media: str = JSON
    parameters: tuple[Parameter, ...] = ()
    by_id: bool = False
    decided: bool = True
    failures: tuple[int, ...] = (400, 405, 413, 429, 500, 503)
    links: Mapping[str, str] = field(default_factory=dict)
    method: str = "get"
    status: int = 200


_OF_FIRST_HIT = dict.fromkeys(("release", "similar", "versions"), "$response.body#/hits/0/id")

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "search",
        "/api/v1/search",
        "Search",
        "A page of the hits and the facets counted over the whole result. Values of one facet are alternatives, facets "
        "combine with AND. What can be typed in q (phrases, fields, minus, OR) is told on /en/help.",
        "SearchResult",
        parameters=SEARCH,
        links=_OF_FIRST_HIT,
    ),
    Operation(
        "release",
        "/api/v1/releases/{id}",
        "A release, whole",
        "The release as its source gave it, and what was recognised in it: ministers, departments, agencies, quotes.",
        "Release",
        by_id=True,
        links={"similar": "$response.body#/id", "versions": "$response.body#/id"},
    ),
    Operation(
        "similar",
        "/api/v1/releases/{id}/similar",
        "Releases on the same matter",
        "Up to five releases that share the words which set this one apart, most alike first.",
        "Similar",
        by_id=True,
        links=_OF_FIRST_HIT,
    ),
    Operation(
        "versions",
        "/api/v1/releases/{id}/versions",
        "Every version of a release",
        "The release as its source gave it each time that it was found to be another than before, newest first.",
        "Versions",
        by_id=True,
    ),
    Operation(
        "suggest",
        "/api/v1/suggest",
        "Completions of what is being typed",
        "Names of ministers, departments and agencies, phrases and titles that begin so, also with a typing error.",
        "Suggestions",
        parameters=SUGGEST,
    ),
    Operation(
        "status",
        "/api/v1/status",
        "What is published",
        "The generation of the index that answers, how many releases of which types and years it holds, how new the "
        "newest is, and when the sources were last read.",
        "Status",
    ),
    Operation(
        "openapi",
        "/api/v1/openapi.json",
        "This document",
        "The description of everything that programs can ask for.",
        "OpenApi",
        failures=(400, 405, 413, 429, 500),
    ),
    Operation(
        "feed",
        "/feed.atom",
        "A search to follow",
        "The newest 50 hits of a search as an Atom feed, in Swedish; the same below /en/ in English.",
        media=ATOM,
        parameters=_RESULT,
        failures=_READ,
    ),
    *(
        Operation(
            f"export_{form}",
            f"/export.{form}",
            f"A whole result as {called}",
            "Every hit of a search, not only of a page, as it streams. page and size make no difference.",
            media=media,
            parameters=_RESULT,
            failures=_READ,
        )
        for form, called, media in (("csv", "CSV", CSV), ("jsonl", "JSON Lines", JSON_LINES), ("ris", "RIS", RIS))
    ),
    *(
        Operation(
            f"cite_{form}",
            f"/releases/{{id}}/cite.{form}",
            f"A release as {called}",
            "For reference managers. Where the day is not certain, it says so.",
            media=media,
            by_id=True,
            failures=(405, 500, 503),
        )
        for form, called, media in (("bib", "BibTeX", BIBTEX), ("ris", "RIS", RIS))
    ),
    Operation(
        "trends_csv",
        "/trends.csv",
        "How often words occur over time",
        "A row for each period and word: releases with it, all of them, the share, whether they are too few to tell.",
        media=CSV,
        parameters=(
            Parameter("q", "A word or a search; up to five.", TYPED, ["kärnkraft"], repeatable=True),
            Parameter(
                "split",
                "Split one word by this.",
                {"type": "string", "enum": ["", "minister", "department"]},
                "minister",
            ),
            Parameter("step", "The length of a period.", {"type": "string", "enum": ["", "year", "month"]}, "year"),
            Parameter("all", "1: not press releases alone.", {"type": "string", "enum": ["", "0", "1"]}, "1"),
            *(row for row in _RESULT if row.name in ("from", "to")),
        ),
        failures=_READ,
    ),
    Operation(
        "opensearch",
        "/opensearch.xml",
        "The search engine as browsers add it",
        "An OpenSearch 1.1 description.",
        media=OPENSEARCH,
        failures=(405, 500),
    ),
    Operation(
        "suggestions",
        "/suggest.json",
        "Completions as browsers read them",
        "What was typed and a list of texts (OpenSearch Suggestions 1.1). The API's own are below /api/v1/suggest.",
        media=SUGGESTIONS,
        parameters=(Parameter("q", "What has been typed so far.", TYPED, "segr"),),
        failures=_READ,
    ),
    Operation(
        "alive",
        "/healthz",
        "Whether the process answers",
        "For whoever runs the service: ok while the process answers at all.",
        media=TEXT,
        decided=False,
        failures=(400, 405, 413, 500),
    ),
    Operation(
        "ready",
        "/readyz",
        "Whether there is an index that answers",
        "For whoever runs the service: ok when a search finds a document, or 503 with what is missing.",
        media=TEXT,
        decided=False,
        failures=(400, 405, 413, 500, 503),
    ),
)

UPDATES: tuple[Operation, ...] = (
    Operation(
        "start_update",
        "/api/v1/update",
        "Start an update of the index",
        "The sources in the settings of the service are read, and what is new or changed is published. It takes no "
        "body. The answer says where to follow it. While one runs, another is refused, with where to follow that one.",
        "Update",
        decided=False,
        failures=(400, 401, 405, 409, 413, 429, 500, 503),
        links={"update": "$response.body#/id"},
        method="post",
        status=202,
    ),
    Operation(
        "update",
        "/api/v1/updates/{id}",
        "What became of an update",
        "Whether it is running, done or failed, and what it said. Only the latest updates are told of.",
        "Update",
        by_id=True,
        decided=False,
        failures=(400, 401, 405, 413, 429, 500),
    ),
)
"""What only a service with a token has. Each takes the token, and no ``id`` of theirs is a release's."""
