"""What search engines are told: which addresses there are (sitemaps.org), and which not to ask for (RFC 9309).

Both are of the whole host and so stand once, at the root, not once for each language. The site map names the Swedish
addresses; every page links to itself in English.
"""

from collections.abc import Iterator
from itertools import chain, islice
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, request, stream_with_context

from index.document import Document
from search.query import Query, Sort
from web import params, urls
from web.context import engine
from web.feeds.stream import chunks

CHUNK = 10_000
"""Releases in a part. The protocol allows 50,000; a part of this size is written within seconds."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{tag} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
_PAGES = "pages"
_CLOSED = ("/facets/", "/export.", "/suggest.json", "/releases/*?")
"""Below each language: endless, of no use to a search engine, or a release with the search that it was found by."""

blueprint = Blueprint("sitemap", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Pages may be read, and a search by its words alone; not every combination of filters, orders and pages.

    Those are endless, and lead to releases that the site map names.
    """
    closed = ["/api/", *(start + path for start in ("", "/en") for path in _CLOSED)]
    closed += [f"/*?*{row.name}=" for row in params.SEARCH if row.name != "q"]
    lines = ["User-agent: *", *(f"Disallow: {request.script_root}{path}" for path in closed), ""]
    return Response("\n".join([*lines, f"Sitemap: {urls.absolute(urls.sitemap())}", ""]), mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def index() -> Response:
    """The list of the parts."""
    parts = [_PAGES, *map(str, _numbers())]
    return _answer("sitemapindex", (f"<sitemap>{_location(urls.sitemap(part))}</sitemap>\n" for part in parts))


@blueprint.get("/sitemaps/<part>.xml")
def part(part: str) -> Response:
    """The pages that there is one of, or some of the releases, oldest first, so that earlier parts stay as they are."""
    if part == _PAGES:
        return _answer("urlset", (f"<url>{_location(address)}</url>\n" for address in _pages()))
    if part not in map(str, _numbers()):
        abort(404)
    number = int(part)
    documents = islice(engine().export(Query(sort=Sort.OLDEST)), (number - 1) * CHUNK, number * CHUNK)
    return _answer("urlset", map(_release, documents))


def _numbers() -> range:
    return range(1, -(-engine().status().releases // CHUNK) + 1)


def _pages() -> Iterator[str]:
    yield from (urls.search(), urls.trends(), urls.help(), urls.api())
    facets = engine().search(Query(size=1)).facets
    for facet, page in urls.ENTITIES.items():
        yield from (page(value.value) for value in facets[facet])


def _release(document: Document) -> str:
    location, changed = _location(urls.release(document.release.id)), escape(document.provenance.changed)
    return f"<url>{location}<lastmod>{changed}</lastmod></url>\n"


def _location(address: str) -> str:
    return f"<loc>{escape(urls.absolute(address))}</loc>"


def _answer(tag: str, rows: Iterator[str]) -> Response:
    """A document that is written while it is sent; :mod:`web.middleware.caching` answers who has it as it is."""
    document = chain([_HEAD.format(tag=tag)], rows, [f"</{tag}>\n"])
    return Response(stream_with_context(chunks(document)), mimetype="application/xml")
