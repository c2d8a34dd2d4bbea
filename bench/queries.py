"""The queries of the measurements of speed: the judged ones, and others drawn from titles."""

import random
from collections.abc import Iterable

from bench.corpus import judgements
from index.swedish.analysis import stopwords
from index.swedish.analysis import words as cut
from index.text import fold

DRAWN = 200
LONGEST = 5  # words
SEED = 5


def queries(titles: Iterable[str]) -> list[str]:
    """The judged queries, if they are here, and ``DRAWN`` from ``titles``."""
    return [*judgements(), *drawn(titles, DRAWN)]


def drawn(titles: Iterable[str], number: int, seed: int = SEED, longest: int = LONGEST) -> list[str]:
    """``number`` different queries: one to ``longest`` words in a row of a title's words that carry meaning.

    Each length and each title is as likely as any other. The same titles, in whatever order, and the same seed give
    the same queries. Fewer when the titles do not give that many in a reasonable time.
    """
    rng = random.Random(seed)
    told = [found for title in sorted(set(titles)) if (found := meaningful(title))]
    chosen: dict[str, None] = {}
    for _ in range(20 * number):
        if len(chosen) >= number or not told:
            break
        words = rng.choice(told)
        length = min(rng.randint(1, longest), len(words))
        start = rng.randint(0, len(words) - length)
        chosen[" ".join(words[start : start + length])] = None
    return list(chosen)


def meaningful(text: str) -> list[str]:
    """The words of ``text`` but for stop words, which our engine does not ask for beside others, and others do."""
    words = (word for word in cut(text) if not word.part and fold(word.text) not in stopwords())
    return [text[word.start : word.end] for word in words]


def bare(text: str) -> str:
    """What a peer is asked: the query's words without stop words, if others are left; operators mean nothing to it."""
    return " ".join(meaningful(text)) or text
