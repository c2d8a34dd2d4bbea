"""The pages for people, and what other programs fetch for them. Every address of theirs stands in one table here.

The pages work without a script.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, request

from web.api import wellformed
from web.feeds import atom, exports, opensearch
from web.pages import api, changes, cite, entity, facet, help, release, search, trends

_ROUTES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("/", "search", search.show),
    ("/facets/<key>", "facet", facet.show),
    ("/releases/<release_id>", "release", release.show),
    ("/releases/<release_id>/changes", "changes", changes.show),
    ("/ministers/<key>", "minister", entity.minister),
    ("/departments/<key>", "department", entity.department),
    ("/agencies/<key>", "agency", entity.agency),
    ("/trends", "trends", trends.show),
    ("/trends.csv", "trends_csv", trends.table),
    ("/releases/<release_id>/cite.bib", "cite_bib", partial(cite.show, form="bib")),
    ("/releases/<release_id>/cite.ris", "cite_ris", partial(cite.show, form="ris")),
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
    pages.before_request(_refuse_malformed)
    for rule, name, view in _ROUTES:
        pages.add_url_rule(rule, name, view, methods=["GET"])
    return pages


def _refuse_malformed() -> None:
    """What programs ask for (an address with an ending) must be readable; people's links are met leniently."""
    if request.url_rule and "." in request.url_rule.rule:
        wellformed.require(request.query_string)
