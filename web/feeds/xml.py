"""XML that every reader accepts, whatever a release holds."""

import re
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from lxml import etree  # type: ignore[import-untyped]

# What is not a Char of XML 1.0 (section 2.2). It can't be written as a reference either: it is left out.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_IN_URI = "%/?:@!$&'()*+,;=~"  # and letters, digits, - . _
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def legal(text: str) -> str:
    """``text`` without the characters that XML 1.0 has no way to say."""
    return _FORBIDDEN.sub("", text)


def uri(address: str) -> str:
    """A web address as RFC 3986 writes it: what can't stand there is percent-encoded, what is encoded stays."""
    scheme, host, *others = urlsplit(legal(address))
    return urlunsplit((scheme, _encoded(host, "[]"), *map(_encoded, others)))


def _encoded(part: str, also: str = "") -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=_IN_URI + also)


def root(namespace: str, tag: str, **prefixes: str) -> Any:
    """An element to begin a document with; ``namespace`` needs no prefix in it."""
    spaces: dict[Any, str] = {None: namespace, **prefixes}
    return etree.Element(f"{{{namespace}}}{tag}", nsmap=spaces)


def add(parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
    """A new last child of ``parent``, in its namespace unless ``tag`` names another (``{namespace}tag``)."""
    name = tag if tag.startswith("{") else f"{{{etree.QName(parent).namespace}}}{tag}"
    child = etree.SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    child.text = legal(text) or None
    return child


def written(element: Any) -> bytes:
    """The document that ``element`` is the root of, in UTF-8."""
    return bytes(etree.tostring(element, encoding="utf-8", xml_declaration=True))
