"""The whole result of a search as a file, sent while it is read: nothing of it is held in memory.

``page`` and ``size`` are of a page, and are let be. What is sent is of one generation, also when another is published
before it is all sent: the engine's ``export`` holds on to the one it began with. The order is newest first unless the
address states a ``sort``.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import StringIO

from flask import Response, request

from index.annotations import Entity
from index.document import Document
from search.query import Sort
from web import params
from web.context import engine
from web.feeds import naming
from web.feeds.stream import chunks
from web.i18n import languages
from web.i18n.translation import gettext as _
from web.release import citations

_BETWEEN = " | "  # values in a cell: names hold commas and "och"
_BYTE_ORDER_MARK = "\ufeff"
# What makes a spreadsheet compute a cell, also as full-width letters (OWASP, "CSV Injection"; its tabs and line ends
# can't begin a cell here).
_BEGINS_FORMULA = tuple("=+-@＝＋－＠")


def csv_file() -> Response:
    """A table, as the spreadsheets of the page's language open it at a double click.

    With Swedish settings Excel takes a semicolon for what parts cells, with English ones a comma, and UTF-8 only with a
    byte order mark. RFC 4180 has the comma: programs that want that ask below ``/en/``, and skip the mark.
    """
    delimiter = ";" if languages.current() == languages.SWEDISH else ","
    return _file(".csv", "text/csv; charset=utf-8; header=present", lambda found: csv_rows(_head(), found, delimiter))


def jsonl_file() -> Response:
    """The project's own format, one release a line with its annotations: what ``pressok rebuild`` reads."""
    return _file(".jsonl", "application/jsonl", lambda found: (f"{document.to_json()}\n" for document in found))


def ris_file() -> Response:
    """Records for a reference manager."""
    return _file(".ris", "application/x-research-info-systems; charset=utf-8", lambda found: map(citations.ris, found))


def safe(cell: str) -> str:
    """The cell on one line; with an apostrophe before what a spreadsheet would compute."""
    text = " ".join(cell.split())
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


def csv_rows(head: Iterable[str], documents: Iterable[Document], delimiter: str) -> Iterator[str]:
    """The lines of a table, with a byte order mark before the first. Every cell is in quotation marks."""
    line = StringIO()
    writer = csv.writer(line, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    line.write(_BYTE_ORDER_MARK)
    writer.writerow(head)
    yield line.getvalue()
    for document in documents:
        line.seek(0)
        line.truncate()
        writer.writerow(map(safe, _cells(document)))
        yield line.getvalue()


def _file(suffix: str, content_type: str, lines: Callable[[Iterable[Document]], Iterable[str]]) -> Response:
    query = params.parse(request.args)
    asked = query if "sort" in request.args else replace(query, sort=Sort.NEWEST)
    response = Response(chunks(lines(engine().export(asked))), content_type=content_type)
    response.headers["Content-Disposition"] = naming.attachment(query, suffix)
    return response


def _head() -> tuple[str, ...]:
    return (
        _("id"),
        _("typ"),
        _("titel"),
        _("första dag"),
        _("sista dag"),
        _("noggrannhet"),
        _("departement"),
        _("ministrar"),
        _("myndigheter"),
        _("områden"),
        _("ingress"),
        _("adress"),
    )


def _cells(document: Document) -> tuple[str, ...]:
    release, found = document.release, document.annotations
    span = found.span
    days = (span.first.isoformat(), span.last.isoformat(), span.precision) if span else ("", "", "")
    names = (_names(found.departments), _names(found.ministers), _names(found.agencies), _names(found.categories))
    return (release.id, release.type, release.title, *days, *names, release.summary, release.url or "")


def _names(entities: Iterable[Entity]) -> str:
    return _BETWEEN.join(entity.name for entity in entities)
