"""When filters leave nothing: what dropping each one would give."""

from collections.abc import Iterator

from search.common.understanding import understand
from search.local.facets import Filtered, filtered
from search.local.matching import Matches
from search.local.reading import LocalReader
from search.local.snapshot import Snapshot
from search.page import Without
from search.query import Query, Scope


def without(snapshot: Snapshot, query: Query, found: Matches, under: Filtered) -> Iterator[Without]:
    """Each filter of ``query``, which finds nothing under them all."""
    if query.scope is Scope.QUOTES:
        everywhere = query.without_whole("in")
        matched = understand(LocalReader(snapshot), everywhere).found
        yield Without("in", (query.scope.value,), (), int(filtered(snapshot, everywhere, matched).kept.sum()))
    for facet, keys in query.filters.chosen:
        labels = tuple(map(snapshot.facets[facet].label, keys))
        yield Without(facet, keys, labels, int(under.but[facet].sum()))
    if query.first or query.last:
        always = filtered(snapshot, query.without_whole("dates"), found)
        yield Without("dates", (), (), int(always.kept.sum()))
