import sys
from math import log2
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import EvaluationError
from search.evaluation import evaluate, ranking, read_judgements
from search.local import LocalEngine
from search.query import Filters
from tests.builders import document, publish

HEADER = "query\tpath\tgrade\n"


def file(folder: Path, text: str) -> Path:
    path = folder / "qrels.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_path_becomes_the_id_of_its_release(tmp_path: Path) -> None:
    path = file(
        tmp_path, HEADER + "älg\t/tal/2024/01/skogen\t3\nälg\t/tal/2024/01/havet\t0\nsnö\t/tal/2024/02/is/\t1\n"
    )
    assert read_judgements(path) == {
        "älg": {"tal.2024.01.skogen": 3, "tal.2024.01.havet": 0},
        "snö": {"tal.2024.02.is": 1},
    }


@pytest.mark.parametrize(
    "text",
    [
        "query\tid\tgrade\nälg\ta.b\t2\n",
        "grade\tquery\tnote\tid\n2\tälg\tclose\ta.b\n",
        "\ufeffquery\tid\tgrade\r\nälg\ta.b\t2\r\n\r\n",
        "query\tpath\tid\tgrade\nälg\t\ta.b\t2",
    ],
)
def test_an_id_may_be_given_and_columns_stand_in_any_order(tmp_path: Path, text: str) -> None:
    assert read_judgements(file(tmp_path, text)) == {"älg": {"a.b": 2}}


def test_quotation_marks_belong_to_the_query(tmp_path: Path) -> None:
    assert list(read_judgements(file(tmp_path, HEADER + '"stora älgen" skog\t/a\t1\n'))) == ['"stora älgen" skog']


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the header has to name"),
        ("query,path,grade\nälg,/a,1\n", "line 1: the header has to name"),
        ("query\tgrade\nälg\t1\n", "line 1: the header has to name"),
        (HEADER, "there are no judgements in it"),
        (HEADER + "älg\t/a\t1\nälg\t/b\n", "line 3: 2 columns where the header has 3"),
        (HEADER + "älg\t/a\tbra\n", "line 2: the grade 'bra' is not a whole number"),
        (HEADER + "älg\t/a\t-1\n", "line 2: the grade '-1'"),
        (HEADER + "älg\t/a\t²\n", "line 2: the grade '²'"),
        (HEADER + "\n\nälg\t/a\t\n", "line 4: the grade ''"),
        (HEADER + " \t/a\t1\n", "line 2: the query or the release is empty"),
        (HEADER + "älg\t/\t1\n", "line 2: the query or the release is empty"),
        (HEADER + "älg\t/a\t1\nsnö\t/a\t1\nälg\ta/\t2\n", "line 4: a is judged twice for 'älg'"),
        (HEADER + "älg\t/a\t1\nsnö\t/a\t0\n", "nothing is graded above 0 for 'snö'"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message.replace("(", r"\(")):
        read_judgements(file(tmp_path, text))


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_bytes("query\tid\tgrade\nälg\ta\t1\n".encode("latin-1"))
    with pytest.raises(EvaluationError, match="not UTF-8"):
        read_judgements(path)


@given(st.text(st.sampled_from('aå\t\n\r\v\u2028"\\ 012/.'), max_size=60))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.tsv"
    path.write_bytes((HEADER + text).encode())
    try:
        found = read_judgements(path)
    except EvaluationError as error:
        assert str(path) in str(error)
    else:
        assert all(any(grades.values()) for grades in found.values())


IDEAL = 7 + 1 / log2(3)  # a grade of 3 gives 7, a grade of 1 gives 1


def test_unjudged_releases_are_skipped_in_one_measure_and_worthless_in_the_other() -> None:
    found = evaluate(lambda _: ["good", "unknown", "best"], {"älg": {"best": 3, "good": 1, "bad": 0}})
    assert found.ndcg_judged == pytest.approx((1 + 7 / log2(3)) / IDEAL)
    assert found.ndcg == pytest.approx((1 + 7 / log2(4)) / IDEAL)
    assert (found.recall, found.unjudged, found.without_hits) == (1, 1, ())


def test_the_perfect_order_has_one() -> None:
    assert evaluate(lambda _: ["best", "good"], {"älg": {"good": 1, "best": 3}}).ndcg == pytest.approx(1)


def test_only_the_top_ten_counts_but_judged_ones_move_up_into_it() -> None:
    ranked = [*(f"unknown{n}" for n in range(10)), "best"]
    found = evaluate(lambda _: ranked, {"älg": {"best": 3, "good": 1}})
    assert found.ndcg_judged == pytest.approx(7 / IDEAL)
    assert (found.ndcg, found.recall, found.unjudged) == (0, 0, 10)
    assert found.rows[0].hits == 11


def test_recall_is_of_everything_above_0() -> None:
    assert evaluate(lambda _: ["a", "d"], {"älg": {"a": 1, "b": 2, "c": 3, "d": 0}}).recall == pytest.approx(1 / 3)


def test_a_query_without_hits_counts_as_0() -> None:
    judged = {"älg": {"best": 3}, "snö": {"best": 3}}
    found = evaluate(lambda query: ["best"] if query == "älg" else [], judged)
    assert (found.ndcg_judged, found.ndcg, found.recall) == (0.5, 0.5, 0.5)
    assert found.without_hits == ("snö",)
    assert [row.ndcg for row in found.rows] == [1, 0]


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(EvaluationError, match="pip install ir-measures"):
        evaluate(lambda _: ["best"], {"älg": {"best": 3}})


def test_an_engine_is_ranked_by_its_hits_of_the_type_that_was_judged(tmp_path: Path) -> None:
    publish(
        tmp_path,
        [
            document("a", title="Skogen", body="Här finns en älg."),
            document("b", title="Älgar", body="En älg och en älg till."),
            document("c", title="Älgen", type="tal"),
        ],
    )
    assert ranking(LocalEngine(tmp_path), Filters.of(type=["pressmeddelande"]))("älg") == ["b", "a"]
