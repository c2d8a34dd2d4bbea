import json
from pathlib import Path

import pytest

from bench.table import markdown, quantiles, ratio, write_json


def test_a_table_shows_three_digits_that_count() -> None:
    assert markdown(("engine", "ms", "times"), [["ours", 0.0512, 12.34], ["theirs", 1234.5, None]]).splitlines() == [
        "| engine |    ms | times |",
        "| ------ | ----: | ----: |",
        "| ours   | 0.051 |  12.3 |",
        "| theirs | 1,234 |       |",
    ]


def test_of_a_hundred_and_one_values_the_95th_percentile_is_the_96th() -> None:
    assert quantiles(range(101)) == (50, pytest.approx(95))


def test_there_is_no_ratio_to_nothing() -> None:
    assert ratio(1.0, 4.0) == 0.25
    assert ratio(1.0, 0.0) is None


def test_figures_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    write_json(None, {"p95": 1.5})
    write_json(tmp_path / "figures.json", {"p95": 1.5})
    assert json.loads((tmp_path / "figures.json").read_text(encoding="utf-8")) == {"p95": 1.5}
