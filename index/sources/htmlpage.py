"""Where the parts of a regeringen.se page lie: its elements by the classes that the site gives them.

The classes are those of the site's pages since 2014. What has moved or is missing is empty, not an error.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from index.sources.htmltree import SAVED_FROM, class_matches, elements, has_class, text_of
from index.text import clean_line

_BODY = ("has-wordExplanation", "cl")
_VIGNETTE = "h1-vignette"
_SENDER = "media--publikations__sender"
_DATES = ("published", "updated")
_FILES = ("list--icons", "list--Block--icons")
_FILE_FOLDER = re.compile(r"/(?:contentassets|globalassets)/")
_CATEGORIES = re.compile(r"politikomr|categories", re.IGNORECASE)
_CONTACT = re.compile(r"(?:^|[\s_-])(?:press)?(?:contact|kontakt)", re.IGNORECASE)
_CONTACT_TAGS = frozenset(("div", "section", "aside", "article", "address", "ul", "dl"))
_REACHABLE = re.compile(r"\d{3}|@|e-post", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3")
_BOXES = 5
"""How many boxes within each other a heading may have around it before the links that it is of."""


class Page:
    """The parts of a page, each an element or a list of elements in the order of the page."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._seen = list(elements(root))
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self.title = ""
        self.heading = self._find_heading()
        self.ingress = self._find_ingress()
        around_head = self._ancestors(e for e in (self.heading, self.ingress) if e is not None)
        self.contacts = self._find_contacts(around_head)
        self.bodies = self._find_bodies()
        self._wrappers = around_head | self._ancestors(self.bodies)
        self.files = self._topmost(lambda e: e not in self._wrappers and has_class(e, *_FILES))
        self.category_lists = self._topmost(lambda e: e not in self._wrappers and class_matches(e, _CATEGORIES))
        apart = (*self.contacts, *self.files, *self.category_lists, self.heading, self.ingress)
        self._apart = frozenset(e for e in apart if e is not None)
        self._bodies = frozenset(self.bodies)

    def is_body(self, element: Element) -> bool:
        """Whether the element is one of those that hold the text."""
        return element in self._bodies

    def is_no_text(self, element: Element) -> bool:
        """Whether the element is a part of its own and no text of the body."""
        return element in self._apart or (has_class(element, *_DATES) and element not in self._wrappers)

    def vignette(self) -> str:
        """What stands above the title: the number or the kind of a document."""
        return next((clean_line(text_of(e)) for e in self._seen if has_class(e, _VIGNETTE)), "")

    def metas(self, name: str) -> list[str]:
        """The contents of the ``meta`` elements of this name or property, in any case of letters."""
        return [
            e.get("content", "").strip()
            for e in self.root.iter("meta")
            if name.lower() in (e.get("name", "").lower(), e.get("property", "").lower())
        ]

    def addresses(self) -> list[str]:
        """The addresses that the page itself and the browser that saved it state, the most certain first."""
        canonical = [
            e.get("href", "") for e in self.root.iter("link") if "canonical" in e.get("rel", "").lower().split()
        ]
        stated = [*canonical, *self.metas("og:url"), self.root.get(SAVED_FROM, "")]
        return [address.strip() for address in stated if address.strip()]

    def dates(self, name: str) -> Iterator[tuple[str, str]]:
        """What is printed and what is stated in ``datetime``, for each date of the class ``name``."""
        for element in self._topmost(lambda e: has_class(e, name) and e not in self._wrappers):
            time = next(element.iter("time"), element)
            yield clean_line(text_of(time)), time.get("datetime", "").strip()

    def senders(self) -> list[str]:
        """The senders in the line that the site marks as theirs."""
        return [link_name(a) for e in self._topmost(lambda e: has_class(e, _SENDER)) for a in e.iter("a")]

    def categories(self) -> list[str]:
        """The names in the lists of categories."""
        return [link_name(a) for e in self.category_lists for a in e.iter("a")]

    def attachments(self) -> list[Element]:
        """The links to files, but for those that stand in the text."""
        listed, in_text = _within(self.files), _within(self.bodies)
        return [
            e
            for e in self._seen
            if e.tag == "a" and (e in listed or (e not in in_text and _FILE_FOLDER.search(e.get("href", ""))))
        ]

    def shortcuts(self) -> list[Element]:
        """The links under the heading "Genvägar" beside the text."""
        in_text = _within(self.bodies)
        headings = self._topmost(lambda e: e.tag in _HEADINGS and e not in in_text)
        heading = next((e for e in headings if clean_line(text_of(e)).startswith("Genväg")), None)
        if heading is None:
            return []
        return [a for e in self._belongs_to(heading) for a in e.iter("a") if a not in in_text]

    def _belongs_to(self, heading: Element) -> list[Element]:
        """The smallest box around a heading that holds a link, or what follows it up to the next heading."""
        box = heading
        for _ in range(_BOXES):
            parent = self._parents.get(box)
            if parent is None or parent in self._wrappers:
                break
            box = parent
            if next(box.iter("a"), None) is not None:
                return [box]
        following = iter(self._parents.get(box, ()))
        for element in following:
            if element is box:
                break
        return list(_until_heading(following))

    def _find_heading(self) -> Element | None:
        main = _within(self._topmost(lambda e: e.tag == "main"))
        headings = self._topmost(lambda e: e.tag == "h1")
        for element in [*(e for e in headings if e in main), *headings]:
            self.title = clean_line(text_of(element, lambda e: has_class(e, _VIGNETTE)))
            if self.title:
                return element
        return None

    def _find_ingress(self) -> Element | None:
        around_title = self._ancestors([] if self.heading is None else [self.heading])
        found = self._topmost(lambda e: e.tag in ("p", "div") and has_class(e, "ingress") and e not in around_title)
        return next((e for e in found if clean_line(text_of(e))), None)

    def _find_contacts(self, around_head: frozenset[Element]) -> list[Element]:
        named = self._topmost(lambda e: e.tag in _CONTACT_TAGS and class_matches(e, _CONTACT) and e not in around_head)
        return [element for element in named if _REACHABLE.search(text_of(element))]

    def _find_bodies(self) -> list[Element]:
        """The text; where the page has its column for text, what lies there, since ``cl`` is used elsewhere too."""
        contacts = _within(self.contacts)
        column = _within(self._topmost(lambda e: has_class(e, "col-1"))[:1])
        in_column = self._topmost(lambda e: e in column and e not in contacts and _is_body(e))
        return in_column or self._topmost(lambda e: e not in contacts and _is_body(e))

    def _topmost(self, wanted: Callable[[Element], bool]) -> list[Element]:
        """The elements wanted that lie in no other such element, in order."""
        covered: set[Element] = set()
        found = []
        for element in self._seen:
            if self._parents.get(element) in covered:
                covered.add(element)
            elif wanted(element):
                covered.add(element)
                found.append(element)
        return found

    def _ancestors(self, of: Iterable[Element]) -> frozenset[Element]:
        found: set[Element] = set()
        for element in of:
            parent = self._parents.get(element)
            while parent is not None and parent not in found:
                found.add(parent)
                parent = self._parents.get(parent)
        return frozenset(found)


def link_name(link: Element) -> str:
    """The text of a link, without that of links which a broken page puts within it."""
    return clean_line(text_of(link, lambda e: e.tag == "a"))


def _is_body(element: Element) -> bool:
    return element.tag == "div" and has_class(element, *_BODY) and not has_class(element, "ingress")


def _within(roots: Iterable[Element]) -> frozenset[Element]:
    return frozenset(e for root in roots for e in root.iter())


def _until_heading(elements: Iterator[Element]) -> Iterator[Element]:
    for element in elements:
        if element.tag in _HEADINGS:
            return
        yield element
