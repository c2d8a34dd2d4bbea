"""The query language: words, "exact phrases", -without, a OR b (or: ELLER), prefix*, citat:words in quotations.

Whatever is typed gives a tree. What can't be understood as an operator is taken as words, and what holds no
letter or digit is left out.
"""

import re
from collections.abc import Iterator
from itertools import islice

from index.analysis import stopwords, terms
from index.text import clean_line, fold
from search.query import Scope
from search.tree import AnyOf, Atom, Clause, Phrase, Prefix, Said, Tree, Word, Words, alternatives_of

# What a query can cost at most. People type less; what is beyond is left out.
MAX_ATOMS = 32  # words, phrases and prefixes, asked for or excluded
MAX_PHRASE = 10  # words of a phrase
MIN_PREFIX = 3  # letters before a *

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))?
        (?P<said>(?i:citat):(?=\S))?
        (?: "(?P<phrase>[^"]*)(?:"|$)
          | (?P<or>(?:OR|ELLER)(?!\S))
          | (?P<prefix>[^\s"*]+)\*(?!\S)
          | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»″", '""""""')


def parse(text: str, scope: Scope = Scope.ALL) -> Tree:
    """The tree of what was typed, to be looked for in ``scope``.

    Words that carry no meaning are only asked for when nothing else is.
    """
    required: list[Clause] = []
    excluded: list[Clause] = []
    joins_previous = False
    for piece, words in islice(_pieces(text), MAX_ATOMS):
        if words is None:
            joins_previous = bool(required)
            continue
        atom = Said(words) if piece["said"] or scope is Scope.QUOTES else words
        if piece["minus"]:
            excluded.append(atom)
        elif joins_previous:
            required[-1] = _either(required[-1], atom)
        else:
            required.append(atom)
        joins_previous = False
    return Tree(_distinct(_meaningful(required)), _distinct(excluded))


def _pieces(text: str) -> Iterator[tuple[re.Match[str], Words | None]]:
    """What was typed, piece by piece; without words it is an operator. An operator between no words is a word."""
    pieces = [(piece, _words(piece)) for piece in _PIECE.finditer(clean_line(text).translate(_QUOTES))]
    alone = not any(words for piece, words in pieces if not piece["or"])
    for piece, words in pieces:
        if piece["or"] and not alone:
            yield piece, None
        elif words:
            yield piece, words


def _words(piece: re.Match[str]) -> Words | None:
    if piece["prefix"]:
        return _prefix(piece["prefix"])
    found = tuple(t.term for t in terms(piece["phrase"] or piece["word"] or piece["or"] or ""))
    if len(found) > 1:
        return Phrase(found[:MAX_PHRASE])
    return Word(found[0]) if found else None


def _prefix(typed: str) -> Words | None:
    found = terms(typed)
    if not found:
        return None
    if len(found) > 1:
        return Phrase(tuple(t.term for t in found[:MAX_PHRASE]))
    prefix = fold(typed[found[0].start : found[0].end]).replace("-", "")
    return Prefix(prefix, found[0].term) if len(prefix) >= MIN_PREFIX else Word(found[0].term)


def _either(left: Clause, right: Atom) -> AnyOf:
    return AnyOf(tuple(dict.fromkeys((*alternatives_of(left), right))))


def _meaningful(clauses: list[Clause]) -> list[Clause]:
    return [c for c in clauses if not _is_stopword(c)] or clauses


def _is_stopword(clause: Clause) -> bool:
    words = clause.words if isinstance(clause, Said) else clause
    return isinstance(words, Word) and words.term in stopwords()


def _distinct(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))
