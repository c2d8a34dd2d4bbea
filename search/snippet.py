"""Marking a query's words in a text, and cutting the passage that shows the most of them."""

from collections.abc import Sequence
from typing import NamedTuple

from search.page import Marked

LENGTH = 240  # characters of a snippet, at most, without its ellipses
_SENTENCE_ENDS = (". ", "! ", "? ", ": ", "– ")
_REACH = 80  # how far back a snippet looks for the beginning of a sentence


class Place(NamedTuple):
    """Where a word stands in a text, and which word of the query it is (a number: the same for the same one)."""

    word: int
    start: int
    end: int


def snippet(text: str, places: Sequence[Place], length: int = LENGTH) -> Marked:
    """The passage of ``text`` that shows the most of the query's words; its beginning if it has none."""
    start = _sentence_start(text, _best_start(places, length)) if places else 0
    start, end = _fit(text, start, length)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = len(before) - start
    inside = ((p.word, p.start + moved, p.end + moved) for p in places if start <= p.start and p.end <= end)
    return Marked.at(f"{before}{text[start:end]}{after}", inside)


def _best_start(places: Sequence[Place], length: int) -> int:
    """Where the window with most different terms begins; of equals the one with most places, then the first."""
    inside: dict[int, int] = {}  # how often each word is in the window
    best, best_start = (0, 0), places[0].start
    low = 0
    for high, (word, _, end) in enumerate(places):
        inside[word] = inside.get(word, 0) + 1
        while end - places[low].start > length - _REACH and low < high:
            first = places[low].word
            inside[first] -= 1
            if not inside[first]:
                del inside[first]
            low += 1
        value = (len(inside), high - low + 1)
        if value > best:
            best, best_start = value, places[low].start
    return best_start


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence at ``start`` begins if that is near, else a word some way back."""
    floor = max(0, start - _REACH)
    ends = [at + len(mark) for mark in _SENTENCE_ENDS if (at := text.rfind(mark, floor, start)) >= 0]
    if ends:
        return max(ends)
    return 0 if floor == 0 else min(text.find(" ", floor) + 1 or start, start)


def _fit(text: str, start: int, length: int) -> tuple[int, int]:
    """The piece that begins at ``start``; one that would be short at the text's end begins earlier."""
    if len(text) - start < length // 2:
        start = _sentence_start(text, max(0, len(text) - length + _REACH))
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end
