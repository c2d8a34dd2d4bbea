import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.archive import Archive, Taken
from index.errors import ArchiveError
from tests.builders import release


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite") as one:
        yield one


def put(archive: Archive, now: str, *releases_: object, source: str = "s") -> list[Taken]:
    with archive.transaction():
        return [archive.put(r, source, r.id, now) for r in releases_]  # type: ignore[attr-defined]


def present(archive: Archive) -> dict[str, object]:
    return {r.id: (r, p) for r, p in archive.present(archive.digests())}


def test_a_release_is_new_then_the_same_then_changed(archive: Archive) -> None:
    first, second = release(body="Ett."), release(body="Två.")
    assert put(archive, "t1", first) == [Taken.NEW]
    assert put(archive, "t2", first) == [Taken.SAME]
    assert put(archive, "t3", second) == [Taken.CHANGED]

    assert [(v.number, v.seen, v.release) for v in archive.versions(first.id)] == [(1, "t1", first), (2, "t3", second)]
    (kept, known) = present(archive)[first.id]  # type: ignore[misc]
    assert kept == second
    assert (known.first_seen, known.changed, known.versions) == ("t1", "t3", 2)


def test_what_a_source_no_longer_has_is_kept_and_marked(archive: Archive) -> None:
    one, two = release("a"), release("b")
    put(archive, "t1", one, two)
    put(archive, "t2", one)
    with archive.transaction():
        assert archive.mark_removed("s", "t2") == 1
    assert {key: known.removed for key, (_, known) in present(archive).items()} == {"a": None, "b": "t2"}  # type: ignore[misc]

    put(archive, "t3", two)
    assert all(known.removed is None for _, known in present(archive).values())  # type: ignore[misc]


def test_what_another_source_has_is_not_marked(archive: Archive) -> None:
    put(archive, "t1", release("a"), source="one")
    put(archive, "t1", release("a"), source="two")
    with archive.transaction():
        assert archive.mark_removed("one", "t2") == 0


def test_forgetting_erases_every_version_and_keeps_it_out(archive: Archive, tmp_path: Path) -> None:
    put(archive, "t1", release(body="Hemligheten ett."))
    put(archive, "t2", release(body="Hemligheten två."))
    with archive.transaction():
        assert archive.forget(release().id, "t3") is True
        assert archive.forget(release().id, "t3") is False
    archive.compact()

    assert archive.versions(release().id) == []
    assert put(archive, "t4", release()) == [Taken.FORGOTTEN]
    assert len(archive) == 0
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"Hemligheten" not in files
    assert release().id.encode() not in files


def test_digests_change_with_the_text_and_with_removal(archive: Archive) -> None:
    put(archive, "t1", release())
    before = archive.digests()
    put(archive, "t2", release())
    assert archive.digests() == before
    put(archive, "t3", release(body="Ny."))
    changed = archive.digests()
    with archive.transaction():
        archive.mark_removed("s", "t4")
    assert len({*before.values(), *changed.values(), *archive.digests().values()}) == 3


def test_a_failed_transaction_leaves_no_trace(archive: Archive) -> None:
    with pytest.raises(RuntimeError), archive.transaction():
        archive.put(release(), "s", "k", "t1")
        raise RuntimeError
    assert len(archive) == 0


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE other (x)")
    db.close()
    with pytest.raises(ArchiveError, match="not an archive of Pressök"):
        Archive.open(path)


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    Archive.open(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveError, match="format 99"):
        Archive.open(path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"inte en databas, men den har sin storlek " * 100)
    with pytest.raises(ArchiveError, match="backup"):
        Archive.open(path)


def test_a_sound_archive_passes_its_check_and_a_damaged_one_does_not(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with Archive.open(path) as one:
        put(one, "t1", *(release(f"r{n}", body="ord " * 400) for n in range(50)))
        one.check()
        one.compact()
    damaged = bytearray(path.read_bytes())
    damaged[8192:16384] = b"\xff" * 8192
    path.write_bytes(damaged)
    with pytest.raises(ArchiveError), Archive.open(path) as one:
        one.check()
