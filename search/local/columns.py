"""What is read of a generation once and held in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet's values by document: ``keys[v]`` for each ``v`` in ``of[number]``, and the name of each key."""

    keys: Sequence[str]
    of: Mapping[int, Sequence[int]]
    names: Mapping[str, str]
