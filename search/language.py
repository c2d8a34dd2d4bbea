"""The query language: words, "exact phrases", -without, a OR b (or: ELLER), prefix*, and fields: titel:words.

The fields ``titel`` and ``citat`` say where words are looked for; the others (``minister``, ``år`` …) are conditions.
Whatever is typed gives a tree. What can't be understood as an operator or a field is taken as words, and what holds
no letter or digit is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from index.swedish.analysis import stopwords, terms
from index.swedish.analysis import words as words_in
from index.text import clean_line, fold, key_of
from search.dates import read_day
from search.query import Scope
from search.tree import (
    AnyOf,
    Atom,
    Clause,
    Condition,
    During,
    Phrase,
    Prefix,
    Said,
    Titled,
    Tree,
    Valued,
    Word,
    Words,
    alternatives_of,
    only_words,
)

# What a query can cost at most. People type less; what is beyond is left out.
MAX_ATOMS = 32  # words, phrases, prefixes and conditions, asked for or excluded
MAX_PHRASE = 10  # words of a phrase
MIN_PREFIX = 3  # letters before a *
_WORDS = 20_000  # that are remembered as they were read: people type the same words again and again

_NAMES = {
    "title": ("titel", "title"),
    "quotes": ("citat", "quote"),
    "minister": ("minister",),
    "department": ("departement", "department"),
    "agency": ("myndighet", "agency"),
    "type": ("typ", "type"),
    "category": ("område", "category"),
    "speaker": ("talare", "speaker"),
    "year": ("år", "year"),
    "from": ("från", "from"),
    "to": ("till", "to"),
}
FIELDS = {name: field for field, names in _NAMES.items() for name in names}
"""What can stand before a colon, and what it means: the title, quotations, a facet, or (the last three) a time."""

_PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)-(?=[^\s-]))?
        (?:(?P<field>(?i:{"|".join(FIELDS)})):(?=\S))?
        (?: "(?P<phrase>[^"]*)(?:"|$)
          | (?P<or>(?:OR|ELLER)(?!\S))
          | (?P<prefix>[^\s"*]+)\*(?!\S)
          | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»″", '""""""')

_Meaning = Atom | Condition | None  # None: an operator between two others


@dataclass(slots=True)
class _Reading:
    """What has been read so far. ``last`` is where the latest piece went, so that an OR knows what it joins."""

    clauses: list[Clause] = field(default_factory=list)
    conditions: list[tuple[Condition, ...]] = field(default_factory=list)
    last: list[Clause] | list[tuple[Condition, ...]] | None = None

    def add(self, meaning: Atom | Condition, *, joins: bool) -> None:
        """Take a piece in; with ``joins`` as an alternative to the latest one, when that is of its kind."""
        if isinstance(meaning, Valued | During):
            before = self.conditions.pop() if joins and self.last is self.conditions else ()
            self.conditions.append((*before, meaning))
            self.last = self.conditions
        else:
            joined = joins and self.last is self.clauses
            self.clauses.append(_either(self.clauses.pop(), meaning) if joined else meaning)
            self.last = self.clauses


def parse(text: str, scope: Scope = Scope.ALL) -> Tree:
    """The tree of what was typed; words without a field of their own are to be looked for in ``scope``.

    Words that carry no meaning are only asked for when nothing else is.
    """
    wanted, unwanted = _Reading(), _Reading()
    joins_previous = False
    for piece, meaning in islice(_pieces(text, scope), MAX_ATOMS):
        if meaning is None:
            joins_previous = True
            continue
        if piece["minus"]:
            unwanted.add(meaning, joins=False)
        else:
            wanted.add(meaning, joins=joins_previous)
        joins_previous = False
    required = _meaningful(wanted.clauses, alone=not wanted.conditions)
    exceptions = tuple(dict.fromkeys(one for (one,) in unwanted.conditions))
    return Tree(_distinct(required), _distinct(unwanted.clauses), tuple(dict.fromkeys(wanted.conditions)), exceptions)


def correctable(text: str) -> Iterator[tuple[int, int]]:
    """Where the words that may be misspelt stand in ``clean_line(text)``.

    Those are plain words of letters: nothing in quotation marks, no field, number, prefix or excluded word.
    """
    for piece in islice(_PIECE.finditer(clean_line(text).translate(_QUOTES)), MAX_ATOMS):
        typed = piece["word"]
        if not typed or piece["minus"] or piece["field"] or ":" in typed:
            continue
        if found := _only_word(typed):
            start = piece.start("word")
            yield start + found[0], start + found[1]


@lru_cache(maxsize=_WORDS)
def _only_word(typed: str) -> tuple[int, int] | None:
    """Where the word of letters is that ``typed`` holds beside nothing but punctuation."""
    found = list(words_in(typed))
    if len(found) != 1 or not found[0].text.isalpha():
        return None
    start, end = found[0].start, found[0].end
    return (start, end) if typed[start:end] == found[0].text else None


def _pieces(text: str, scope: Scope) -> Iterator[tuple[re.Match[str], _Meaning]]:
    """What was typed, piece by piece; without a meaning it is an operator. One between no words is a word."""
    pieces = [(piece, _meaning(piece, scope)) for piece in _PIECE.finditer(clean_line(text).translate(_QUOTES))]
    alone = not any(meaning for piece, meaning in pieces if not _is_operator(piece))
    for piece, meaning in pieces:
        if _is_operator(piece) and not alone:
            yield piece, None
        elif meaning:
            yield piece, meaning


def _is_operator(piece: re.Match[str]) -> bool:
    return bool(piece["or"]) and not piece["field"]


def _meaning(piece: re.Match[str], scope: Scope) -> _Meaning:
    """What a piece asks for; a field with nothing (that can be understood) behind it is words like any other."""
    name = FIELDS.get(fold(piece["field"])) if piece["field"] else None
    words = _words(piece)
    if name == "title" and words:
        return Titled(words)
    if name == "quotes" and words:
        return Said(words)
    if name:
        condition = _condition(name, piece["phrase"] or piece["prefix"] or piece["word"] or piece["or"] or "")
        if condition:
            return condition
        words = together(typed_words(piece.group()))
    return Said(words) if words and scope is Scope.QUOTES else words


def _condition(name: str, value: str) -> Condition | None:
    if name in ("year", "from", "to"):
        return _during(name, value.strip())
    typed = key_of(value)
    return Valued(name, typed) if typed and name not in ("title", "quotes") else None


def _during(name: str, value: str) -> During | None:
    try:
        first = read_day(value, at_end=False) if name != "to" else None
        last = read_day(value, at_end=True) if name != "from" else None
    except ValueError:
        return None
    return During(first, last)


def _words(piece: re.Match[str]) -> Words | None:
    if piece["prefix"]:
        return _prefix(piece["prefix"])
    return together(typed_words(piece["phrase"] or piece["word"] or piece["or"] or ""))


@lru_cache(maxsize=_WORDS)
def typed_words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` in order, with those that carry no meaning: "a-kassa" is ``Word("akass", "akassa")``."""
    return tuple(Word(t.term, fold(text[t.start : t.end]).replace("-", "")) for t in terms(text))


def together(words: tuple[Word, ...]) -> Word | Phrase | None:
    """``words`` beside each other: a phrase, unless it is a single one or none."""
    if len(words) > 1:
        kept = words[:MAX_PHRASE]
        return Phrase(tuple(word.term for word in kept), tuple(word.typed for word in kept))
    return words[0] if words else None


def _prefix(typed: str) -> Words | None:
    found = typed_words(typed)
    if len(found) != 1 or len(found[0].typed) < MIN_PREFIX:
        return together(found)
    return Prefix(found[0].typed, found[0].term)


def _either(left: Clause, right: Atom) -> AnyOf:
    return AnyOf(tuple(dict.fromkeys((*alternatives_of(left), right))))


def _meaningful(clauses: list[Clause], *, alone: bool) -> list[Clause]:
    return [c for c in clauses if not _is_stopword(c)] or (clauses if alone else [])


def _is_stopword(clause: Clause) -> bool:
    words = only_words(clause)
    return isinstance(words, Word) and (words.typed or words.term) in stopwords()


def _distinct(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))
