"""A release as people and their reference managers cite it. What is printed is Swedish, whatever the page's language.

Each citation is a pure function of a document, so that a whole result can be exported in the same way.
"""

import hashlib
import re
import unicodedata
from datetime import date, datetime

from babel.dates import format_date

from index.annotations import DateSpan
from index.document import Document
from web.urls import web_address

_PUBLISHER = "Regeringskansliet"
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # not \{, which BibTeX counts as a brace that opens
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&_#$"},
}
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9.:-]+")
_IN_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C"}  # what would end the field early, or begin a command


def today() -> date:
    """The day on which a release is read: that of the service's clock, where it runs."""
    return datetime.now().astimezone().date()


def running(document: Document, accessed: date) -> str:
    """The release in a footnote or a list of sources: sender, title, kind and day, address and when it was read.

    These are the parts that Swedish university libraries ask for of a press release, in their order (Högskolan Väst,
    "Referera med Harvard: offentligt tryck"); quotation marks and days are those of Myndigheternas skrivregler.
    """
    release, span = document.release, document.annotations.span
    senders = ", ".join((_PUBLISHER, _listed(_departments(document)))) if _departments(document) else _PUBLISHER
    kind = f"{_kind(document)} {_when(span)}" if span else f"{_kind(document)}, odaterat"
    address = _address(document)
    found = f" {address} (hämtad {_day(accessed)})" if address else ""
    return f"{senders}. ”{_inside_quotes(_line(release.title))}”. {kind}.{found}"


def bibtex(document: Document) -> str:
    r"""The release as an ``@online`` entry of biblatex, in UTF-8.

    A day that is not known is a month or a range (biblatex manual, "Date and Time Specifications"), and the note says
    that a range is where the day lies. Signs that mean something to LaTeX are written as commands.
    """
    span = document.annotations.span
    authors = " and ".join(f"{{{_latex(name)}}}" for name in _authors(document))
    fields = {
        "author": authors,
        "title": f"{{{_latex(document.release.title)}}}",  # in braces of its own, it keeps its capitals
        "date": _biblatex_date(span),
        "organization": _latex(_PUBLISHER),
        "note": _latex(". ".join(filter(None, (_kind(document), _uncertain(span))))),
        "url": "".join(_IN_ADDRESS.get(sign, sign) for sign in _address(document)),
        "langid": "swedish",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key(document)},", *lines, "}", ""])


def ris(document: Document) -> str:
    """The release as a RIS record, in UTF-8; records one after the other make a file.

    The type is ``GOVDOC`` with the kind in ``M3``, which reference managers have in common: Zotero knows no ``PRESS``
    and would read an article in a journal. There is a year or a day only where it is known; a note tells what is.
    Every line ends in CR LF (RIS Format Specifications, "Tag Format").
    """
    release, found = document.release, document.annotations
    rows: list[tuple[str, str]] = [("TY", "GOVDOC")]
    rows += [("AU", name.replace("*", "")) for name in _authors(document)]  # the one sign that names can't have
    rows += [("TI", release.title), ("PY", _ris_year(found.span)), ("DA", _ris_date(found.span))]
    rows += [("M3", _kind(document)), ("PB", _PUBLISHER), ("AB", release.summary)]
    rows += [("KW", category.name) for category in found.categories]
    rows += [("N1", _uncertain(found.span)), ("LA", "sv"), ("UR", _address(document))]
    lines = [f"{tag}  - {text}" for tag, value in rows if (text := _line(value))]
    return "\r\n".join([*lines, "ER  - ", ""])


def key(document: Document) -> str:
    """What the release is called in a bibliography: its id in ASCII; a hash tells apart what that makes the same."""
    given = document.release.id
    plain = unicodedata.normalize("NFKD", given).encode("ascii", "ignore").decode()
    made = _NOT_IN_KEY.sub("-", plain).strip("-")
    return made if made == given else f"{made}-{hashlib.sha256(given.encode()).hexdigest()[:8]}".lstrip("-")


def _departments(document: Document) -> tuple[str, ...]:
    return tuple(_line(department.name) for department in document.annotations.departments)


def _authors(document: Document) -> tuple[str, ...]:
    return _departments(document) or (_PUBLISHER,)


def _kind(document: Document) -> str:
    return _line(document.release.type).capitalize()


def _address(document: Document) -> str:
    return _line(web_address(document.release.url) or "").replace(" ", "%20")


def _when(span: DateSpan) -> str:
    if _is_day(span):
        return _day(span.first)
    if _is_month(span):
        return str(format_date(span.first, "MMMM y", locale="sv_SE"))
    return f"mellan {_day(span.first)} och {_day(span.last)}"


def _uncertain(span: DateSpan | None) -> str:
    return f"Publicerat någon dag {_when(span)}" if span and not _is_day(span) and not _is_month(span) else ""


def _biblatex_date(span: DateSpan | None) -> str:
    if span is None or _is_day(span):
        return span.first.isoformat() if span else ""
    return span.first.isoformat()[:7] if _is_month(span) else f"{span.first.isoformat()}/{span.last.isoformat()}"


def _ris_year(span: DateSpan | None) -> str:
    return str(span.first.year) if span and span.first.year == span.last.year else ""


def _ris_date(span: DateSpan | None) -> str:
    if span is None or not (_is_day(span) or _is_month(span)):
        return ""
    return format(span.first, "%Y/%m/%d" if _is_day(span) else "%Y/%m//")


def _is_day(span: DateSpan) -> bool:
    return span.first == span.last


def _is_month(span: DateSpan) -> bool:
    return span.precision == "month" and (span.first.year, span.first.month) == (span.last.year, span.last.month)


def _day(day: date) -> str:
    return str(format_date(day, "d MMMM y", locale="sv_SE"))


def _listed(names: tuple[str, ...]) -> str:
    """ "A", "A och B", "A, B och C"."""
    return " och ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _inside_quotes(text: str) -> str:
    """A quotation within a quotation has single marks."""
    return re.sub('[”“"»«]', "’", text)


def _line(text: str) -> str:
    """The text on one line, without signs that are none (controls)."""
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).split())


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in _line(text))
