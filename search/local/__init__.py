"""The engine of one machine: it answers from a generation in a data folder."""

from search.local.engine import LocalEngine

__all__ = ["LocalEngine"]
