import json
from pathlib import Path

import pytest

from tests.web.cli.running import pressok


@pytest.fixture
def qrels(tmp_path: Path) -> Path:
    path = tmp_path / "qrels.tsv"
    path.write_text("query\tid\tgrade\nsegregation\ta\t3\npoliser\ta\t1\nälgar\tb\t2\n", encoding="utf-8")
    return path


def test_evaluate_prints_the_measures(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    result = pressok("evaluate", qrels, "--data", data)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "3 judged queries",
        "nDCG@10, judged releases only: 0.333",
        "nDCG@10, unjudged as worthless: 0.333",
        "recall@10: 0.333",
        "unjudged releases in the top ten: 1",
        "queries without hits: 1",
        "  älgar",
    ]


def test_evaluate_prints_a_row_for_each_query_on_request(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    rows = pressok("evaluate", qrels, "--per-query", "--data", data).stdout.splitlines()[2:5]
    assert [row.split() for row in rows] == [
        ["1.000", "1.000", "1.000", "1", "0", "segregation"],
        ["0.000", "0.000", "0.000", "1", "1", "poliser"],
        ["0.000", "0.000", "0.000", "0", "0", "älgar"],
    ]


def test_evaluate_as_json_holds_every_query(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    found = json.loads(pressok("evaluate", qrels, "--json", "--data", data).stdout)
    assert (found["queries"], found["unjudged"], found["without_hits"]) == (3, 1, ["älgar"])
    assert found["ndcg"] == pytest.approx(1 / 3)
    assert [row["query"] for row in found["per_query"]] == ["segregation", "poliser", "älgar"]


def test_evaluate_searches_what_was_judged(data: Path, lines: Path, qrels: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "queries without hits: 3" in pressok("evaluate", qrels, "--type", "tal", "--data", data).stdout


def test_evaluate_names_the_line_that_it_cannot_use(data: Path, qrels: Path) -> None:
    qrels.write_text("query\tid\tgrade\nälgar\tb\tbra\n", encoding="utf-8")
    result = pressok("evaluate", qrels, "--data", data)
    assert (result.exit_code, result.stderr) == (
        2,
        f"pressok: {qrels}, line 2: the grade 'bra' is not a whole number from 0 to 9. Mend it.\n",
    )
