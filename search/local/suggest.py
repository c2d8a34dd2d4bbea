"""Completions: titles and names of ministers, departments and agencies, by prefix of any of their words."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from index.analysis import words
from index.text import clean_line, fold
from search.local.columns import FacetColumn
from search.page import Suggestion

_FACETS = ("minister", "department", "agency")


class Completions:
    """Every suggestion, reachable by the beginning of each of its words.

    ``_entries`` are (folded rest of the text from a word on, number of the suggestion), sorted.
    """

    def __init__(self, titles_newest_first: Iterable[str], facets: Mapping[str, FacetColumn]) -> None:
        titles = Counter(titles_newest_first)
        self._suggestions = [
            *_names(facets),
            *(Suggestion(title, "title", None, count) for title, count in titles.items()),
        ]
        self._entries = sorted(
            (fold(s.text[w.start :]), number) for number, s in enumerate(self._suggestions) for w in words(s.text)
        )

    def of(self, text: str, size: int) -> tuple[Suggestion, ...]:
        """At most ``size`` suggestions that have ``text`` at the beginning of a word; names before titles."""
        typed = fold(clean_line(text))
        if not typed:
            return ()
        low = bisect_left(self._entries, (typed, -1))
        numbers = set()
        for rest, number in self._entries[low:]:
            if not rest.startswith(typed):
                break
            numbers.add(number)
        return tuple(self._suggestions[n] for n in sorted(numbers)[:size])


def _names(facets: Mapping[str, FacetColumn]) -> list[Suggestion]:
    found = []
    for facet in _FACETS:
        column = facets[facet]
        counts = Counter(value for values in column.of.values() for value in values)
        found += [
            Suggestion(column.names.get(key, key), facet, key, counts[ordinal])
            for ordinal, key in enumerate(column.keys)
            if counts[ordinal]
        ]
    return sorted(found, key=lambda s: (-s.count, s.text))
