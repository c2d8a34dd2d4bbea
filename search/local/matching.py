"""Which releases match, and what they score before their order is made.

A release matches when it meets the query's conditions and has all of its clauses. When fewer than ``FEW`` do, those
that meet them and have most of the clauses follow after them; the number of a document, like 2017:45, is never left
out. That is decided by the text alone, before any filter: otherwise choosing a facet's value could change what
matches, and its number would not be the number of hits that it gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.arrays.files import Array
from index.arrays.inverted import IN_TITLE
from search.local.conditions import meeting
from search.local.lookup import mask
from search.local.scored import Scored, all_of, best_of, summed
from search.local.snapshot import Snapshot
from search.query import Scope
from search.tree import Atom, Clause, Named, Said, Titled, Tree, alternatives_of, is_reference, is_said, words_of

FEW = 10
MOST = 0.5  # the least share of the clauses that such a release has
NAMED = 1.0
"""What a name is worth that a release does not write so but means: as much as one mention in the body."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The matching documents.

    ``documents`` are their numbers in order, ``complete`` says of each whether it has all clauses, ``scores`` what its
    words score. ``said_by`` is there when words were looked for in quotations: the matching documents by each speaker's
    words, as different numbers in order: the speaker's value times the count of all documents, plus the document.
    """

    documents: Array
    complete: Array
    scores: Array
    matching: Literal["all", "some"]
    said_by: Array | None = None


def match(snapshot: Snapshot, tree: Tree, scope: Scope = Scope.ALL) -> Matches:
    """The documents that match ``tree``; when nothing is asked for, all that have text in ``scope``."""
    allowed = _allowed(snapshot, tree)
    if not tree.required:
        if scope is Scope.QUOTES:
            allowed &= mask(snapshot.speech.documents, snapshot.count)
        documents = np.flatnonzero(allowed)
        return Matches(documents, np.ones(len(documents), np.bool_), np.zeros(len(documents), np.float32), "all")
    found = [clause_found(snapshot, clause) for clause in tree.required]
    scores, having = summed(found, snapshot.count)
    for clause, one in zip(tree.required, found, strict=True):
        if is_reference(clause):
            allowed &= mask(one.documents, snapshot.count)
    having *= allowed
    wanted = len(tree.required)
    complete = having == wanted
    enough = wanted if np.count_nonzero(complete) >= FEW else wanted * MOST
    documents = np.flatnonzero(having >= max(enough, 1))
    said_by = _said_by(snapshot, tree, found, enough, documents) if any(map(is_said, tree.required)) else None
    is_complete = complete[documents]
    return Matches(documents, is_complete, scores[documents], "all" if is_complete.all() else "some", said_by)


def clause_found(snapshot: Snapshot, clause: Clause) -> Scored:
    """The documents that have a clause."""
    if isinstance(clause, Named):
        return _named(snapshot, clause)
    return best_of([_atom_found(snapshot, atom) for atom in alternatives_of(clause)], snapshot.count)


def _atom_found(snapshot: Snapshot, atom: Atom) -> Scored:
    match atom:
        case Said(words):
            return snapshot.speech.find(words)
        case Titled(words):
            return snapshot.lookup.find(words, IN_TITLE)
        case _:
            return snapshot.lookup.find(words_of(atom))


def _named(snapshot: Snapshot, named: Named) -> Scored:
    written = [all_of([snapshot.lookup.find(words) for words in way], snapshot.count) for way in named.ways]
    meant = np.zeros(snapshot.count, np.bool_)
    for meaning in named.meanings:
        meant |= snapshot.meant(meaning)
    documents = np.flatnonzero(meant)
    worth = np.log1p((snapshot.count - len(documents) + 0.5) / (len(documents) + 0.5)) * NAMED
    return best_of([*written, Scored(documents, np.full(len(documents), worth, np.float32))], snapshot.count)


def _said_by(snapshot: Snapshot, tree: Tree, found: Sequence[Scored], enough: float, documents: Array) -> Array:
    """For each speaker the matching documents in which the words looked for in quotations are that speaker's."""
    plain = [one for clause, one in zip(tree.required, found, strict=True) if not is_said(clause)]
    _, plainly = summed(plain, snapshot.count)
    spoken = [_speakers(snapshot, clause) for clause in tree.required if is_said(clause)]
    pairs, counts = np.unique(np.concatenate(spoken), return_counts=True)
    where = pairs % snapshot.count
    kept = mask(documents, snapshot.count)[where] & (counts + plainly[where] >= enough)
    return np.asarray(pairs[kept])


def _speakers(snapshot: Snapshot, clause: Clause) -> Array:
    said = [atom.words for atom in alternatives_of(clause) if isinstance(atom, Said)]
    return np.unique(np.concatenate([snapshot.speech.speakers(words) for words in said]))


def _allowed(snapshot: Snapshot, tree: Tree) -> Array:
    """A truth value for each document: whether it meets the conditions and has no excluded clause."""
    allowed = np.ones(snapshot.count, np.bool_)
    for clause in tree.excluded:
        allowed[clause_found(snapshot, clause).documents] = False
    for condition in tree.exceptions:
        allowed &= ~meeting(snapshot, condition)
    for alternatives in tree.conditions:
        allowed &= np.logical_or.reduce([meeting(snapshot, one) for one in alternatives])
    return allowed
