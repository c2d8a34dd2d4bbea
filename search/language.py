"""The query language: words, "exact phrases", -without, a OR b (or: ELLER), prefix*.

Whatever is typed gives a tree. What can't be understood as an operator is taken as words, and what holds no
letter or digit is left out.
"""

import re

from index.analysis import stopwords, terms
from index.text import clean_line, fold
from search.tree import AnyOf, Atom, Clause, Phrase, Prefix, Tree, Word

MAX_CLAUSES = 64  # more than anyone types; it bounds what a query can cost

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))?
        (?: "(?P<phrase>[^"]*)(?:"|$)
          | (?P<or>(?:OR|ELLER)(?!\S))
          | (?P<prefix>[^\s"*]{2,})\*(?!\S)
          | (?P<word>[^\s"]+) )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»″", '""""""')


def parse(text: str) -> Tree:
    """The tree of what was typed. Words that carry no meaning are only asked for when nothing else is."""
    required: list[Clause] = []
    excluded: list[Clause] = []
    joins_previous = False
    for piece in _PIECE.finditer(clean_line(text).translate(_QUOTES)):
        if piece["or"]:
            joins_previous = bool(required)
            continue
        atom = _atom(piece)
        if atom is None:
            continue
        if piece["minus"]:
            excluded.append(atom)
        elif joins_previous:
            required[-1] = _either(required[-1], atom)
        else:
            required.append(atom)
        joins_previous = False
    return Tree(_distinct(_meaningful(required)), _distinct(excluded))


def _atom(piece: re.Match[str]) -> Atom | None:
    if piece["prefix"]:
        return _prefix(piece["prefix"])
    found = tuple(t.term for t in terms(piece["phrase"] or piece["word"] or ""))
    if len(found) > 1:
        return Phrase(found)
    return Word(found[0]) if found else None


def _prefix(typed: str) -> Atom | None:
    found = terms(typed)
    if not found:
        return None
    if len(found) > 1:
        return Phrase(tuple(t.term for t in found))
    return Prefix(fold(typed[found[0].start : found[0].end]).replace("-", ""), found[0].term)


def _either(left: Clause, right: Atom) -> AnyOf:
    alternatives = left.alternatives if isinstance(left, AnyOf) else (left,)
    return AnyOf(tuple(dict.fromkeys((*alternatives, right))))


def _meaningful(clauses: list[Clause]) -> list[Clause]:
    kept = [c for c in clauses if not (isinstance(c, Word) and c.term in stopwords())]
    return kept or clauses


def _distinct(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))[:MAX_CLAUSES]
