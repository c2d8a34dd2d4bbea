"""A slow, obvious search to compare the engine with: every document, every word, every filter, one by one.

It reads queries, cuts words and takes compounds apart with the code that the engine uses – those have examples of
their own – and does all the rest by itself, in dictionaries, lists and loops.
"""

from tests.oracle.search import Answer, Oracle, Ranked

__all__ = ["Answer", "Oracle", "Ranked"]
