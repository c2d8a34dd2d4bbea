"""Which documents meet a condition of a query: a value of a facet, or a time."""

from datetime import date

import numpy as np

from index.arrays.files import Array
from search.local.snapshot import Snapshot
from search.names import is_called
from search.tree import Condition, Valued


def meeting(snapshot: Snapshot, condition: Condition) -> Array:
    """A truth value for each document: whether it meets ``condition``."""
    if isinstance(condition, Valued):
        return _with_value(snapshot, condition)
    return during(snapshot, condition.first, condition.last)


def _with_value(snapshot: Snapshot, condition: Valued) -> Array:
    values = snapshot.facets[condition.facet]
    called = [
        n for n, key in enumerate(values.keys, values.first) if is_called(condition.typed, key, values.label(key))
    ]
    return snapshot.having(called)


def during(snapshot: Snapshot, first: date | None, last: date | None) -> Array:
    """Whether the span of each document overlaps the interval, both days included; None is open."""
    documents = snapshot.arrays.documents
    allowed = documents.first > 0
    if first:
        allowed = allowed & (documents.last >= first.toordinal())
    if last:
        allowed = allowed & (documents.first <= last.toordinal())
    return np.asarray(allowed)
