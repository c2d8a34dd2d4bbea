"""Addresses that land on a sentence of the original page: text fragments, ``#:~:text=start,end``.

The syntax is that of the WICG's draft "URL Fragment Text Directives". A browser looks for ``start``, then for ``end``
after it, and scrolls there; either must stand within one block of the page. One that knows nothing of it, or finds
nothing, opens the page at its top.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urldefrag

from search.page import Marked
from web.urls import web_address

_SENTENCE_END = re.compile(r"[.!?:…·]+[”\"')]*\s+|\n+")
# Running text joins lines without a trace where one ends in such a sign (index.text.running_text).
_CLAUSE_END = re.compile(r"[,;”]\s+")
_WORD = re.compile(r"\w(?:\S*\w)?")
_ENDS = 4  # words of a long sentence's beginning, and as many of its end
_TELLING = 3  # words that a page hardly has twice

_Span = tuple[int, int]


def landing(url: str | None, marked: Marked) -> str | None:
    """``url`` so that a browser lands on the sentence with the most marks; as it is when there are none.

    None when it is no address for a browser. A fragment that it has is kept.
    """
    if web_address(url) is None:
        return None
    page, fragment = urldefrag(url or "")
    directive = _directive(marked)
    return f"{page}#{fragment.partition(':~:')[0]}:~:{directive}" if directive else url


def _directive(marked: Marked) -> str:
    """The text directive that finds the sentence; empty when no word is marked."""
    if not marked.places:
        return ""
    text = marked.text
    sentence = max(_parts(_SENTENCE_END, text, (0, len(text))), key=lambda span: len(_inside(marked, span)))
    marks = _inside(marked, sentence)
    clauses = [words for span in _parts(_CLAUSE_END, text, sentence) if (words := _words(text, span))]
    if not marks or not clauses:  # a mark that is no word
        return ""
    start, end = _ends(clauses, marks[0])
    return "text=" + ",".join(_encoded(text[first:last]) for first, last in ([start, end] if end else [start]))


def _ends(clauses: list[list[_Span]], mark: _Span) -> tuple[_Span, _Span | None]:
    """Where the sentence begins and where it ends, each within one clause; the latter None when it is short."""
    own = max((n for n, words in enumerate(clauses) if words[0][0] <= mark[0]), default=0)
    telling = [n for n, words in enumerate(clauses) if len(words) >= _TELLING]
    first, last = min([n for n in telling if n < own], default=own), max([n for n in telling if n > own], default=own)
    if first == last and len(clauses[own]) <= 2 * _ENDS:
        return (clauses[own][0][0], clauses[own][-1][1]), None
    opening, closing = clauses[first][:_ENDS], clauses[last][-_ENDS:]
    return (opening[0][0], opening[-1][1]), (closing[0][0], closing[-1][1])


def _parts(ends: re.Pattern[str], text: str, span: _Span) -> Iterator[_Span]:
    """The parts of a piece of text between what ends one."""
    at = span[0]
    for found in ends.finditer(text, *span):
        yield at, found.end()
        at = found.end()
    yield at, span[1]


def _words(text: str, span: _Span) -> list[_Span]:
    return [word.span() for word in _WORD.finditer(text, *span)]


def _inside(marked: Marked, span: _Span) -> list[_Span]:
    return [place for place in marked.places if span[0] <= place[0] < span[1]]


def _encoded(text: str) -> str:
    """Percent-encoded so that neither an address nor a directive sees a sign of its own in it: not even a hyphen."""
    return quote(text, safe="").replace("-", "%2D")
