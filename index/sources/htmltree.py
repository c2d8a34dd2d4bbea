"""HTML made into a tree of elements, safely.

lxml reads the HTML, and gives what it reads to a builder of ours: its own tree takes quadratic time for a tag
with many attributes and ends at 256 levels. The tree is the standard library's; walk it with :func:`events`,
which needs no recursion however deep it is. Nothing that a page names is ever loaded.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal
from xml.etree.ElementTree import Element, TreeBuilder

from lxml import etree  # type: ignore[import-untyped]

_KEPT = (
    "aria-hidden", "class", "colspan", "content", "datetime", "hidden", "href", "name", "property",
    "rel", "role", "start", "style", "value",
)  # fmt: skip
_SAVED_FROM = re.compile(r"\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)")
SAVED_FROM = "saved-from"
"""The attribute of the root that holds the address which the browser wrote into the file when it saved it."""

# What is not a page's text: programs, forms, menus, and what stands in for another thing.
_LEFT_OUT = frozenset((
    "audio", "button", "canvas", "dialog", "footer", "form", "head", "iframe", "map", "math", "nav", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "video",
))  # fmt: skip
_UNSEEN = frozenset((
    "hidden", "hide", "is-hidden", "screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden",
))  # fmt: skip
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EXPLAINED = re.compile(r"(?:explanation|tooltip|popover)", re.IGNORECASE)
_EXPLANATION = re.compile(
    r"(?:explanation|tooltip|popover)s?[-_]*(?:text|content|box|bubble|body|description|popup|panel)",
    re.IGNORECASE,
)

Event = tuple[Literal["start", "end"], Element] | tuple[Literal["text"], str]


class _Builder:
    """Takes what lxml reads; keeps only the attributes that are read later.

    The root is one of ours: of tags in disorder libxml2 makes several elements side by side, or none at all.
    """

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._builder.start("html", {})
        self._saved_from = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._builder.start(tag, {name: attributes[name] for name in _KEPT if name in attributes})

    def end(self, tag: str) -> None:
        self._builder.end(tag)

    def data(self, text: str) -> None:
        self._builder.data(text)

    def comment(self, text: str) -> None:
        if not self._saved_from and (match := _SAVED_FROM.match(text)):
            self._saved_from = match[1]

    def close(self) -> Element:
        self._builder.end("html")
        root = self._builder.close()
        root.set(SAVED_FROM, self._saved_from)
        return root


def parse(text: str) -> Element:
    """The root of the page in ``text``. Never fails: what is wrong or cut off is mended as a browser would."""
    # Characters that XML has not: libxml2 would end the page at the first.
    encoded = re.sub("[\0\ufffe\uffff]", "", text).encode("utf-8", "replace")
    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", no_network=True)
    parser.feed(encoded or b" ")
    root: Element = parser.close()
    return root


def events(root: Element, skip: Callable[[Element], bool]) -> Iterator[Event]:
    """Elements as they start and end and the text between, without what :func:`is_left_out` or ``skip`` names.

    ``skip`` is not asked for the root.
    """
    yield ("start", root)
    yield ("text", root.text or "")
    opened = [(root, iter(root))]
    while opened:
        element, children = opened[-1]
        child = next(children, None)
        if child is None:
            opened.pop()
            yield ("end", element)
            yield ("text", (element.tail or "") if opened else "")
        elif is_left_out(child) or skip(child):
            yield ("text", child.tail or "")
        else:
            opened.append((child, iter(child)))
            yield ("start", child)
            yield ("text", child.text or "")


def elements(root: Element) -> Iterator[Element]:
    """Every element of the page that a reader sees, in order."""
    return (e for kind, e in events(root, lambda _: False) if kind == "start" and isinstance(e, Element))


def text_of(root: Element, skip: Callable[[Element], bool] = lambda _: False) -> str:
    """The text that a reader sees within the element, without what ``skip`` names; lines as they are in the file."""
    pieces = []
    for kind, item in events(root, skip):
        if isinstance(item, str):
            pieces.append(item)
        elif kind == "start" and item.tag == "br":
            pieces.append(" ")
    return "".join(pieces)


def has_class(element: Element, *names: str) -> bool:
    """Whether the element has one of the classes."""
    return not _classes(element).isdisjoint(names)


def class_matches(element: Element, pattern: re.Pattern[str]) -> bool:
    """Whether the pattern is found in the element's classes."""
    return bool(pattern.search(element.get("class", "")))


def is_left_out(element: Element) -> bool:
    """Whether a reader of the text does not see the element, or it is no text: menus, forms, explanations of words.

    The word that is explained is text, whatever its element is.
    """
    if element.tag in _LEFT_OUT:
        return element.tag != "button" or not class_matches(element, _EXPLAINED)
    return bool(element.attrib) and (_is_unseen(element) or class_matches(element, _EXPLANATION))


def _is_unseen(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").lower() == "true"
        or element.get("role", "") in ("tooltip", "dialog", "navigation", "search")
        or not _classes(element).isdisjoint(_UNSEEN)
        or bool(_NOT_DISPLAYED.search(element.get("style", "")))
    )


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())
