"""Words that are typical of some releases: much more frequent in them than in all others.

The measure is the log-likelihood ratio G² (Dunning, *Accurate Methods for the Statistics of Surprise and Coincidence*,
1993), where a release counts once for each of its words. The log-odds-ratio with an informative Dirichlet prior
(Monroe, Colaresi and Quinn, *Fightin' Words*, 2008) was read beside it on real ministers, departments and agencies. It
pushes down what hardly any other release has, for which its variance is large, and that is just what tells most
("utrikesdeklarationen" of Utrikesdepartementet). What G² puts too high are words that very many releases have ("säger",
"uppdrag"); these are left out by asking for :data:`TIMES`.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from itertools import islice

import numpy as np

from index.analysis import stopwords
from index.annotations import Entity
from index.arrays.files import Array
from index.arrays.line import SECTIONS
from index.arrays.tokens import ELLIPSIS
from search.local.people import body_terms, name_terms
from search.local.snapshot import Snapshot
from search.profile import TypicalWord, names_of

TIMES = 3
"""So many times as frequent is a typical word as in the other releases, at least."""
CERTAIN = 10.83
"""The least G²: chance does as much for one word in a thousand (chi-squared of one degree of freedom)."""
MIN_RELEASES = 3
_MIN_LETTERS = 3
_READ = 7  # releases in which is looked how a word is written: in capitals or not
_WITHIN = tuple(f"{letter} " for letter in "abcdefghijklmnopqrstuvwxyzåäö,")  # what a word within a sentence follows
_WRITTEN = (1 << SECTIONS) - 1  # of a posting's sections: as a word, not as a part of one


def typical_words(
    snapshot: Snapshot, documents: Array, facet: str, entity: Entity, size: int
) -> tuple[TypicalWord, ...]:
    """The ``size`` words most typical of the documents, which are those of ``entity``.

    Names of ministers and their offices, of agencies and departments are left out, and stop words and numbers.
    """
    own, every = _frequencies(snapshot, documents)
    often = own * (snapshot.count - len(documents)) >= TIMES * len(documents) * (every - own)
    typical = np.flatnonzero(often & (own >= MIN_RELEASES))
    weights = log_likelihood(own[typical], every[typical], len(documents), snapshot.count)
    order = np.argsort(-weights, kind="stable")[: int((weights >= CERTAIN).sum())]
    weighed = dict(zip(typical[order].tolist(), weights[order].tolist(), strict=True))
    without = {snapshot.lookup.number(t) for name in names_of(facet, entity) for t in name_terms(name)}
    without |= snapshot.people | body_terms(snapshot.lookup)
    chosen = islice(_words(snapshot, weighed, without), size)
    return tuple(
        TypicalWord(_as_written(snapshot, term, word, documents), int(own[term]), round(weighed[term], 2))
        for term, word in chosen
    )


def log_likelihood(own: Array, every: Array, documents: int, count: int) -> Array:
    """Dunning's G² of each term: how surprising it is to have it in so many of these documents, were they like all.

    ``own`` says how many of the ``documents`` have it, ``every`` how many of all ``count``.
    """
    rest, others = every - own, count - documents
    cells = ((own, documents, every), (rest, others, every), (documents - own, documents, count - every),
             (others - rest, others, count - every))  # fmt: skip
    return np.asarray(2 * sum(_surprise(found, row * column / count) for found, row, column in cells))


def _surprise(found: Array, expected: Array) -> Array:
    """What a cell of the table adds to G²; nothing where there is nothing."""
    return np.asarray(found * np.log(np.where(found > 0, found / np.maximum(expected, 1e-9), 1.0)))


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
        if inverted.word_text[word][0] == term and _can_be_shown(words[word]):
            yield term, word


def _can_be_shown(word: str) -> bool:
    letters = word.replace("-", "")
    return letters.isalpha() and len(letters) >= _MIN_LETTERS and ELLIPSIS not in word and word not in stopwords()


def _as_written(snapshot: Snapshot, term: int, word: int, documents: Array) -> str:
    """A word with its capitals and accents, as most of a few of the documents have it in their running text."""
    having = np.intersect1d(snapshot.lookup.term(term).documents, documents, assume_unique=True)
    found = (_written_in(snapshot, word, document) for document in having.tolist())
    written = Counter(islice((text for text in found if text), _READ))
    return written.most_common(1)[0][0] if written else str(snapshot.arrays.documents.words[word])


def _written_in(snapshot: Snapshot, word: int, document: int) -> str:
    """A word as the text of a document has it, where no sentence begins; empty when it is nowhere there."""
    tokens = snapshot.arrays.documents.text
    places = np.flatnonzero(tokens.words[document] == word) + tokens.words.starts[document]
    text = str(snapshot.arrays.documents.shown.texts[document]) if len(places) else ""
    for at in places.tolist():
        begin, end = int(tokens.begins[at]), int(tokens.ends[at])
        if text[max(0, begin - 2) : begin].endswith(_WITHIN):
            return text[begin:end]
    return ""
