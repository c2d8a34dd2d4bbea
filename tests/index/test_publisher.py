from pathlib import Path

import pytest

from index import publisher as publisher_module
from index.publisher import WhooshPublisher
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.builders import document, publish


def found(folder: Path, text: str = "") -> set[str]:
    return {hit.facts.id for hit in LocalEngine(folder).search(Query(text)).hits}


def test_a_generation_from_scratch_holds_what_was_added(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", body="Skolan."), document("b", body="Polisen.")])
    assert found(tmp_path) == {"a", "b"}
    assert found(tmp_path, "polisen") == {"b"}


def test_a_generation_on_top_of_another_adds_replaces_and_removes(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", body="Skolan."), document("b", body="Polisen."), document("c")])
    publish(tmp_path, [document("b", body="Domstolen."), document("d", body="Polisen.")], afresh=False, gone=["c"])
    assert found(tmp_path) == {"a", "b", "d"}
    assert found(tmp_path, "polisen") == {"d"}
    assert DataFolder(tmp_path).current().manifest.counts["releases"] == 3


def test_the_earlier_generation_is_untouched_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, [document("a"), document("b")])
    before = DataFolder(tmp_path).current()
    files = {p: p.read_bytes() for p in before.path.rglob("*") if p.is_file()}
    publish(tmp_path, [document("c")], afresh=False, gone=["a"])
    assert {p: p.read_bytes() for p in before.path.rglob("*") if p.is_file()} == files


def test_other_code_or_tables_make_it_start_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, [document("a")])
    data = DataFolder(tmp_path)
    with data.writing():
        writer = WhooshPublisher(data)
        assert writer.begin(afresh=False).keys() == {"a"}
        writer.discard()
        monkeypatch.setattr(publisher_module, "fingerprint", lambda: "other")
        assert writer.begin(afresh=False) == {}
        writer.discard()


@pytest.mark.parametrize("name", ["entries.json", "arrays/words.text.npy", "arrays/text.words.npy"])
def test_a_damaged_generation_is_not_built_upon(tmp_path: Path, name: str) -> None:
    publish(tmp_path, [document("a")])
    data = DataFolder(tmp_path)
    path = data.current().path / name
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    with data.writing():
        writer = WhooshPublisher(data)
        assert writer.begin(afresh=False) == {}
        writer.discard()


def test_what_is_discarded_leaves_no_trace(tmp_path: Path) -> None:
    publish(tmp_path, [document("a")])
    data = DataFolder(tmp_path)
    with data.writing():
        writer = WhooshPublisher(data)
        writer.begin(afresh=False)
        writer.add(document("b"), "hash")
        writer.discard()
    assert found(tmp_path) == {"a"}
    assert [p.name for p in (tmp_path / "generations").iterdir()] == ["000001"]
