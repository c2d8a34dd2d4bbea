"""Feeds, site maps and descriptions read as strictly as their specifications allow."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

HERE = Path(__file__).parent
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
}


@cache
def grammar(name: str) -> Any:
    return etree.RelaxNG(etree.parse(HERE / f"{name}.rng"))


def read(data: bytes, name: str) -> Any:
    """The document as a tree. Fails when it is not well-formed or not as the grammar ``name`` asks."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    grammar(name).assertValid(root)
    return root


def read_feed(data: bytes) -> Any:
    """The same for a feed, with the rules of RFC 4287 that no grammar says."""
    root = read(data, "atom")
    entries = find(root, "atom:entry")
    ids = [text(e, "atom:id") for e in entries]
    assert len(ids) == len(set(ids)), "4.1.1: entries with one id"
    for place in (root, *entries):
        alternates = [tuple(map(link.get, ("type", "hreflang"))) for link in find(place, "atom:link[@rel='alternate']")]
        assert len(alternates) == len(set(alternates)), "4.1.1, 4.1.2: links that can't be told apart"
    for entry in entries:
        assert find(entry, "atom:author") or find(root, "atom:author"), "4.1.2: who wrote it"
        assert find(entry, "atom:link[@rel='alternate']"), "4.1.2: without content there is something to go to"
    return root


def find(place: Any, path: str) -> list[Any]:
    found: list[Any] = place.xpath(path, namespaces=NAMES)
    return found


def texts(place: Any, path: str) -> list[str]:
    return [element.text or "" for element in find(place, path)]


def text(place: Any, path: str) -> str:
    (found,) = texts(place, path)
    return found
