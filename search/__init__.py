"""The read side: parse a query, match, score, count facets, cut snippets, suggest.

It never writes to an index and knows nothing of HTTP.
"""
