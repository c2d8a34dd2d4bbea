"""A hit's snippet: of its text, or of the quotation in it that has most of the query's words."""

from collections.abc import Iterable, Sequence

from search.page import Hit, Quoted
from search.snippet import Excerpt, Place, snippet

InText = tuple[Excerpt, int, list[Place]]
"""A text, where the words stand best in it, and all places where they stand."""

Said = tuple[Quoted, InText]
"""Whose words, and they."""


def best_quote(quotes: Iterable[Said], speakers: Sequence[str]) -> Said | None:
    """The quotation with most different words, of equals the first; with ``speakers`` only of theirs."""
    said = (one for one in quotes if not speakers or (one[0].speaker and one[0].speaker.id in speakers))
    return max(said, key=lambda one: len({word for word, _, _ in one[1][2]}), default=None)


def hit_of(score: float, quoted: Said | None, facts: bytes, in_title: list[Place], in_text: InText) -> Hit:
    """A hit, whose snippet is of the quotation if there is one."""
    said, text = quoted or (None, in_text)
    return Hit(facts, score, snippet(*text), in_title, said)
