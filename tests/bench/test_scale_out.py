from pathlib import Path

import pytest

pytest.importorskip("tantivy", reason="only in the bench environment")

from bench.scale_engines import alone, opened, together, wait
from bench.scale_out import asked, made
from search.opensearch import OpenSearchEngine
from tests import builders
from tests.builders import document

HALF = {"releases": 100.0, "median": 1.0, "p95": 2.0, "rate": 800.0, "together": 900.0, "together p95": 9.0}
OTHER = {"seconds": 4.0, "update": 1.5, "disk": 5e6, "memory": 6e6, "opening": 0.3}
FIGURES = {1: {"local": HALF | OTHER, "cluster": HALF | OTHER | {"copies": 10e6, "nodes": 3e9}}}


def test_a_row_about_answering_for_each_size_and_engine() -> None:
    assert list(asked(FIGURES))[1] == ["1×", 100, "cluster", 1.0, 2.0, 800.0, 900.0, 9.0]


def test_what_only_a_cluster_has_is_left_out_of_the_local_engines_row() -> None:
    local, cluster = made(FIGURES)
    assert local == ["1×", "local", 25.0, 1.5, 5.0, None, 6.0, None, 0.3]
    assert cluster[4:8] == [5.0, 10.0, 6.0, 3000.0]


def test_an_engine_is_opened_and_asked_alone_and_by_several_at_once(tmp_path: Path) -> None:
    builders.publish(tmp_path, [document("a", title="Ett torg"), document("b", title="Torgets stånd")])
    engine, figures = alone(str(tmp_path), ["torg", "stånd"])
    assert min(figures.values()) > 0
    assert len(together(engine, ["torg", "stånd"], threads=2, seconds=0.05)) >= 2


def test_addresses_and_a_name_are_an_engine_on_a_cluster() -> None:
    engine = opened("http://127.0.0.1:1,http://127.0.0.1:2#news")
    assert isinstance(engine, OpenSearchEngine)
    assert (engine._connection.urls[1], engine._connection.name) == ("http://127.0.0.1:2", "news")


def test_what_never_comes_true_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.scale_engines._PATIENCE", 0.02)
    with pytest.raises(RuntimeError, match="not found"):
        wait(lambda: False)
