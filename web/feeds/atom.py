"""The Atom feed of a search (RFC 4287): its newest releases, in whatever order the page shows the hits."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from flask import Response, request

from index.annotations import DateSpan
from index.document import Document
from index.facets import FACETS
from index.text import running_text
from search.page import Page
from search.query import Query, Sort
from web import params, urls
from web.context import engine
from web.feeds import naming, xml
from web.i18n import languages

ENTRIES = 50
MIMETYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_GOVERNMENT_OFFICES = "Regeringskansliet"
_SUMMARY = 300  # letters of a text without a lead
# Ids are UUIDs made of names (RFC 9562, section 5.5), which are the same on every host and need no domain to own: who
# follows two searches, or moves to another address of the service, has each release once.
_NAMES = UUID("1f24bdd7-ae5f-46eb-ba07-991affcdb61d")
_CATEGORIES = tuple(f for f in FACETS if f.key in {"type", "minister", "agency", "category"})


def show() -> Response:
    """The feed of a search. Readers ask often: :mod:`web.middleware.caching` answers those that have it as it is."""
    query = params.parse(request.args)
    asked = replace(query, sort=Sort.NEWEST, page=1, size=1)
    page = engine().search(asked)
    body = feed(page, islice(engine().export(asked), ENTRIES), engine().status().created)
    return Response(body, mimetype=MIMETYPE)


def feed(page: Page, documents: Iterable[Document], made: str) -> bytes:
    """The feed of a search's first ``documents``; ``made`` is when the index was, the only time of an empty feed."""
    documents = list(documents)
    root = xml.root(_ATOM, "feed", opensearch=_OPENSEARCH)
    root.set(xml.LANG, languages.current())
    xml.add(root, "id", _search_id(page.query))
    xml.add(root, "title", naming.title(page))
    xml.add(root, "updated", max((d.provenance.changed for d in documents), default=made))
    xml.add(xml.add(root, "author"), "name", "Pressök")
    xml.add(root, "generator", "Pressök")
    xml.add(root, "icon", urls.absolute(urls.static("icon.svg")))
    xml.add(root, "link", rel="self", type=MIMETYPE, href=urls.absolute(urls.feed(page.query)))
    html = urls.absolute(urls.search(replace(page.query, sort=Sort.NEWEST, size=Query().size)))
    xml.add(root, "link", rel="alternate", type="text/html", href=html)
    description = urls.absolute(urls.opensearch())
    xml.add(root, "link", rel="search", type="application/opensearchdescription+xml", href=description)
    xml.add(root, f"{{{_OPENSEARCH}}}totalResults", str(page.total))
    for document in documents:
        _add_entry(root, document)
    return xml.written(root)


def _add_entry(root: Any, document: Document) -> None:
    release, found = document.release, document.annotations
    entry = xml.add(root, "entry")
    entry.set(xml.LANG, languages.SWEDISH)
    xml.add(entry, "id", uuid5(_NAMES, f"release {release.id}").urn)
    xml.add(entry, "title", release.title, type="text")
    xml.add(entry, "updated", document.provenance.changed)
    if found.span and _is_day(found.span):
        # The hour is not known: at noon UTC it is that day in nearly every place where it may be read.
        xml.add(entry, "published", f"{found.span.first.isoformat()}T12:00:00Z")
    for name in [d.name for d in found.departments] or release.senders or [_GOVERNMENT_OFFICES]:
        xml.add(xml.add(entry, "author"), "name", name)
    xml.add(entry, "link", rel="alternate", type="text/html", href=urls.absolute(urls.release(release.id)))
    original = urls.web_address(release.url)
    if original:
        xml.add(entry, "link", rel="via", type="text/html", href=xml.uri(original))
    _add_categories(entry, document)
    xml.add(entry, "summary", _summary(document), type="text")


def _add_categories(entry: Any, document: Document) -> None:
    for facet in _CATEGORIES:
        for entity in facet.values(document.release, document.annotations):
            scheme = urls.absolute(urls.facet(facet.key))  # says of what it is a value, and lists the others
            xml.add(entry, "category", term=entity.id, scheme=scheme, label=entity.name)


def _summary(document: Document) -> str:
    release = document.release
    if release.summary.strip():
        return " ".join(release.summary.split())
    return shorten(running_text("", release.body)[: 2 * _SUMMARY], _SUMMARY, placeholder=" …")


def _search_id(query: Query) -> str:
    """The same for the same search, in whatever order its parameters were given and however its hits are shown."""
    fields = sorted((name, value) for name, values in params.result_args(query).items() for value in values)
    return uuid5(_NAMES, f"search {languages.current()} {urlencode(fields)}").urn


def _is_day(span: DateSpan) -> bool:
    return span.precision == "day" and span.first == span.last
