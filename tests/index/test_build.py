import json
from pathlib import Path

import pytest

from index.archive import Archive
from index.build import Summary, forget, rebuild, update
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.builders import release

PAGE = "Pressmeddelande från {sender}\n\n{title}\n\nPublicerad\n\n{text}\n"


def write_page(folder: Path, name: str, title: str, text: str = "Regeringen har beslutat.") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(PAGE.format(sender="Finansdepartementet", title=title, text=text), encoding="utf-8")
    return path


def write_lines(path: Path, *titles: str) -> Path:
    rows = [release(f"r{n}", title=title, url=f"https://example.se/r{n}").to_dict() for n, title in enumerate(titles)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def titles(data: DataFolder, text: str = "") -> set[str]:
    return {hit.title for hit in LocalEngine(data.path).search(Query(text)).hits}


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def test_a_rebuild_makes_an_index_of_its_sources(data: DataFolder, tmp_path: Path) -> None:
    write_page(tmp_path / "pages", "a.txt", "Skolan får mer pengar")
    lines = write_lines(tmp_path / "more.jsonl", "Polisen växer")
    summary = rebuild(data, [tmp_path / "pages", lines])
    assert (summary.read, summary.releases, summary.merged, summary.rejected) == (2, 2, 0, [])
    assert summary.adds_up
    assert (summary.new, summary.indexed, summary.written) == (2, 2, 2)
    assert summary.seconds > 0 and summary.per_second > 0
    assert titles(data) == {"Skolan får mer pengar", "Polisen växer"}


def test_a_rebuild_needs_nothing_but_the_archive(data: DataFolder, tmp_path: Path) -> None:
    page = write_page(tmp_path, "a.txt", "Skolan får mer pengar")
    rebuild(data, [page])
    page.unlink()
    summary = rebuild(data, [])
    assert (summary.read, summary.indexed, summary.generation) == (0, 1, "000002")
    assert titles(data, "skolan") == {"Skolan får mer pengar"}


def test_an_update_writes_only_what_changed(data: DataFolder, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write_page(pages, "a.txt", "Skolan får mer pengar")
    write_page(pages, "b.txt", "Polisen växer")
    rebuild(data, [pages])
    write_page(pages, "b.txt", "Polisen krymper")
    write_page(pages, "c.txt", "Domstolen flyttar")
    summary = update(data, [pages])
    assert (summary.new, summary.changed, summary.written, summary.indexed) == (1, 1, 2, 3)
    assert titles(data) == {"Skolan får mer pengar", "Polisen krymper", "Domstolen flyttar"}


def test_an_update_without_news_publishes_nothing(data: DataFolder, tmp_path: Path) -> None:
    page = write_page(tmp_path, "a.txt", "Skolan får mer pengar")
    rebuild(data, [page])
    summary = update(data, [page])
    assert (summary.generation, summary.written) == ("", 0)
    assert data.current().number == "000001"


def test_a_searching_process_sees_an_update_without_a_restart(data: DataFolder, tmp_path: Path) -> None:
    rebuild(data, [write_lines(tmp_path / "a.jsonl", "Skolan")])
    engine = LocalEngine(data.path)
    assert engine.search(Query("polisen")).total == 0
    update(data, [write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen växer")])
    assert engine.search(Query("polisen")).total == 1


def test_what_a_source_no_longer_has_stays_findable_and_says_so(data: DataFolder, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write_page(pages, "a.txt", "Skolan")
    gone = write_page(pages, "b.txt", "Polisen växer")
    rebuild(data, [pages])
    gone.unlink()
    assert update(data, [pages]).marked_removed == 1
    (hit,) = LocalEngine(data.path).search(Query("polisen")).hits
    document = LocalEngine(data.path).get(hit.id)
    assert document is not None and document.provenance.removed


def test_a_source_that_could_not_be_read_whole_says_nothing_about_what_is_gone(
    data: DataFolder, tmp_path: Path
) -> None:
    pages = tmp_path / "pages"
    write_page(pages, "a.txt", "Skolan")
    write_page(pages, "b.txt", "Polisen")
    rebuild(data, [pages])
    (pages / "b.txt").write_bytes(b"")
    summary = update(data, [pages])
    assert (len(summary.rejected), summary.marked_removed) == (1, 0)


def test_bad_input_is_listed_with_its_reason_and_the_rest_is_indexed(data: DataFolder, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    write_page(pages, "bra.txt", "Skolan")
    (pages / "tom.txt").write_bytes(b"")
    (pages / "fel.txt").write_bytes(b"R\xe5d")
    (pages / "lång.txt").write_bytes(b"x" * 20_000_000)
    (pages / "bild.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (pages / "halv.jsonl").write_text('{"id": "x", "ti')
    summary = rebuild(data, [pages])
    assert summary.adds_up
    assert summary.releases == 1
    rows = [json.loads(line) for line in data.rejects.read_text(encoding="utf-8").splitlines()]
    named = {
        name: row["reason"] for row in rows for name in ("tom", "fel", "lång", "bild", "halv") if name in row["name"]
    }
    assert len(rows) == len(named) == 5
    assert all(named.values())
    assert titles(data) == {"Skolan"}


def test_the_same_release_from_two_sources_is_one(data: DataFolder, tmp_path: Path) -> None:
    bare = release("r1", url="https://example.se/r1").to_dict()
    (tmp_path / "a.jsonl").write_text(json.dumps(bare) + "\n")
    (tmp_path / "b.jsonl").write_text(json.dumps(bare | {"summary": "Ingress."}) + "\n")
    summary = rebuild(data, [tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    assert (summary.read, summary.releases, summary.merged) == (2, 1, 1)
    document = LocalEngine(data.path).get("r1")
    assert document is not None and document.release.summary == "Ingress."


def test_pages_of_the_same_name_from_two_folders_are_not_taken_for_one(data: DataFolder, tmp_path: Path) -> None:
    write_page(tmp_path / "one", "a.txt", "Skolan")
    write_page(tmp_path / "two", "a.txt", "Polisen")
    summary = rebuild(data, [tmp_path / "one", tmp_path / "two"])
    assert summary.adds_up
    (rejected,) = summary.rejected
    assert "rename one of them" in rejected.reason
    assert titles(data) == {"Skolan"}


def test_nothing_is_published_of_nothing(data: DataFolder) -> None:
    assert rebuild(data, []).generation == ""
    assert data.signature() is None


def test_a_forgotten_release_is_gone_from_archive_index_and_disk(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Hemligheten")
    rebuild(data, [lines])
    assert forget(data, "r1") is True
    assert forget(data, "r1") is False
    assert titles(data) == {"Skolan"}
    assert rebuild(data, [lines]).forgotten == 1
    assert titles(data) == {"Skolan"}
    held = b"".join(p.read_bytes() for p in data.path.rglob("*") if p.is_file())
    assert b"Hemligheten" not in held and b"hemlighet" not in held


def test_the_last_release_can_be_forgotten(data: DataFolder, tmp_path: Path) -> None:
    rebuild(data, [write_lines(tmp_path / "a.jsonl", "Skolan")])
    forget(data, "r0")
    assert titles(data) == set()


def test_a_failing_run_leaves_archive_and_index_as_they_were(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(data, [write_lines(tmp_path / "a.jsonl", "Skolan")])

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("index.publisher.WhooshPublisher.add", fail)
    with pytest.raises(OSError, match="disk"):
        rebuild(data, [])
    assert titles(data) == {"Skolan"}
    assert [p.name for p in (data.path / "generations").iterdir()] == ["000001"]


def test_a_summary_that_does_not_add_up_shows() -> None:
    assert not Summary(read=3, releases=1, merged=1).adds_up


@pytest.mark.corpus
def test_the_real_corpus_is_accounted_for(corpus_data: Path) -> None:
    with Archive.open(DataFolder(corpus_data).archive) as archive:
        assert len(archive) == 7411 + 15 + 2
    counts = DataFolder(corpus_data).current().manifest.counts
    assert counts["releases"] == 7428
    assert counts["by_type"]["pressmeddelande"] == 5625
