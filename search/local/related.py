"""What the same ministers have published on the same matter before and after a release."""

import numpy as np

from index.arrays.files import Array
from search.common.weighing import SHARE, SHARED
from search.local.similar import alike, most_alike
from search.local.snapshot import Snapshot


def related_documents(snapshot: Snapshot, number: int, size: int) -> tuple[Array, Array]:
    """The ``size`` documents before the one with this number, and those after it, that are most like it, in order of
    time. Both share a minister with it. What has the same middle of its span is neither.
    """
    middle = snapshot.arrays.documents.middle
    nothing = np.zeros(0, np.int64)
    ministers = _ministers(snapshot, number)
    if not middle[number] or not ministers:
        return nothing, nothing
    found = alike(snapshot, number, snapshot.people)
    like = (found.shares >= SHARED) & (found.scores >= SHARE * found.own) & snapshot.having(ministers) & (middle > 0)
    sides = (np.flatnonzero(like & (middle < middle[number])), np.flatnonzero(like & (middle > middle[number])))
    earlier, later = (_in_time(snapshot, most_alike(snapshot, found, side, size)) for side in sides)
    return earlier, later


def _ministers(snapshot: Snapshot, number: int) -> list[int]:
    """The numbers of the ministers of a document, among all facets' values."""
    values, ministers = snapshot.arrays.documents.values[number], snapshot.facets["minister"]
    own = values[(values >= ministers.first) & (values < ministers.first + len(ministers.keys))]
    return [int(value) for value in own]


def _in_time(snapshot: Snapshot, documents: Array) -> Array:
    """The documents from the oldest on."""
    return np.asarray(documents[np.argsort(-snapshot.arrays.inverted.order[documents])])
