"""A release's page."""

from collections.abc import Callable, Iterator
from functools import cache

from flask import abort, render_template, request

from index.annotations import Entity
from index.document import Document
from search.engine import Engine
from search.page import Hit, Marked, Related
from search.query import Query
from web import params, urls
from web.context import engine
from web.pages.body import Block, blocks, texts
from web.pages.entity import only
from web.release import citations, fragments, jsonld

SIMILAR, BESIDE = 5, 3


def show(release_id: str) -> str:
    """A release with its full text; the search it was found by is in the address."""
    query = params.parse(request.args)
    document = engine().get(release_id)
    if document is None:
        abort(404)
    release, body = document.release, blocks(document.release.body)
    mark = _marker(engine(), query.text)
    return render_template(
        "release.html",
        query=query,
        release=release,
        found=document.annotations,
        known=document.provenance,
        blocks=body,
        speakers=_speakers(document),
        original=fragments.landing(release.url, _first_marked(mark, release.summary, body)),
        related=(related := engine().related(release_id, BESIDE)),
        similar=_similar(engine(), release_id, related),
        cited=_cited(document),
        jsonld=jsonld.script(document, urls.release(release_id)),
        back=urls.search(query) if query != Query() else None,
        mark=mark,
        only=only,
    )


def _marker(engine: Engine, query_text: str) -> Callable[[str], Marked]:
    """What marks the words of a query in a text; without words, nothing is marked."""
    if not query_text:
        return Marked
    return cache(lambda text: engine.mark(text, query_text))


def _similar(engine: Engine, release_id: str, related: Related | None) -> list[Hit]:
    """The releases most like this one that are not shown in their place in time already."""
    shown = {hit.facts.id for hit in (*related.earlier, *related.later)} if related else set()
    found = engine.similar(release_id, SIMILAR + len(shown)) or ()
    return [hit for hit in found if hit.facts.id not in shown][:SIMILAR]


def _first_marked(mark: Callable[[str], Marked], summary: str, body: tuple[Block, ...]) -> Marked:
    """The first line of the text that has a word of the search; an empty one when none has."""
    lines: Iterator[Marked] = (mark(line) for line in (*summary.split("\n"), *texts(body)))
    return next((line for line in lines if line.places), Marked(""))


def _speakers(document: Document) -> tuple[Entity, ...]:
    """Those whose words the release quotes, in the order in which they speak."""
    return tuple(dict.fromkeys(quote.speaker for quote in document.annotations.quotes if quote.speaker))


def _cited(document: Document) -> dict[str, str]:
    """The citations to copy."""
    return {
        "running": citations.running(document, citations.today()),
        "bib": citations.bibtex(document).strip(),
        "ris": citations.ris(document).replace("\r\n", "\n").removesuffix("\n"),
    }
