"""The arrays of a generation: what searching it takes, as NumPy arrays that are memory-mapped and never pickled.

``documents`` holds what the releases say, in columns; ``inverted`` what is derived from that: postings with their
scores, and positions. Everything in between is a small function over arrays.
"""
