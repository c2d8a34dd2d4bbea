"""The engines by the names of their rows. Importing this takes all of their packages."""

from collections.abc import Callable

from bench.faceted.common import Peer
from bench.faceted.with_fts5 import FTS5
from bench.faceted.with_tantivy import Tantivy
from bench.faceted.with_whoosh import StockWhoosh, from_stored

PEERS: dict[str, type[Peer]] = {
    "tantivy": Tantivy,
    "SQLite FTS5": FTS5,
    "stock Whoosh": StockWhoosh,
}
"""What the ratios are to."""

OTHERWISE: dict[str, Callable[[], Peer]] = {
    "tantivy, title and body as one field": lambda: Tantivy(one_field=True),
    "stock Whoosh, facets from stored values": lambda: StockWhoosh(facet=from_stored),
}
"""The same engines set up in another way, where it is faster at something; for comparison."""
