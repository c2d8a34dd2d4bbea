"""What a query is answered as: what was typed, or, when that finds nothing or hardly anything, what was meant.

Which it is depends on the text alone, as what matches does: a filter changes neither. A word that occurs nowhere is
corrected when a release has the other one beside the rest; else the correction is only offered. Words as typed win
where they occur, with one exception: a word written without dots (stod for stöd), beside others. When hardly a release
has all the words as typed in its title or lead, and many have them with the dots, the dots were left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from index.swedish.analysis import stopwords
from index.swedish.stems import term_of
from index.text import clean_line, fold
from search.common.spelling import Speller, dotless
from search.language import correctable
from search.query import Query, Scope
from search.tree import Clause, Named, Tree, Word

MOST_CORRECTED = 8  # words of one query; each takes milliseconds
MUCH = 5  # times as many releases: the dotted form is the common one


class Found(Protocol):
    """What an engine found for a tree."""

    @property
    def count(self) -> int:
        """How many releases match."""

    @property
    def whole(self) -> bool:
        """Whether some release has all that is asked for."""


F = TypeVar("F", bound=Found)
F_co = TypeVar("F_co", bound=Found, covariant=True)


class Reader(Protocol[F_co]):
    """What an engine has to tell."""

    @property
    def speller(self) -> Speller:
        """What corrects spelling."""

    def read(self, text: str, scope: Scope = Scope.ALL) -> Tree:
        """The tree of what was typed, with the names that it holds."""

    def found(self, tree: Tree, scope: Scope) -> F_co:
        """What matches."""

    def has_term(self, term: str) -> bool:
        """Whether any release has a term."""

    def occurs(self, clause: Clause) -> bool:
        """Whether any release has what a clause asks for."""

    def leading(self, words: Sequence[Word], written: Sequence[str]) -> int:
        """How many releases have in title or lead all of the words, in any form, and those that are written just so."""


@dataclass(frozen=True, slots=True)
class Understood(Generic[F]):
    """What a query was answered as: the text, its tree, and what that matches.

    ``suggestion`` and ``corrected`` are :class:`search.page.Page`'s.
    """

    answered: str
    tree: Tree
    found: F
    suggestion: str | None = None
    corrected: bool = False


def understand(reader: Reader[F], query: Query) -> Understood[F]:
    """What to answer ``query`` as."""
    typed = _answer(reader, query, query.text)
    if query.verbatim:
        return typed
    meant = _respelled(query.text, lambda word: _nearest(reader, word))
    if meant:
        return _corrected(reader, query, typed, _answer(reader, query, meant))
    other = _dots_put_in(reader, query, typed)
    if other and _leads(reader, other, other) > MUCH * _leads(reader, typed, other):
        return replace(other, suggestion=other.answered, corrected=True)
    more = other and other.found.count > typed.found.count
    return replace(typed, suggestion=other.answered) if other and more else typed


def _corrected(reader: Reader[F], query: Query, typed: Understood[F], meant: Understood[F]) -> Understood[F]:
    """The answer to what was ``meant``, if a release has all of it or nothing has what was typed; dots are put in."""
    dotted = _dots_put_in(reader, query, meant)
    others = [meant, *([dotted] if dotted else [])]
    if dotted and _leads(reader, dotted, dotted) > MUCH * _leads(reader, meant, dotted):
        others.reverse()
    found = [other for other in others if other.found.count]
    for other in [*filter(_is_whole, found), *(found if not typed.found.count else [])]:
        return replace(other, suggestion=other.answered, corrected=True)
    return replace(typed, suggestion=found[0].answered if found else None)


def _dots_put_in(reader: Reader[F], query: Query, typed: Understood[F]) -> Understood[F] | None:
    """The answer to ``typed`` with the dots and rings that may have been left out; None when there are none."""
    meant = _respelled(typed.answered, lambda word: _dotted(reader, word))
    return _answer(reader, query, meant) if meant else None


def _is_whole(understood: Understood[F]) -> bool:
    """Whether some release has all that is asked for."""
    return understood.found.whole


def _answer(reader: Reader[F], query: Query, text: str) -> Understood[F]:
    tree = reader.read(text, query.scope)
    return Understood(text, tree, reader.found(tree, query.scope))


def _respelled(text: str, other: Callable[[str], str | None]) -> str | None:
    """``text`` with the other spelling of each word that has one, in capitals where the word was; None: no word has."""
    text = clean_line(text)
    found = False
    for start, end in reversed(list(correctable(text))[:MOST_CORRECTED]):
        word = text[start:end]
        if spelled := other(word):
            text = text[:start] + _cased(spelled, word) + text[end:]
            found = True
    return text if found else None


def _cased(spelled: str, typed: str) -> str:
    if typed.isupper():
        return spelled.upper()
    return spelled.capitalize() if typed[0].isupper() else spelled


def _nearest(reader: Reader[F], word: str) -> str | None:
    """The word that was meant by one that occurs nowhere."""
    if _occurs(reader, word):
        return None
    return next((other for other in reader.speller.corrections(word) if _occurs(reader, other)), None)


def _dotted(reader: Reader[F], word: str) -> str | None:
    """The far more common word that has dots where ``word`` has none at all."""
    folded = fold(word)
    if dotless(folded) != folded or folded in stopwords():
        return None
    speller = reader.speller
    others = speller.dotted(folded)
    least = max(MUCH * speller.frequency(folded), 1) if others else 0
    return next((other for other in others if speller.frequency(other) >= least), None)


def _occurs(reader: Reader[F], word: str) -> bool:
    """Whether a release has the word in any accepted form, or it is a name."""
    if reader.has_term(term_of(word)):
        return True
    tree = reader.read(word)
    return any(isinstance(clause, Named) or reader.occurs(clause) for clause in tree.required)


def _leads(reader: Reader[F], understood: Understood[F], dotted: Understood[F]) -> int:
    """How many releases have all of several words in title or lead; none when other things are asked for too.

    What is spelt otherwise in ``dotted`` counts as it is written only: "stod" is a form of "stå", which is common.
    """
    asked = [clause for clause in understood.tree.required if isinstance(clause, Word)]
    if len(asked) < len(understood.tree.required) or len(asked) < 2:
        return 0
    spelt = {clause.typed for clause in dotted.tree.required if isinstance(clause, Word)}
    words = [word for word in asked if word.typed in spelt]
    return reader.leading(words, [word.typed for word in asked if word.typed not in spelt])
