from pathlib import Path

from bench.costly import measured, queries
from web.params import MAX_LENGTH


def test_every_query_is_as_long_as_can_be_sent() -> None:
    letters = "abcdefghijklmnop"
    words = [f"{a}{b}{c}ovordet" for a in letters for b in letters for c in letters]
    assert {name: len(text) for name, text in queries(words).items() if len(text) < MAX_LENGTH} == {}


def test_each_is_measured_in_both_scopes(sample_data: Path) -> None:
    rows = list(measured(sample_data))
    assert len(rows) == len({name for name, _ in rows}) == 2 * len(queries(["ord"]))
    assert all(seconds >= 0 for _, seconds in rows)
