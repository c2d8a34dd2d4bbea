"""Words that are typical of some releases: much more frequent in them than in all others.

The measure is the log-likelihood ratio G² (Dunning, *Accurate Methods for the Statistics of Surprise and Coincidence*,
1993), where a release counts once for each of its words. The log-odds-ratio with an informative Dirichlet prior
(Monroe, Colaresi and Quinn, *Fightin' Words*, 2008) was read beside it on real ministers, departments and agencies. It
pushes down what hardly any other release has, for which its variance is large, and that is just what tells most
("utrikesdeklarationen" of Utrikesdepartementet). What G² puts too high are words that very many releases have ("säger",
"uppdrag"); these are left out by asking for :data:`TIMES`.
"""

import numpy as np

from index.arrays.files import Array
from index.arrays.tokens import ELLIPSIS
from index.swedish.analysis import stopwords

TIMES = 3
"""So many times as frequent is a typical word as in the other releases, at least."""
CERTAIN = 10.83
"""The least G²: chance does as much for one word in a thousand (chi-squared of one degree of freedom)."""
MIN_RELEASES = 3
_MIN_LETTERS = 3
READ = 7  # releases in which is looked how a word is written: in capitals or not
WITHIN = tuple(f"{letter} " for letter in "abcdefghijklmnopqrstuvwxyzåäö,")  # what a word within a sentence follows


def weighed(own: Array, every: Array, releases: int, count: int) -> dict[int, float]:
    """The words that are typical, by their places in the arrays, most typical first, with their weights.

    ``own`` says how many of the ``releases`` have each, ``every`` how many of all ``count``.
    """
    often = own * (count - releases) >= TIMES * releases * (every - own)
    typical = np.flatnonzero(often & (own >= MIN_RELEASES))
    weights = log_likelihood(own[typical], every[typical], releases, count)
    order = np.argsort(-weights, kind="stable")[: int((weights >= CERTAIN).sum())]
    return dict(zip(typical[order].tolist(), weights[order].tolist(), strict=True))


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


def can_be_shown(word: str) -> bool:
    """Whether a word is one that says something by itself."""
    letters = word.replace("-", "")
    return letters.isalpha() and len(letters) >= _MIN_LETTERS and ELLIPSIS not in word and word not in stopwords()
