"""The releases of a minister, a department or an agency: when they came, what they are about, who is in them."""

import numpy as np

from index.annotations import DateSpan, Entity
from index.arrays.files import Array
from index.facts import Facts
from search.local.snapshot import Snapshot
from search.local.typical import typical_words
from search.page import FacetValue
from search.profile import MOST_TOGETHER, SHORT, TOGETHER, Profile, require_profiled


def profile_of(snapshot: Snapshot, facet: str, key: str, size: int) -> Profile | None:
    """The profile of a facet's value, with ``size`` words; None when no release has it.

    Raises :class:`ValueError` for a facet without profiles.
    """
    require_profiled(facet)
    values = snapshot.facets[facet]
    number = values.number(key)
    if number < 0:
        return None
    documents = snapshot.arrays.inverted.having[number]
    entity = Entity(key, values.label(key))
    first, last = _ends(snapshot, documents)
    words = typical_words(snapshot, documents, facet, entity, size)
    return Profile(facet, entity, len(documents), first, last, words, _together(snapshot, documents, number))


def _ends(snapshot: Snapshot, documents: Array) -> tuple[DateSpan | None, DateSpan | None]:
    """The spans of the earliest and the latest of the documents whose spans are no longer than a month."""
    first, last = snapshot.arrays.documents.first[documents], snapshot.arrays.documents.last[documents]
    known = (first > 0) & (last - first < SHORT)
    if not known.any():
        return None, None
    documents, first, last = documents[known], first[known], last[known]
    ends = (documents[np.lexsort((last, first))[0]], documents[np.lexsort((first, last))[-1]])
    earliest, latest = (Facts.from_json(snapshot.arrays.documents.shown.facts.encoded(int(end))).span for end in ends)
    return earliest, latest


def _together(snapshot: Snapshot, documents: Array, but: int) -> dict[str, tuple[FacetValue, ...]]:
    """For each facet the values that most of the documents have, in the order of the facet, ``but`` for one."""
    counts = snapshot.count_values(documents)
    counts[but] = 0
    return {facet: _most(snapshot, facet, counts) for facet in TOGETHER}


def _most(snapshot: Snapshot, facet: str, counts: Array) -> tuple[FacetValue, ...]:
    values = snapshot.facets[facet]
    own = counts[values.first : values.first + len(values.keys)]
    best = np.lexsort((values.rank, -own))[:MOST_TOGETHER]
    return tuple(FacetValue(values.keys[n], values.labels[n], int(own[n])) for n in best.tolist() if own[n])
