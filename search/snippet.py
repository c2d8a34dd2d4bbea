"""Marking a query's words in a text, and cutting the passage that shows the most of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.analysis import TermAt, terms_with_parts
from index.text import flat
from search.page import Marked, Segment
from search.tree import Phrase, Prefix, Tree, Word, atoms

LENGTH = 240  # characters of a snippet, at most, without its ellipses
_SENTENCE_ENDS = (". ", "! ", "? ", ": ", "– ")
_STOPS = frozenset(".!?:;,…·”")
_REACH = 80  # how far back a snippet looks for the beginning of a sentence


def running_text(summary: str, body: str) -> str:
    """A release's lead and body on one line, in which headings and items do not run into the sentence after them."""
    blocks = [*summary.split("\n"), *re.split("\n+", body)]
    pieces = [piece for piece in map(flat, blocks) if piece]
    ended = (piece if piece[-1] in _STOPS else f"{piece} ·" for piece in pieces[:-1])
    return " ".join([*ended, *pieces[-1:]])


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the words of a query, and finds them in texts; those of a phrase only where they are beside each other."""

    terms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, tree: Tree) -> "Marker":
        """A marker of everything that ``tree`` asks for."""
        wanted = list(atoms(tree.required))
        return cls(
            frozenset(words.term for words in wanted if isinstance(words, Word | Prefix)),
            tuple(words.prefix for words in wanted if isinstance(words, Prefix)),
            tuple(words.terms for words in wanted if isinstance(words, Phrase)),
        )

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases)

    def places(self, text: str) -> list[TermAt]:
        """Where the query's words stand in ``text``, in order."""
        if not self:
            return []
        held = terms_with_parts(text)
        in_phrases = self._starts_in_phrases(held)
        return [t for t in held if self._wants(t.term) or (t.start, t.term) in in_phrases]

    def _wants(self, term: str) -> bool:
        return term in self.terms or term.startswith(self.prefixes or ("\0",))

    def _starts_in_phrases(self, held: Sequence[TermAt]) -> set[tuple[int, str]]:
        if not self.phrases:
            return set()
        words: list[tuple[int, set[str]]] = []  # where each word begins, and its terms
        for t in held:
            if not words or words[-1][0] != t.start:
                words.append((t.start, set()))
            words[-1][1].add(t.term)
        found: set[tuple[int, str]] = set()
        for phrase in self.phrases:
            for at in range(len(words) - len(phrase) + 1):
                if all(term in words[at + n][1] for n, term in enumerate(phrase)):
                    found.update((words[at + n][0], term) for n, term in enumerate(phrase))
        return found

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
    """The piece that begins at ``start``; one that would be short at the text's end begins earlier."""
    if len(text) - start < length // 2:
        start = _sentence_start(text, max(0, len(text) - length + _REACH))
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
