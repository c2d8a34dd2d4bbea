"""Which documents meet a condition of a query: a value of a facet, or a time."""

from search.local.snapshot import Snapshot
from search.local.translate import interval_query, matches
from search.names import is_called
from search.tree import Condition, Valued


def meeting(snapshot: Snapshot, condition: Condition) -> set[int]:
    """The numbers of the documents that meet ``condition``."""
    if isinstance(condition, Valued):
        return _with_value(snapshot, condition)
    return matches(snapshot.searcher, interval_query(condition.first, condition.last))


def _with_value(snapshot: Snapshot, condition: Valued) -> set[int]:
    column = snapshot.facets[condition.facet]
    names = (column.names.get(key, key) for key in column.keys)
    called = {
        n for n, (key, name) in enumerate(zip(column.keys, names, strict=True)) if is_called(condition.typed, key, name)
    }
    return {number for number, values in column.of.items() if not called.isdisjoint(values)}
