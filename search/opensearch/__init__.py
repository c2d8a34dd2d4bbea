"""The second engine: the same search on an OpenSearch cluster."""

from search.opensearch.engine import OpenSearchEngine

__all__ = ["OpenSearchEngine"]
