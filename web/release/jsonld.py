"""What a release's page tells machines: a description in the words of schema.org, as JSON-LD.

It describes the release, not the page that shows it. schema.org has no type for press releases in its core; a
``NewsArticle`` is what comes nearest for what is published as news, ``Article`` for speeches and op-eds.
"""

import re
from typing import Any

import orjson
from markupsafe import Markup

from index.annotations import Annotations, Entity
from index.document import Document
from web.i18n.texts import span_in_words, type_label
from web.urls import web_address

MIMETYPE = "application/ld+json"
_NEWS = {"pressmeddelande", "artikel", "uttalande"}
_PUBLISHER = "Regeringskansliet"
_UNSAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def description(document: Document, address: str) -> dict[str, Any]:
    """The description of a release that is shown at ``address``; what is not known is left out."""
    release, found = document.release, document.annotations
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if release.type in _NEWS else "Article",
        "url": address,
        "isBasedOn": web_address(release.url),
        "headline": release.title,
        "abstract": release.summary,
        "genre": type_label(release.type),
        "inLanguage": "sv",
        **_dates(found, release.updated),
        "publisher": _organization(_PUBLISHER),
        "author": [_organization(department.name) for department in found.departments],
        "about": [*map(_person, found.ministers), *(_organization(agency.name) for agency in found.agencies)],
        "keywords": [category.name for category in found.categories],
        "isAccessibleForFree": True,
    }
    return {name: value for name, value in told.items() if value}


def script(document: Document, address: str) -> Markup:
    """The description as what a ``script`` element may hold: no sign in it can end the element."""
    told = orjson.dumps(description(document, address)).decode()
    return Markup(told.translate(_UNSAFE))  # noqa: S704 (JSON, in which < > and & are written as \u003c and so on)


def _dates(found: Annotations, updated: str | None) -> dict[str, str]:
    """The day of publication, if it is known; else words that say what is. (A ``temporalCoverage`` would be a lie: it
    is the time that a text is about.)"""
    span = found.span
    told = {"dateModified": updated} if updated and _DAY.match(updated) else {}
    if span and span.first == span.last:
        return {"datePublished": span.first.isoformat(), **told}
    return {"disambiguatingDescription": span_in_words(span), **told}


def _person(minister: Entity) -> dict[str, str]:
    return {"@type": "Person", "name": minister.name}


def _organization(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}
