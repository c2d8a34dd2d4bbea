"""The words that are typical of some documents; see :mod:`search.common.typical` for what that means."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import islice

import numpy as np

from index.annotations import Entity
from index.arrays.files import Array
from index.arrays.line import SECTIONS
from search.common.people import body_terms, name_terms
from search.common.typical import READ, WITHIN, can_be_shown, weighed
from search.local.snapshot import Snapshot
from search.profile import TypicalWord, names_of

_WRITTEN = (1 << SECTIONS) - 1  # of a posting's sections: as a word, not as a part of one


def typical_words(
    snapshot: Snapshot, documents: Array, facet: str, entity: Entity, size: int
) -> tuple[TypicalWord, ...]:
    """The ``size`` words most typical of the documents, which are those of ``entity``.

    Names of ministers and their offices, of agencies and departments are left out, and stop words and numbers.
    """
    own, every = _frequencies(snapshot, documents)
    best = weighed(own, every, len(documents), snapshot.count)
    without = {snapshot.lookup.number(t) for name in names_of(facet, entity) for t in name_terms(name)}
    without |= snapshot.people | snapshot.lookup.numbers(body_terms())
    chosen = islice(_words(snapshot, best, without), size)
    return tuple(
        TypicalWord(_as_written(snapshot, term, word, documents), int(own[term]), round(best[term], 2))
        for term, word in chosen
    )


def _frequencies(snapshot: Snapshot, documents: Array) -> tuple[Array, Array]:
    """How many of the documents have each term as it is written, and how many of all."""
    postings = snapshot.arrays.inverted.postings
    written = postings.sections & _WRITTEN != 0
    among = np.zeros(snapshot.count, np.bool_)
    among[documents] = True
    return _by_term(written & among[postings.documents], postings.starts), _by_term(written, postings.starts)


def _by_term(chosen: Array, starts: Array) -> Array:
    """How many of each term's postings are chosen."""
    sums = np.zeros(len(chosen) + 1, np.int32)
    np.cumsum(chosen, out=sums[1:])
    return np.asarray(np.diff(sums[starts]))


def _words(snapshot: Snapshot, candidates: Iterable[int], without: Container[int]) -> Iterator[tuple[int, int]]:
    """Those of the terms that can be shown, each with its most frequent word."""
    inverted, words = snapshot.arrays.inverted, snapshot.arrays.documents.words
    for term in candidates:
        forms = inverted.text_words[term]
        if term in without or not len(forms):
            continue
        word = int(forms[np.argmax(inverted.releases[forms])])
        # What is joined by hyphens is shown once, as a whole: its own term comes first.
        if inverted.word_text[word][0] == term and can_be_shown(words[word]):
            yield term, word


def _as_written(snapshot: Snapshot, term: int, word: int, documents: Array) -> str:
    """A word with its capitals and accents, as most of a few of the documents have it in their running text."""
    having = np.intersect1d(snapshot.lookup.term(term).documents, documents, assume_unique=True)
    found = (_written_in(snapshot, word, document) for document in having.tolist())
    written = Counter(islice((text for text in found if text), READ))
    return written.most_common(1)[0][0] if written else str(snapshot.arrays.documents.words[word])


def _written_in(snapshot: Snapshot, word: int, document: int) -> str:
    """A word as the text of a document has it, where no sentence begins; empty when it is nowhere there."""
    tokens = snapshot.arrays.documents.text
    places = np.flatnonzero(tokens.words[document] == word) + tokens.words.starts[document]
    text = str(snapshot.arrays.documents.shown.texts[document]) if len(places) else ""
    for at in places.tolist():
        begin, end = int(tokens.begins[at]), int(tokens.ends[at])
        if text[max(0, begin - 2) : begin].endswith(WITHIN):
            return text[begin:end]
    return ""
