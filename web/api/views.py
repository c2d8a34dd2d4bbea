"""The JSON API, version 1: clients are written against it, so it grows, but nothing changes meaning."""

from typing import Any

import orjson
from flask import Blueprint, Response, current_app, request

from index.annotations import DateSpan, Entity
from index.document import Document, Version
from index.facets import FACETS
from index.release import Link
from search.page import Hit, Page, Status
from search.query import Query, Scope
from web import params, urls
from web.api import openapi, wellformed
from web.context import engine
from web.markup import marked_text
from web.problems import not_found
from web.settings import Settings

Json = dict[str, Any]

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.before_request(lambda: wellformed.require(request.query_string))


@blueprint.get("/search")
def search() -> Json:
    """A page of the result of a search, with its facets."""
    page = engine().search(params.parse(request.args, strict=True))
    return page_json(page)


@blueprint.get("/releases/<release_id>")
def release(release_id: str) -> Json | Response:
    """A release, whole."""
    params.refuse_unknown(request.args)
    document = engine().get(release_id)
    return _unknown(release_id) if document is None else release_json(document)


@blueprint.get("/releases/<release_id>/similar")
def similar(release_id: str) -> Json | Response:
    """Releases on the same matter."""
    params.refuse_unknown(request.args)
    hits = engine().similar(release_id)
    return _unknown(release_id) if hits is None else {"hits": [_hit(h) for h in hits]}


@blueprint.get("/releases/<release_id>/versions")
def versions(release_id: str) -> Json | Response:
    """Every version of a release, newest first."""
    params.refuse_unknown(request.args)
    found = engine().versions(release_id)
    return {"versions": [_version(v) for v in reversed(found)]} if found else _unknown(release_id)


@blueprint.get("/suggest")
def suggest() -> Json:
    """Completions of what is being typed."""
    found = engine().suggest(params.suggest_text(request.args))
    return {"suggestions": [{"text": s.text, "kind": s.kind, "value": s.value, "count": s.count} for s in found]}


@blueprint.get("/status")
def status() -> Json:
    """What is published."""
    params.refuse_unknown(request.args)
    return _status(engine().status())


@blueprint.get("/openapi.json")
def openapi_json() -> Json:
    """The description of all this."""
    params.refuse_unknown(request.args)
    settings: Settings = current_app.config["PRESSOK"]
    return openapi.document(updates=settings.token is not None)


def page_json(page: Page) -> Json:
    """The answer to a search."""
    return {
        "query": _query(page.query),
        "matching": page.matching,
        "total": page.total,
        "total_pages": page.total_pages,
        "took_ms": round(page.took_ms, 3),
        "hits": [_hit(h) for h in page.hits],
        "facets": {f.key: orjson.Fragment(page.facets[f.key].json) for f in FACETS},
        "suggestion": page.suggestion,
        "corrected": page.corrected,
        "without_filter": [
            {"filter": w.filter, "values": list(w.values), "labels": list(w.labels), "count": w.count}
            for w in page.without
        ],
        "offers": [{"facet": o.facet, "value": o.value, "label": o.label} for o in page.offers],
        "next": urls.api_search(page.query.on_page(page.query.page + 1)) if params.has_next(page) else None,
    }


def release_json(document: Document) -> Json:
    """A document as the API gives it out."""
    release, found, known = document.release, document.annotations, document.provenance
    return {
        "id": release.id,
        "url": release.url,
        "type": release.type,
        "title": release.title,
        "summary": release.summary,
        "body": release.body,
        "published": _span(found.span),
        "stated": {"published": release.published, "updated": release.updated},
        "senders": list(release.senders),
        "departments": _entities(found.departments),
        "ministers": _entities(found.ministers),
        "agencies": _entities(found.agencies),
        "categories": _entities(found.categories),
        "links": _links(release.links),
        "attachments": _links(release.attachments),
        "contact": release.contact,
        "quotes": [
            {"text": document.said(q), "speaker": _entity(q.speaker), "minister": q.minister} for q in found.quotes
        ],
        "removed": known.removed,
        "first_seen": known.first_seen,
        "changed": known.changed,
        "versions": known.versions,
    }


def _version(version: Version) -> Json:
    """A version as its source gave it: what is recognised, is recognised in the present one alone."""
    release = version.release
    return {
        "number": version.number,
        "seen": version.seen,
        "url": release.url,
        "type": release.type,
        "title": release.title,
        "summary": release.summary,
        "body": release.body,
        "stated": {"published": release.published, "updated": release.updated},
        "senders": list(release.senders),
        "categories": list(release.categories),
        "links": _links(release.links),
        "attachments": _links(release.attachments),
        "contact": release.contact,
    }


def _unknown(release_id: str) -> Response:
    return not_found(f"There is no release with the id {release_id!r}.")


def _query(query: Query) -> Json:
    echo: Json = {"q": query.text, "sort": query.sort.value, "page": query.page, "size": query.size}
    echo["filters"] = {key: list(values) for key, values in query.filters.chosen}
    if query.scope is Scope.QUOTES:
        echo["in"] = query.scope.value
    if query.verbatim:
        echo["verbatim"] = True
    if query.first:
        echo["from"] = query.first.isoformat()
    if query.last:
        echo["to"] = query.last.isoformat()
    return echo


def _hit(hit: Hit) -> orjson.Fragment:
    """A hit: its facts are JSON already, and are not read to be written again."""
    more = {
        "score": hit.score,
        "snippet": marked_text(hit.snippet),
        "quote": {"speaker": _entity(hit.quoted.speaker)} if hit.quoted else None,
    }
    return orjson.Fragment(hit.json[:-1] + b"," + orjson.dumps(more)[1:])


def _span(span: DateSpan | None) -> Json | None:
    if span is None:
        return None
    return {"first": span.first.isoformat(), "last": span.last.isoformat(), "precision": span.precision}


def _entities(entities: tuple[Entity, ...]) -> list[Json]:
    return [{"id": e.id, "name": e.name} for e in entities]


def _entity(entity: Entity | None) -> Json | None:
    return {"id": entity.id, "name": entity.name} if entity else None


def _links(links: tuple[Link, ...]) -> list[Json]:
    return [{"name": link.name, "url": link.url} for link in links]


def _status(status: Status) -> Json:
    return {
        "generation": status.generation,
        "created": status.created,
        "releases": status.releases,
        "first": status.first,
        "last": status.last,
        "newest": status.newest,
        "updated": status.updated,
        "by_type": dict(status.by_type),
        "by_year": dict(status.by_year),
    }
