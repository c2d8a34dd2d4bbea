"""A page of regeringen.se that somebody saved as HTML.

Any of the parts may be missing but the title: ``h1`` (without the document number, ``span.h1-vignette``),
``p.ingress``, the body in ``div.has-wordExplanation`` and ``div.cl``, dates, type and sender, address,
categories, shortcuts, attachments, archive banner, terms of office and press contact.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from index.release import Link, Period, Release, Term
from index.sources import htmlblocks, htmltree, kinds
from index.sources.addresses import SITE, id_of_key, id_of_path, page_path, page_url
from index.sources.blocks import part_contact, split_lead, without_beginning
from index.sources.dates import DATE, MONTH, is_iso, month_of, stated
from index.sources.files import MB, decode, refuse_binary
from index.sources.htmlpage import Page, link_name
from index.sources.items import Unreadable
from index.sources.pagetext import MAX_TITLE, type_and_senders, without_site_lines

_T = TypeVar("_T")

SUFFIXES = (".html", ".htm")
HTML_LIMIT = 8 * MB
"""Bytes in one saved page. A real one has 0.2 MB, and more when the browser puts pictures into it."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 8_192  # bytes; browsers write comments before the element that states the encoding
# By the HTML standard, what says that it is Latin-1 is Windows-1252.
_LEGACY = {"windows-1252": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "iso-8859-15": "iso-8859-15"}

_STATED = re.compile(rf"\b(?:{DATE}|{MONTH})\b", re.IGNORECASE)
_MONTH_DAY_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", re.ASCII)
_DATE_LINE = re.compile(rf"(?:Publicerad|Uppdaterad):?\s*(?:{DATE}|{MONTH})?", re.IGNORECASE)
_WEB_ARCHIVE = re.compile(r"(?:https?://web\.archive\.org)?/web/\d{1,14}\w{0,4}/(?=https?:)")
_MONTH_IN_PATH = re.compile(r"/[^/]+/(\d{4})/(\d{2})/")
_BLOCK_MARKS = re.compile(r"^(?:#{2,3} |• )", re.MULTILINE)
_BETWEEN_PARTS = re.compile(r"\s*[·|]\s*")


@dataclass(frozen=True, slots=True)
class _Text:
    """A part of the page without the site's lines and the contact, and what those said."""

    blocks: Sequence[str]
    links: tuple[Link, ...]
    contact: str
    period: Period | None
    terms: tuple[Term, ...]


def parse(data: bytes, key: str) -> Release:
    """The release in a saved page. ``key`` is the source's own name of it: without an address it makes the id.

    Raises :class:`Unreadable` when there is no title in it, or when it is a page of another site.
    """
    page = _page(data)
    path = _path(page)
    base = page_url(path) if path else SITE
    text = _read(page.bodies, base, page.is_no_text)
    around = _read([page.root], base, lambda e: page.is_body(e) or page.is_no_text(e))
    type_, senders = _type_and_senders(page)
    ingress = _ingress(page, base)
    summary, blocks = ("\n".join(ingress.blocks), text.blocks) if ingress.blocks else split_lead(text.blocks)
    return Release(
        id=id_of_path(path) if path else id_of_key(key),
        type=type_ or (kinds.of_path(path) if path else kinds.DEFAULT),
        title=page.title,
        url=page_url(path) if path else None,
        summary=summary,
        body=without_beginning("\n\n".join(blocks), summary if ingress.blocks else ""),
        published=_date(page, "published") or _created(page) or (_month(path) if path else None),
        updated=_date(page, "updated"),
        senders=senders,
        categories=_once(page.categories()),
        links=_once((*_links(page.shortcuts(), base), *ingress.links, *text.links)),
        attachments=_once(_links(page.attachments(), base)),
        period=around.period or text.period,
        terms=_once((*around.terms, *text.terms)),
        contact=_contact(page) or text.contact or around.contact,
    )


def _page(data: bytes) -> Page:
    page = Page(htmltree.parse(_decoded(data)))
    if not page.title:
        raise Unreadable("it has no title (h1): is this a page of regeringen.se?")
    if len(page.title) > MAX_TITLE:
        raise Unreadable(f"its title (h1) would be {len(page.title):,} characters long, which no real one is")
    return page


def _decoded(data: bytes) -> str:
    """The text: UTF-8 whenever it can be that, else the older encoding that the page says it has."""
    declared = _CHARSET.search(data[:_HEAD])
    name = declared[1].decode().lower() if declared else ""
    if name not in _LEGACY or _is_utf8(data):
        return decode(data)
    refuse_binary(data)
    try:
        return data.decode(_LEGACY[name])
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"it is not {name} as it says (byte {error.start + 1:,} is wrong); save it as UTF-8"
        ) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _path(page: Page) -> str | None:
    """The path of the page's address on the site, None when it states no address."""
    addresses = [_WEB_ARCHIVE.sub("", address, count=1) for address in page.addresses()]
    path = next(filter(None, map(page_path, addresses)), None)
    if addresses and path is None:
        raise Unreadable(f"it is the page {addresses[0]:.100}, which is not that of a release on regeringen.se")
    return path


def _read(roots: Sequence[Element], base: str, skip: Callable[[Element], bool]) -> _Text:
    content = htmlblocks.read(roots, base, skip)
    blocks: list[str] = []
    periods: list[Period] = []
    terms: list[Term] = []
    for block in content.blocks:
        lines = _plain(block).split("\n")
        kept, period, found = without_site_lines(lines)
        blocks += ["\n".join(kept)] if len(kept) < len(lines) else [block]
        periods += [period] if period else []
        terms += found
    parted = part_contact(_without_head_lines([block for block in blocks if block]))
    return _Text(parted.blocks, content.links, parted.contact, periods[0] if periods else None, tuple(terms))


def _plain(block: str) -> str:
    return _BLOCK_MARKS.sub("", block)


def _without_head_lines(blocks: list[str]) -> list[str]:
    """The blocks from the first that is more than dates, type and sender."""
    start = next((i for i, block in enumerate(blocks) if not _is_head_line(block)), len(blocks))
    return blocks[start:]


def _is_head_line(block: str) -> bool:
    return all(type_and_senders(part) or _DATE_LINE.fullmatch(part) for part in _parts(block))


def _parts(block: str) -> list[str]:
    return [part for line in _plain(block).split("\n") for part in _BETWEEN_PARTS.split(line) if part]


def _ingress(page: Page, base: str) -> htmlblocks.Content:
    content = htmlblocks.read([] if page.ingress is None else [page.ingress], base)
    return htmlblocks.Content(tuple(map(_plain, content.blocks)), content.links)


def _type_and_senders(page: Page) -> tuple[str | None, tuple[str, ...]]:
    """What the line with type and sender says; it stands before the text or begins it."""
    heads = (*_before_text(page), *htmlblocks.read(page.bodies).blocks[:3])
    found = [line for block in heads for part in _parts(block) if (line := type_and_senders(part))]
    marked, vignette = _once(page.senders()), type_and_senders(page.vignette())
    complete = next((line for line in found if line[1]), None)
    if complete:
        return complete
    return next((type_ for type_, _ in (*found, *([vignette] if vignette else ()))), None), marked


def _before_text(page: Page) -> tuple[str, ...]:
    reached = False

    def skip(element: Element) -> bool:
        nonlocal reached
        reached = reached or page.is_body(element)
        return reached or element is page.heading or element is page.ingress

    return htmlblocks.read([page.root], SITE, skip).blocks


def _date(page: Page, name: str) -> str | None:
    """The date as printed, which may be a month where ``datetime`` makes up a day; else that of ``datetime``."""
    return next((day for texts in page.dates(name) for text in texts if (day := _stated(text))), None)


def _stated(text: str) -> str | None:
    match = _STATED.search(text)
    if match:
        return stated(match[0])
    return next((iso for iso in (text[:10], text[:7]) if is_iso(iso)), None)


def _created(page: Page) -> str | None:
    return next((day for text in page.metas("DC.Date.Created") if (day := _american(text) or _stated(text))), None)


def _american(text: str) -> str | None:
    match = _MONTH_DAY_YEAR.match(text)
    iso = f"{match[3]}-{match[1]:0>2}-{match[2]:0>2}" if match else ""
    return iso if is_iso(iso) else None


def _month(path: str) -> str | None:
    match = _MONTH_IN_PATH.match(path)
    return month_of(match[1], match[2]) if match else None


def _links(elements: Iterable[Element], base: str) -> list[Link]:
    found = (htmlblocks.link_to(e.get("href", ""), link_name(e), base) for e in elements)
    return [link for link in found if link]


def _contact(page: Page) -> str:
    """What the elements say that are marked as contacts, without the heading."""
    parted = part_contact([_plain(block) for block in htmlblocks.read(page.contacts).blocks])
    return "\n\n".join(filter(None, (parted.contact, *parted.blocks)))


def _once(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(item for item in dict.fromkeys(items) if item)
