"""Other engines doing a faceted search: all words, hit count, the first 20, counts by year, minister and agency.

Each is set up to be as fast as its own means allow at this one job: Swedish stems, title and body as two fields (the
summary begins the body), in memory and in one piece, nothing held that the job does not need. tantivy and FTS5 count
numbers in place of names, which is faster, and need not say the names.
"""
