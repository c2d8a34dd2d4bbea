"""The engines by the names of their rows. Importing this takes all of their packages."""

from collections.abc import Callable

from bench.faceted.common import Peer
from bench.faceted.with_fts5 import FTS5
from bench.faceted.with_snippets import TantivyPage
from bench.faceted.with_tantivy import Tantivy
from bench.faceted.with_whoosh import StockWhoosh, from_stored

PEERS: dict[str, type[Peer]] = {
    "tantivy": Tantivy,
    "SQLite FTS5": FTS5,
    "stock Whoosh": StockWhoosh,
}
"""What the ratios are to."""

PAGE = "tantivy, a page: 20 hits with snippets, seven facets"
"""The row that all that we do is compared with besides."""

OTHERWISE: dict[str, Callable[[], Peer]] = {
    "tantivy, title and body as one field": lambda: Tantivy(one_field=True),
    PAGE: TantivyPage,
    "stock Whoosh, facets from stored values": lambda: StockWhoosh(facet=from_stored),
}
"""The same engines set up in another way, where it is faster at something; for comparison."""
