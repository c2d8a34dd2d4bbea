"""Marking a query's words in a text, and cutting the passage that shows the most of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analysis import TermAt, terms_with_parts
from search.page import Marked, Segment
from search.tree import Prefix, Tree, Word, atoms

LENGTH = 240  # characters of a snippet, at most, without its ellipses
_SENTENCE_ENDS = (". ", "! ", "? ", ": ", "– ")
_REACH = 80  # how far back a snippet looks for the beginning of a sentence


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the terms of a query, and finds them in texts."""

    terms: frozenset[str]
    prefixes: tuple[str, ...]

    @classmethod
    def of(cls, tree: Tree) -> "Marker":
        """A marker of everything that ``tree`` asks for."""
        wanted: set[str] = set()
        prefixes: list[str] = []
        for atom in atoms(tree.required):
            if isinstance(atom, Word):
                wanted.add(atom.term)
            elif isinstance(atom, Prefix):
                wanted.add(atom.term)
                prefixes.append(atom.prefix)
            else:
                wanted.update(atom.terms)
        return cls(frozenset(wanted), tuple(prefixes))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def places(self, text: str) -> list[TermAt]:
        """Where the query's words stand in ``text``, in order."""
        return [t for t in terms_with_parts(text) if self._wants(t.term)] if self else []

    def _wants(self, term: str) -> bool:
        return term in self.terms or term.startswith(self.prefixes or ("\0",))

    def mark(self, text: str) -> Marked:
        """All of ``text``, marked."""
        return _segments(text, self.places(text))

    def snippet(self, text: str, length: int = LENGTH) -> Marked:
        """The passage of ``text`` that shows the most of the query's words; its beginning if it has none."""
        places = self.places(text)
        start = _sentence_start(text, _best_start(places, length)) if places else 0
        start, end = _fit(text, start, length)
        inside = [TermAt(p.term, p.start - start, p.end - start) for p in places if start <= p.start and p.end <= end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        marked = _segments(text[start:end], inside)
        return tuple(s for s in (Segment(before), *marked, Segment(after)) if s.text)


def _best_start(places: Sequence[TermAt], length: int) -> int:
    """Where the window with most different terms begins; of equals the one with most places, then the first."""
    best, best_start = (0, 0), places[0].start
    low = 0
    for high, place in enumerate(places):
        while place.end - places[low].start > length - _REACH and low < high:
            low += 1
        window = places[low : high + 1]
        value = (len({p.term for p in window}), len(window))
        if value > best:
            best, best_start = value, places[low].start
    return best_start


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence at ``start`` begins if that is near, else a word some way back."""
    floor = max(0, start - _REACH)
    ends = [
        text.rfind(mark, floor, start) + len(mark) for mark in _SENTENCE_ENDS if text.rfind(mark, floor, start) >= 0
    ]
    if ends:
        return max(ends)
    return 0 if floor == 0 else min(text.find(" ", floor) + 1 or start, start)


def _fit(text: str, start: int, length: int) -> tuple[int, int]:
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    return start, end


def _segments(text: str, places: Iterable[TermAt]) -> Marked:
    segments: list[Segment] = []
    at = 0
    for place in places:
        if place.start < at:  # a part of what is marked already
            continue
        segments += (Segment(text[at : place.start]), Segment(text[place.start : place.end], marked=True))
        at = place.end
    segments.append(Segment(text[at:]))
    return tuple(s for s in segments if s.text)
