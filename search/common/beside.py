"""Where things stand beside or near each other, by their positions."""

from collections.abc import Sequence

import numpy as np

from index.arrays.files import Array
from index.arrays.line import GAP

NEAR = 8
"""So many words apart are the parts of a compound at most where they stand for it: "krav på medborgarskap"."""

NEVER = GAP
"""The distance of what is never in the same of title, lead and body; no other is as large."""

_FAR_BEFORE, _FAR_AFTER = np.array([-NEVER]), np.array([1 << 62])


def beside_each_other(columns: Sequence[Array]) -> Array:
    """Where things begin to stand one after the other, of which each stands at the places of its column; in order."""
    if not all(map(len, columns)) or not columns:
        return np.zeros(0, np.int64)
    shifted = sorted((column.astype(np.int64) - at for at, column in enumerate(columns)), key=len)
    begins = shifted[0]
    for column in shifted[1:]:
        at = np.searchsorted(column, begins)
        at[at == len(column)] = 0
        begins = begins[column[at] == begins]
    return begins


def nearest(places: Array, others: Array) -> Array:
    """How far each of ``places`` is from the nearest of ``others``; both are in order."""
    at = others.searchsorted(places)
    bounded = np.concatenate((_FAR_BEFORE, others, _FAR_AFTER))  # so that there is one on each side
    return np.asarray(np.minimum(bounded[at + 1] - places, places - bounded[at]))
