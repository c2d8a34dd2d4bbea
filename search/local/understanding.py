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
    meant = _respelled(query.text, lambda word: _nearest(snapshot, word))
    if meant:
        return _corrected(snapshot, query, typed, _answer(snapshot, query, meant))
    other = _dots_put_in(snapshot, query, typed)
    if other and _leads(snapshot, other, other) > MUCH * _leads(snapshot, typed, other):
        return replace(other, suggestion=other.answered, corrected=True)
    more = other and len(other.found.documents) > len(typed.found.documents)
    return replace(typed, suggestion=other.answered) if other and more else typed


def _corrected(snapshot: Snapshot, query: Query, typed: Understood, meant: Understood) -> Understood:
    """The answer to what was ``meant``, if a release has all of it or nothing has what was typed; dots are put in."""
    dotted = _dots_put_in(snapshot, query, meant)
    others = [meant, *([dotted] if dotted else [])]
    if dotted and _leads(snapshot, dotted, dotted) > MUCH * _leads(snapshot, meant, dotted):
        others.reverse()
    found = [other for other in others if len(other.found.documents)]
    for other in [*filter(_is_whole, found), *(found if not len(typed.found.documents) else [])]:
        return replace(other, suggestion=other.answered, corrected=True)
    return replace(typed, suggestion=found[0].answered if found else None)


def _dots_put_in(snapshot: Snapshot, query: Query, typed: Understood) -> Understood | None:
    """The answer to ``typed`` with the dots and rings that may have been left out; None when there are none."""
    meant = _respelled(typed.answered, lambda word: _dotted(snapshot, word))
    return _answer(snapshot, query, meant) if meant else None


def _is_whole(understood: Understood) -> bool:
    """Whether some release has all that is asked for."""
    return bool(understood.found.complete.any())


def _answer(snapshot: Snapshot, query: Query, text: str) -> Understood:
    tree = snapshot.read(text, query.scope)
    return Understood(text, tree, match(snapshot, tree, query.scope))


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


def _nearest(snapshot: Snapshot, word: str) -> str | None:
    """The word that was meant by one that occurs nowhere."""
    if _occurs(snapshot, word):
        return None
    return next((other for other in snapshot.speller.corrections(word) if _occurs(snapshot, other)), None)


def _dotted(snapshot: Snapshot, word: str) -> str | None:
    """The far more common word that has dots where ``word`` has none at all."""
    folded = fold(word)
    if dotless(folded) != folded or folded in stopwords():
        return None
    speller = snapshot.speller
    others = speller.dotted(folded)
    least = max(MUCH * speller.frequency(folded), 1) if others else 0
    return next((other for other in others if speller.frequency(other) >= least), None)


def _occurs(snapshot: Snapshot, word: str) -> bool:
    """Whether a release has the word in any accepted form, or it is a name."""
    if snapshot.lookup.number(term_of(word)) >= 0:
        return True
    tree = snapshot.read(word)
    return any(isinstance(clause, Named) or len(clause_found(snapshot, clause).documents) for clause in tree.required)


def _leads(snapshot: Snapshot, understood: Understood, dotted: Understood) -> int:
    """How many releases have all of several words in title or lead; none when other things are asked for too.

    What is spelt otherwise in ``dotted`` counts as it is written only: "stod" is a form of "stå", which is common.
    """
    asked = [clause for clause in understood.tree.required if isinstance(clause, Word)]
    if len(asked) < len(understood.tree.required) or len(asked) < 2:
        return 0
    spelt = {clause.typed for clause in dotted.tree.required if isinstance(clause, Word)}
    found = [snapshot.lookup.find(word, LEADING) for word in asked if word.typed in spelt]
    found += (snapshot.lookup.written(word.typed, LEADING) for word in asked if word.typed not in spelt)
    return len(all_of(found).documents)
