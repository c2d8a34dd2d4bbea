"""Phrases that titles share: what people may want to see together."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from index.swedish.analysis import Word, stopwords, words
from index.text import fold

MIN_TITLES = 3
_LENGTHS = (2, 3)  # words
_WITHIN = 0.5  # a phrase that is mostly said as a part of a longer one is left to that one


def frequent_phrases(titles: Iterable[str]) -> list[tuple[str, int]]:
    """Two or three words beside each other that at least :data:`MIN_TITLES` titles have, most frequent first.

    Each as it is most often written, with the number of titles. Numbers are no part of them, and they neither begin
    nor end with a word that means nothing by itself.
    """
    written: dict[str, Counter[str]] = {}
    for title in titles:
        for folded, phrase in {fold(phrase): phrase for phrase in _phrases(title)}.items():
            written.setdefault(folded, Counter())[phrase] += 1
    counts = {folded: forms.total() for folded, forms in written.items() if forms.total() >= MIN_TITLES}
    swallowed = {
        part for folded, count in counts.items() for part in _parts(folded) if count >= _WITHIN * counts.get(part, 0)
    }
    kept = [
        (written[folded].most_common(1)[0][0], count) for folded, count in counts.items() if folded not in swallowed
    ]
    return sorted(kept, key=lambda row: (-row[1], row[0]))


def _phrases(title: str) -> Iterator[str]:
    found = [word for word in words(title) if not word.part]
    for length in _LENGTHS:
        for run in zip(*(found[start:] for start in range(length)), strict=False):
            if _is_phrase(title, run):
                yield title[run[0].start : run[-1].end]


def _is_phrase(title: str, run: tuple[Word, ...]) -> bool:
    beside = all(title[a.end : b.start] == " " for a, b in pairwise(run))
    return beside and all(w.text.isalpha() for w in run) and not any(_is_empty(w) for w in (run[0], run[-1]))


def _is_empty(word: Word) -> bool:
    return fold(word.text) in stopwords()


def _parts(folded: str) -> list[str]:
    """The shorter phrases in a phrase of three words."""
    one, *rest = folded.split(" ")
    if len(rest) < 2:
        return []
    return [f"{one} {rest[0]}", " ".join(rest)]
