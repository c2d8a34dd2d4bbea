"""The pages for people, and what other programs fetch for them. Every address of theirs stands in one table here.

The pages work without a script.
"""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from web.feeds import atom, exports, opensearch
from web.pages import api, cite, entity, facet, help, release, search, trends

_ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("/", "search", search.show),
    ("/facets/<key>", "facet", facet.show),
    ("/releases/<release_id>", "release", release.show),
    ("/ministers/<key>", "minister", entity.minister),
    ("/departments/<key>", "department", entity.department),
    ("/agencies/<key>", "agency", entity.agency),
    ("/trends", "trends", trends.show),
    ("/trends.csv", "trends_csv", trends.table),
    ("/releases/<release_id>/cite.<form>", "cite", cite.show),
    ("/help", "help", help.show),
    ("/api", "api", api.show),
    ("/feed.atom", "feed", atom.show),
    ("/export.csv", "export_csv", exports.csv_file),
    ("/export.jsonl", "export_jsonl", exports.jsonl_file),
    ("/export.ris", "export_ris", exports.ris_file),
    ("/opensearch.xml", "opensearch", opensearch.description),
    ("/suggest.json", "suggestions", opensearch.suggestions),
)
"""An address, its name (by which ``web.urls`` builds it), and what answers there."""


def blueprint() -> Blueprint:
    """The pages, to be registered once for each language."""
    pages = Blueprint("pages", __name__)
    for rule, name, view in _ROUTES:
        pages.add_url_rule(rule, name, view, methods=["GET"])
    return pages
