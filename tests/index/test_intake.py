import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.build import rebuild, update
from index.sources import Item, SourceError
from index.store import DataFolder
from search.local import LocalEngine
from tests.builders import release
from tests.index.files_of_releases import titles, write_lines, write_page


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


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
    assert len(update(data, [tmp_path / "two"]).rejected) == 1, "in a later run just so"
    assert titles(data) == {"Skolan"}


def test_a_folder_that_was_moved_goes_on_where_it_is_now(data: DataFolder, tmp_path: Path) -> None:
    write_page(tmp_path / "one", "a.txt", "Skolan")
    write_page(tmp_path / "one", "b.txt", "Domstolen")
    rebuild(data, [tmp_path / "one"])
    (tmp_path / "one").rename(tmp_path / "two")
    write_page(tmp_path / "two", "a.txt", "Polisen")
    summary = update(data, [tmp_path / "two"])
    assert (summary.rejected, summary.new, summary.changed, summary.marked_removed) == ([], 0, 1, 0)
    assert titles(data) == {"Polisen", "Domstolen"}


def test_a_source_of_a_name_that_is_not_utf8_is_taken_in(data: DataFolder, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"sk\xe5l")
    write_page(folder, os.fsdecode(b"\xe5.txt"), "Skolan")
    (folder / os.fsdecode(b"\xe4.txt")).write_bytes(b"")
    for path, titled in ((folder, 1), (folder / os.fsdecode(b"\xe4.txt"), 0)):
        summary = rebuild(data, [path])
        assert (summary.releases, len(summary.rejected)) == (titled, 1)
        assert "\\\\xe4.txt" in data.rejects.read_text(encoding="utf-8")
    assert titles(data) == {"Skolan"}


def test_two_sources_that_tell_the_same_release_settle(data: DataFolder, tmp_path: Path) -> None:
    one, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text(json.dumps(release("r1", body="Texten.").to_dict()))
    other.write_text(json.dumps(release("r1", summary="Ingressen.").to_dict()))
    rebuild(data, [one, other])
    for sources in ([one, other], [one], [other], [other, one]):
        summary = update(data, sources)
        assert (summary.new, summary.changed, summary.generation, summary.adds_up) == (0, 0, "", True)
    with Archive.open(data.archive, "ro") as archive:
        (version,) = archive.versions("r1")
        assert version.release == release("r1", body="Texten.", summary="Ingressen.")


def test_lines_that_move_and_a_line_that_is_wrong_mark_nothing_as_removed(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen", "Domstolen")
    other = write_lines(tmp_path / "b.jsonl", "Skolan")
    rebuild(data, [lines])
    _, *rest = lines.read_text().splitlines()
    lines.write_text("\n".join(["oj", *rest]))
    summary = update(data, [lines, other])
    assert (len(summary.rejected), summary.marked_removed) == (1, 0)
    lines.write_text("\n".join(reversed(rest)))
    assert update(data, [lines]).marked_removed == 0, "the other source has it"
    other.write_text(rest[0])
    assert update(data, [other]).marked_removed == 1


def test_every_path_is_looked_for_before_any_is_read(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    with pytest.raises(SourceError, match="nowhere"):
        rebuild(data, [lines, tmp_path / "nowhere"])
    assert not data.path.exists()


def test_reading_can_be_followed(data: DataFolder, tmp_path: Path) -> None:
    seen: list[object] = []

    def follow(path: Path, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            seen.append((path, item))
            yield item

    lines = write_lines(tmp_path / "a.jsonl", "Skolan", "Polisen")
    assert rebuild(data, [lines], reading=follow).read == 2
    assert [path for path, _ in seen] == [lines, lines]  # type: ignore[misc]


def test_what_was_rejected_stays_on_record_until_sources_are_read_again(data: DataFolder, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "a.jsonl", "Skolan")
    (tmp_path / "tom.txt").write_bytes(b"")
    rebuild(data, [lines, tmp_path / "tom.txt"])
    update(data, [])
    assert "tom.txt" in data.rejects.read_text()
    update(data, [lines])
    assert data.rejects.read_text() == ""
