"""What each constant of matching and ranking does to it: lower, as chosen, higher."""

from collections.abc import Iterator
from typing import Any

from bench.relevance_variants import Variant
from index.arrays.weights import Weights
from search.local import clauses, lookup, matching, ordering, proximity

_CONSTANTS: tuple[tuple[Any, str, tuple[Any, ...]], ...] = (
    (matching, "FEW", (10, 100)),
    (matching, "MOST", (0.3, 0.5)),
    (lookup, "PARTS", (0.5, 1.0)),
    (lookup, "RELATED", (0.25, 1.0)),
    (lookup, "NEAR", (4, 16)),
    (clauses, "NAMED", (0.5, 2.0)),
    (ordering, "NEARNESS", (1.0, 4.0)),
    (ordering, "CANDIDATES", (50, 200)),
    (proximity, "REACH", (4.0, 16.0)),
)
_WEIGHTS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("fields", ((2.0, 1.0, 1.0), (3.0, 1.0, 1.0), (5.0, 2.0, 1.0))),
    ("lengths", ((0.0, 0.0, 0.6), (0.3, 0.3, 0.4), (0.3, 0.3, 0.8), (0.75, 0.75, 0.75))),
    ("part", (0.25, 1.0)),
    ("saturation", (0.9, 2.0)),
    ("bare", (0.0, 0.4)),
    ("bare_words", (20.0, 80.0)),
    ("recent", (0.0, 0.1)),
    ("recent_years", (1.0, 10.0)),
)


def constants() -> Iterator[tuple[str, Any, tuple[Variant, ...]]]:
    """Each constant's name, its chosen value, and the engine with others."""
    for module, name, others in _CONSTANTS:
        full = f"{module.__name__.rpartition('.')[2]}.{name}"
        yield full, getattr(module, name), tuple(_of(module, name, value) for value in others)
    for name, others in _WEIGHTS:
        yield f"Weights.{name}", getattr(Weights(), name), tuple(_weighed(name, value) for value in others)


def _of(module: Any, name: str, value: Any) -> Variant:
    return Variant(str(value), ((module, name, value),))


def _weighed(name: str, value: Any) -> Variant:
    return Variant(str(value), weights=Weights(**{name: value}))
