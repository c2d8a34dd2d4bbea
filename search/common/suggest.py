"""Completions: names of ministers, departments and agencies, frequent phrases and titles, by prefix of any word.

The dots of å, ä and ö may be left out. Where hardly anything begins as typed, one typing error is allowed for.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

import numpy as np

from index.arrays.files import Strings
from index.swedish.analysis import words
from index.text import clean_line, fold
from search.common.phrases import frequent_phrases
from search.common.spelling import dotless
from search.common.values import FacetValues
from search.page import Suggestion

MIN_LETTERS = 4  # of what is typed, before an error is allowed for
FEW = 3  # suggestions: with so many there was no error
PHRASES = 3  # so many phrases come before the titles

_FACETS = ("minister", "department", "agency")
_SHORT = 2  # letters: what begins with so few is many, and is ranked beforehand
_RANKED = 60  # suggestions of each kind kept for those
_NARROW = 64  # entries that are compared one by one
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


class Completions:
    """Every suggestion, reachable by the beginning of each of its words.

    ``_rests`` are the texts from a word on, without dots and sorted, ``_numbers`` the suggestion of each. The
    suggestions are in their order: names, phrases, titles, most frequent first, then newest. They are kept as a few
    large pieces of memory: processes that were forked share these, and not what Python counts references to.
    """

    def __init__(self, newest_first: Sequence[tuple[str, str]], facets: Mapping[str, FacetValues]) -> None:
        """``newest_first`` are the title and the id of every release."""
        titles, ids = Counter(title for title, _ in newest_first), dict(newest_first)
        names = _names(facets)
        known = {fold(name.text) for name in names}
        phrases = [(text, count) for text, count in frequent_phrases(titles) if fold(text) not in known]
        counted = [*((name.text, name.count) for name in names), *phrases, *titles.most_common()]
        only = (ids[title] if count == 1 else "" for title, count in titles.most_common())
        self._names, self._phrases = names, range(len(names), len(names) + len(phrases))
        self._releases = Strings.of(only)
        self._texts, self._counts = Strings.of(text for text, _ in counted), array("I", (count for _, count in counted))
        rows = sorted((rest, n) for n, (text, _) in enumerate(counted) for rest in _rests(text))
        rests = [rest.encode() for rest, _ in rows]
        self._rests = np.array(rests, f"S{max(map(len, rests), default=0) + 1}")
        self._numbers = np.array([number for _, number in rows], np.int32)
        self._ranked = self._rank(rows)

    def _rank(self, rows: Iterable[tuple[str, int]]) -> dict[str, "array[int]"]:
        """For what begins with a letter or two, the first suggestions of each kind."""
        found: dict[str, dict[str, set[int]]] = {}
        for rest, number in rows:
            for length in range(1, _SHORT + 1):
                kinds = found.setdefault(rest[:length], {})
                kinds.setdefault(self._kind(number), set()).add(number)
        return {
            start: array("I", (n for k in kinds.values() for n in nsmallest(_RANKED, k)))
            for start, kinds in found.items()
        }

    def _kind(self, number: int) -> str:
        if number < len(self._names):
            return self._names[number].kind
        return "phrase" if number in self._phrases else "title"

    def _suggestion(self, number: int) -> Suggestion:
        if number < len(self._names):
            return self._names[number]
        kind = self._kind(number)
        value = self._releases[number - self._phrases.stop] or None if kind == "title" else None
        return Suggestion(self._texts[number], kind, value, self._counts[number])

    def of(self, text: str, size: int) -> tuple[Suggestion, ...]:
        """At most ``size`` suggestions that have ``text`` at the beginning of a word.

        Names come before phrases before titles; what has the dots as typed before what has not, and all that before
        what is an error away.
        """
        typed = fold(clean_line(text))
        plain = dotless(typed)
        if not plain:
            return ()
        found = set(self._ranked.get(plain, ())) if len(plain) <= _SHORT else self._beginning(plain)
        ordered = self._ordered(found, typed if typed != plain else "")
        if len(found) < FEW and len(plain) >= MIN_LETTERS:
            ordered += self._ordered(self._nearly(plain) - found)
        return tuple(map(self._suggestion, ordered[:size]))

    def _ordered(self, numbers: set[int], dotted: str = "") -> list[int]:
        """The numbers in their order, with titles before all but the first phrases."""
        found = sorted(numbers, key=lambda n: (dotted not in fold(self._texts[n]), n) if dotted else n)
        phrases = [n for n in found if n in self._phrases]
        late = set(phrases[PHRASES:])
        return [n for n in found if n not in late] + phrases[PHRASES:]

    def _beginning(self, plain: str, low: int = 0, high: int | None = None) -> set[int]:
        """The suggestions that have ``plain`` at the beginning of a word, of the entries from ``low`` to ``high``."""
        ((low, high),) = self._ranges([plain], low, len(self._rests) if high is None else high)
        return set(self._numbers[low:high].tolist())

    def _ranges(self, texts: Sequence[str], low: int, high: int) -> list[tuple[int, int]]:
        """Where the entries that begin with each of the texts lie, among those from ``low`` to ``high``."""
        begun = [text.encode() for text in texts]
        width = self._rests.itemsize  # what is longer begins nothing, and would be cut
        ends = np.array([end for one in begun for end in (one[:width], (one + b"\xff")[:width])], self._rests.dtype)
        found = (low + np.searchsorted(self._rests[low:high], ends)).reshape(-1, 2).tolist()
        return [(a, b) if len(one) < width else (low, low) for one, (a, b) in zip(begun, found, strict=True)]

    def _nearly(self, plain: str) -> set[int]:
        """The suggestions that begin a word with ``plain`` but for one letter.

        Letter by letter the entries that begin as typed become fewer: as long as they are many every error at the
        next letter is tried, and when they are few each is compared.
        """
        found: set[int] = set()
        low, high = 0, len(self._rests)
        for at in range(len(plain)):
            if high - low <= _NARROW:
                rests = (rest.decode() for rest in self._rests[low:high].tolist())
                rows = zip(rests, self._numbers[low:high].tolist(), strict=True)
                return found | {n for rest, n in rows if _is_near(rest[at:], plain[at:])}
            *errors, (low, high) = self._ranges([*_one_error(plain, at), plain[: at + 1]], low, high)
            found.update(*(self._numbers[a:b].tolist() for a, b in errors if a < b))
        return found


def _one_error(plain: str, at: int) -> Iterator[str]:
    """``plain`` with the letter at ``at`` mistaken, left out, put in or swapped with the next, set right."""
    head, tail = plain[:at], plain[at:]
    yield head + tail[1:]
    yield head + tail[1:2] + tail[0] + tail[2:]
    for letter in _LETTERS:
        yield head + letter + tail[1:]
        yield head + letter + tail


def _is_near(rest: str, typed: str) -> bool:
    """Whether ``rest`` begins with ``typed`` but for one letter."""
    at = next((i for i, (a, b) in enumerate(zip(rest, typed, strict=False)) if a != b), min(len(rest), len(typed)))
    there, here = rest[at:], typed[at:]
    swapped = here[1:2] + here[:1] + here[2:]
    # The letter was mistaken or left out; or it was put in, or swapped with the next.
    return there[1:].startswith((here[1:], here)) or there.startswith((here[1:], swapped))


def _rests(text: str) -> Iterator[str]:
    """``text`` from each of its words on, without dots."""
    plain = dotless(text)
    for word in words(text):
        yield plain[word.start :] if len(plain) == len(text) else dotless(text[word.start :])


def _names(facets: Mapping[str, FacetValues]) -> list[Suggestion]:
    found = [
        Suggestion(values.label(key), facet, key, count)
        for facet in _FACETS
        for values in [facets[facet]]
        for key, count in zip(values.keys, values.counts, strict=True)
    ]
    return sorted(found, key=lambda s: (-s.count, s.text))
