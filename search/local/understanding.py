"""What a query is answered as: what was typed, or, when that finds nothing or hardly anything, what was meant.

Which it is depends on the text alone, as what matches does: a filter changes neither. A word that occurs nowhere is
corrected when a release has the other one beside the rest; else the correction is only offered. Words as typed win
where they occur, with one exception: a word written without dots (stod for stöd), beside others. When hardly a release
has all the words as typed in its title or lead, and many have them with the dots, the dots were left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.analysis import stopwords
from index.stems import term_of
from index.text import clean_line, fold
from search.language import correctable
from search.local.clauses import clause_found
from search.local.lookup import LEADING
from search.local.matching import Matches, match
from search.local.scored import all_of
from search.local.snapshot import Snapshot
from search.local.spelling import dotless
from search.query import Query
from search.tree import Named, Tree, Word

MOST_CORRECTED = 8  # words of one query; each takes milliseconds
MUCH = 5  # times as many releases: the dotted form is the common one


@dataclass(frozen=True, slots=True)
class Understood:
    """What a query was answered as: the text, its tree, and what that matches.

    ``suggestion`` and ``corrected`` are :class:`search.page.Page`'s.
    """

    answered: str
    tree: Tree
    found: Matches
    suggestion: str | None = None
    corrected: bool = False


def understand(snapshot: Snapshot, query: Query) -> Understood:
    """What to answer ``query`` as."""
    typed = _answer(snapshot, query, query.text)
    if query.verbatim:
        return typed
    text = clean_line(query.text)
    places = list(correctable(text))[:MOST_CORRECTED]
    if (meant := _with(text, places, lambda word: _nearest(snapshot, word))) != text:
        return _corrected(snapshot, query, typed, meant)
    if (meant := _with(text, places, lambda word: _dotted(snapshot, word))) != text:
        other = _answer(snapshot, query, meant)
        if _leads(snapshot, other.tree) > MUCH * _leads(snapshot, typed.tree):
            return replace(other, suggestion=meant, corrected=True)
        return replace(typed, suggestion=meant if len(other.found.documents) > len(typed.found.documents) else None)
    return typed


def _corrected(snapshot: Snapshot, query: Query, typed: Understood, meant: str) -> Understood:
    """The answer to what was meant, if a release has all of it (with other dots too), or nothing has what was typed."""
    places = list(correctable(meant))[:MOST_CORRECTED]
    dotted = _with(meant, places, lambda word: _dotted(snapshot, word))
    others = [_answer(snapshot, query, text) for text in dict.fromkeys((meant, dotted))]
    found = [other for other in others if len(other.found.documents)]
    for other in [*filter(_is_whole, found), *(found if not len(typed.found.documents) else [])]:
        return replace(other, suggestion=other.answered, corrected=True)
    return replace(typed, suggestion=meant if found else None)


def _is_whole(understood: Understood) -> bool:
    """Whether some release has all that is asked for."""
    return bool(understood.found.complete.any())


def _answer(snapshot: Snapshot, query: Query, text: str) -> Understood:
    tree = snapshot.read(text, query.scope)
    return Understood(text, tree, match(snapshot, tree, query.scope))


def _with(text: str, places: list[tuple[int, int]], other: Callable[[str], str | None]) -> str:
    """``text`` with the other spelling of each word that has one, in capitals where the word was."""
    for start, end in reversed(places):
        word = text[start:end]
        if spelled := other(word):
            text = text[:start] + _cased(spelled, word) + text[end:]
    return text


def _cased(spelled: str, typed: str) -> str:
    if typed.isupper():
        return spelled.upper()
    return spelled.capitalize() if typed[0].isupper() else spelled


def _nearest(snapshot: Snapshot, word: str) -> str | None:
    """The word that was meant by one that occurs nowhere."""
    if _occurs(snapshot, word):
        return None
    return next((other for other in snapshot.speller.corrections(word) if _occurs(snapshot, other)), None)


def _dotted(snapshot: Snapshot, word: str) -> str | None:
    """The far more common word that has dots where ``word`` has none at all."""
    if dotless(word) != fold(word) or fold(word) in stopwords():
        return None
    speller = snapshot.speller
    least = max(MUCH * speller.frequency(word), 1)
    return next((other for other in speller.dotted(word) if speller.frequency(other) >= least), None)


def _occurs(snapshot: Snapshot, word: str) -> bool:
    """Whether a release has the word in any accepted form, or it is a name."""
    if snapshot.lookup.number(term_of(word)) >= 0:
        return True
    tree = snapshot.read(word)
    return any(isinstance(clause, Named) or len(clause_found(snapshot, clause).documents) for clause in tree.required)


def _leads(snapshot: Snapshot, tree: Tree) -> int:
    """How many releases have all of several words in title or lead; none when other things are asked for too."""
    asked = [clause for clause in tree.required if isinstance(clause, Word)]
    if len(asked) < len(tree.required) or len(asked) < 2:
        return 0
    return len(all_of([snapshot.lookup.find(word, LEADING) for word in asked]).documents)
