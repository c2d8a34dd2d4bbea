import json
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from index.archive import Archive, Taken
from index.build import Summary, forget, rebuild, update, verify
from index.document import Version
from index.errors import ArchiveError, ClusterUnavailable
from index.sources import Item
from index.sources.addresses import id_of_path, page_path
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.index.files_of_releases import titles, write_lines, write_page, write_telling
from tests.index.shelf import Shelf

_LIST = re.compile(r"^[^/]+/[^/]+\.json$")


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
    document = LocalEngine(data.path).get(hit.facts.id)
    assert document is not None and document.provenance.removed


def test_what_a_source_no_longer_has_can_be_left_out_and_comes_back(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen")
    rebuild(data, [lines])
    summary = update(data, [write_lines(lines, "Skolan")], keep_removed=False)
    assert (summary.marked_removed, summary.indexed, summary.erased) == (1, 1, 1)
    assert titles(data) == {"Skolan"}
    verify(data, keep_removed=False)
    with pytest.raises(ArchiveError, match="gives 2 releases"):
        verify(data)
    forget(data, "r0", keep_removed=False)
    assert titles(data) == set()
    update(data, [])
    assert titles(data) == {"Polisen"}, "the archive has it still"


def test_a_removed_page_does_not_take_the_copied_text_with_it(data: DataFolder, tmp_path: Path) -> None:
    page, lines = write_telling(data, tmp_path)
    rebuild(data, [page, lines], keep_removed=False)
    write_lines(lines, "Något annat")
    update(data, [page, lines], keep_removed=False)
    hits = LocalEngine(data.path).search(Query()).hits
    assert [hit.facts.removed for hit in hits] == [None] * len(hits)
    with Archive.open(data.archive) as archive:
        assert {hit.facts.id for hit in hits} == {*archive.digests()} - archive.removed()


def test_earlier_versions_go_with_the_index(data: DataFolder, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    rebuild(data, [write_lines(lines, "Skolan", "Polisen", "Domstolen")])
    for polisen in ("Polisen växer", "Polisen krymper"):
        update(data, [write_lines(lines, "Skolan", polisen, "Domstolen")])
    update(data, [write_lines(lines, "Skolan", "Polisen krymper", "Rätten")])  # what did not change is carried over
    expected = {"r0": ["Skolan"], "r1": ["Polisen", "Polisen växer", "Polisen krymper"], "r2": ["Domstolen", "Rätten"]}
    for _ in ("updated", "made afresh"):
        engine = LocalEngine(data.path)
        found = {release_id: engine.versions(release_id) for release_id in expected}
        assert {i: [v.release.title for v in versions] for i, versions in found.items()} == expected
        assert contents(data) == {i: list(versions) for i, versions in found.items()}
        rebuild(data, [])


def test_earlier_versions_of_a_page_are_completed_by_the_copied_text(data: DataFolder, tmp_path: Path) -> None:
    page, lines = write_telling(data, tmp_path)
    rebuild(data, [page, lines])
    told = json.loads(lines.read_text())
    lines.write_text(json.dumps(told | {"contact": "pressekreteraren"}) + "\n")
    update(data, [page, lines])
    before, now = LocalEngine(data.path).versions(told["id"])
    assert (before.release.contact, now.release.contact) == ("", "pressekreteraren")
    assert before.release.senders == now.release.senders == ("Finansdepartementet",)


def test_what_is_published_may_be_elsewhere(data: DataFolder, tmp_path: Path) -> None:
    shelf = Shelf()
    run = {"publishing": shelf.publishing}
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Hemligheten")
    assert rebuild(data, [lines], **run).written == 2
    assert update(data, [write_lines(lines, "Skolan växer", "Hemligheten")], **run).written == 1
    assert shelf.titles == {"Skolan växer", "Hemligheten"}
    noted = shelf.noted
    summary = update(data, [lines], **run)
    assert (summary.generation, summary.written) == ("", 0)
    assert shelf.noted > noted, "the sources were read, though they had nothing new"
    verify(data, **run)
    assert forget(data, "r1", **run) is True and forget(data, "r2", **run) is False
    assert (shelf.titles, shelf.older) == ({"Skolan växer"}, [])
    verify(data, **run)
    assert not (data.path / "CURRENT").exists() and not (data.path / "generations").exists()


def test_what_is_published_elsewhere_outlives_its_archive(data: DataFolder, tmp_path: Path) -> None:
    shelf = Shelf()
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    rebuild(data, [lines], publishing=shelf.publishing)
    data.archive.unlink()
    with pytest.raises(ArchiveError, match="backup of it back"):
        update(data, [], publishing=shelf.publishing)
    with pytest.raises(ArchiveError, match="backup of it back"):
        rebuild(DataFolder(tmp_path / "another"), [lines], publishing=shelf.publishing)
    assert shelf.titles == {"Skolan"}


def test_nothing_is_taken_in_while_nobody_can_say_what_is_published(data: DataFolder, tmp_path: Path) -> None:
    shelf = Shelf()
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    rebuild(data, [lines], publishing=shelf.publishing)
    before, shelf.is_reached = data.archive.read_bytes(), False
    for run in (rebuild, update):
        with pytest.raises(ClusterUnavailable):
            run(data, [write_lines(lines, "Polisen")], publishing=shelf.publishing)
    for about in (forget, verify):
        with pytest.raises(ClusterUnavailable):
            about(data, *(["r0"] if about is forget else []), publishing=shelf.publishing)
    assert data.archive.read_bytes() == before


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_archive_does_not_empty_the_index(data: DataFolder, tmp_path: Path, content: bytes | None) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen")
    rebuild(data, [lines])
    data.archive.unlink()
    if content is not None:
        data.archive.write_bytes(content)
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    for run in (
        lambda: update(data, [lines]),
        lambda: rebuild(data, [lines]),
        lambda: rebuild(data, []),
        lambda: forget(data, "r0"),
        lambda: verify(data),
    ):
        with pytest.raises(ArchiveError, match="backup of it back; or remove CURRENT"):
            run()
    assert titles(data) == {"Skolan", "Polisen"}
    assert data.archive.exists() == (content is not None)
    (data.path / "CURRENT").unlink()
    assert rebuild(data, [lines]).generation == "000002"


def test_verifying_finds_an_archive_that_gives_something_else(data: DataFolder, tmp_path: Path) -> None:
    rebuild(data, [*write_telling(data, tmp_path), write_lines(tmp_path / "a.jsonl", "Skolan")])
    verify(data)
    with Archive.open(data.archive) as archive, archive.transaction():
        archive.forget("r0", "now")
    with pytest.raises(ArchiveError, match=r"gives 1 releases and the index holds 2\. Run 'pressok update'"):
        verify(data)
    update(data, [])
    verify(data)


def test_nothing_is_published_of_nothing(data: DataFolder) -> None:
    assert rebuild(data, []).generation == ""
    assert data.signature() is None


def test_a_forgotten_release_is_gone_from_archive_index_and_disk(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Hemligheten")
    rebuild(data, [lines])
    assert forget(data, "r1") is True
    assert forget(data, "r2") is False
    assert titles(data) == {"Skolan"}
    assert rebuild(data, [lines]).forgotten == 1
    assert titles(data) == {"Skolan"}
    held = all_bytes(data)
    assert b"Hemligheten" not in held and b"hemlighet" not in held


def test_a_forgotten_release_is_gone_in_every_version(data: DataFolder, tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    rebuild(data, [write_lines(lines, "Skolan", "Hemligheten")])
    update(data, [write_lines(lines, "Skolan", "Vardagen")])
    assert [v.release.title for v in LocalEngine(data.path).versions("r1")] == ["Hemligheten", "Vardagen"]
    assert b"Hemligheten" in all_bytes(data)
    forget(data, "r1")
    held = all_bytes(data)
    assert not [text for text in (b"Hemligheten", b"hemlighet", b"Vardagen", b"vardag") if text in held]


def test_the_last_release_can_be_forgotten(data: DataFolder, tmp_path: Path) -> None:
    rebuild(data, [write_lines(tmp_path / "a.jsonl", "Skolan")])
    forget(data, "r0")
    assert titles(data) == set()
    assert rebuild(data, []).generation == "000003"
    assert titles(data) == set()


@pytest.mark.parametrize("others", [[], ["Skolan"]])
@pytest.mark.parametrize("finish", [lambda data: forget(data, "r0"), lambda data: rebuild(data, []).generation])
def test_a_forgetting_that_was_interrupted_is_finished(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: list[str], finish: Callable[[Any], Any]
) -> None:
    rebuild(data, [write_lines(tmp_path / "a.jsonl", "Hemligheten", *others)])
    with monkeypatch.context() as broken:
        broken.setattr("index.publisher.WhooshPublisher.publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            forget(data, "r0")
    assert titles(data) == {"Hemligheten", *others}
    assert finish(data)
    assert titles(data) == set(others)


def test_what_only_the_index_holds_can_be_forgotten(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    rebuild(data, [lines])
    kept = data.archive.read_bytes()
    rebuild(data, [write_lines(tmp_path / "b.jsonl", "Skolan", "Hemligheten")])
    data.archive.write_bytes(kept)  # an earlier backup
    assert forget(data, "r1") is True
    assert titles(data) == {"Skolan"}
    assert update(data, [tmp_path / "b.jsonl"]).forgotten == 1


def test_nothing_is_forgotten_where_there_is_nothing(data: DataFolder) -> None:
    with pytest.raises(ArchiveError, match="--data"):
        forget(data, "r1")
    assert not data.path.exists()


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
    verify(data)


def test_a_source_that_fails_leaves_the_archive_as_it_was(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    rebuild(data, [lines])
    before = contents(data)

    def cut(_: Path, items: Iterable[Item]) -> Iterator[Item]:
        yield next(iter(items))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="disk"):
        rebuild(data, [write_lines(lines, "Polisen", "Domstolen")], reading=cut)
    assert contents(data) == before
    assert titles(data) == {"Skolan"}


def all_bytes(data: DataFolder) -> bytes:
    return b"".join(p.read_bytes() for p in data.path.rglob("*") if p.is_file())


def contents(data: DataFolder) -> dict[str, list[Version]]:
    with Archive.open(data.archive, "ro") as archive:
        return {release_id: archive.versions(release_id) for release_id in archive.digests()}


def test_a_summary_that_does_not_add_up_shows() -> None:
    assert not Summary(read=3, releases=1, merged=1).adds_up


def test_a_release_that_gets_lost_on_the_way_shows(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen")
    put = Archive.put
    monkeypatch.setattr(
        Archive, "put", lambda self, one, *rest: Taken.FIRST if one.id == "r1" else put(self, one, *rest)
    )
    assert not rebuild(data, [lines]).adds_up


@pytest.mark.corpus
def test_every_page_and_record_of_the_real_corpus_is_accounted_for(corpus_summary: Summary) -> None:
    run = corpus_summary
    assert (run.read, run.releases, run.merged, run.rejected) == (9215, 7428, 1787, [])
    assert run.adds_up
    assert (run.new, run.changed, run.marked_removed, run.indexed) == (7428, 0, 0, 7428)


def ids_without_page(corpus: Path) -> set[str]:
    """The records of the corpus's lists whose page is not in it."""
    with tarfile.open(corpus) as archive:
        names = set(archive.getnames())
        lists = [json.load(content) for n in names if _LIST.search(n) and (content := archive.extractfile(n))]
    paths = {page_path(record["url"]) or "" for records in lists for record in records}
    pages = {"/" + name.partition("/")[2].removesuffix(".md") for name in names}
    return {id_of_path(path) for path in paths - pages}


@pytest.mark.corpus
def test_particular_records_of_the_real_corpus_are_what_they_were(corpus_data: Path, shared: Path) -> None:
    bare = ids_without_page(shared / "corpus" / "g0v-2014-2024.tar.gz")
    assert len(bare) == 15
    with Archive.open(DataFolder(corpus_data).archive, "ro") as archive:
        (speech,) = archive.versions("tal.2023.022.statsminister-ulf-kristersson-talade-pa-sergels-torg")
        assert speech.release.published == "2023-02-27"
        releases = [one for one, _ in archive.present(sorted(bare))]
    assert all(one.title and not one.body and not one.contact for one in releases)
    assert sum(bool(one.summary) for one in releases) == 13
    assert {one.id for one in releases} == bare


@pytest.mark.corpus
def test_the_real_corpus_is_accounted_for(corpus_data: Path) -> None:
    with Archive.open(DataFolder(corpus_data).archive) as archive:
        assert len(archive) == 7411 + 15 + 2
    counts = DataFolder(corpus_data).current().manifest.counts
    assert counts["releases"] == 7428
    assert counts["by_type"]["pressmeddelande"] == 5625
