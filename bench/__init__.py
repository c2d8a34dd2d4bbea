"""Measurements: each module is a command, ``python -m bench.NAME``, and prints what it measured."""
