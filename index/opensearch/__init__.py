"""The write side of the second engine: an index in an OpenSearch cluster, behind an alias.

A rebuild makes a new index beside the one that answers and moves the alias to it in one action; an update writes into
the one that answers. The analysis is ours: terms are sent ready-made, and the server only takes them apart at spaces.
"""
