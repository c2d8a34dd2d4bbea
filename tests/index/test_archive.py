import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from index.archive import Archive, Settled, Taken, Version
from index.document import Provenance
from index.errors import ArchiveError
from index.release import Release
from tests.builders import release


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.sqlite") as one:
        yield one


def tell(archive: Archive, now: str, *releases: Release, source: str = "s", whole: bool = True) -> Settled:
    """A run in which a source says these things, and nothing else if it is whole."""
    with archive.transaction():
        for one in releases:
            archive.put(one, source, one.id, now)
        if whole:
            archive.unsay(source, now)
        return archive.settle(now)


def present(archive: Archive) -> dict[str, tuple[Release, Provenance]]:
    return {one.id: (one, known) for one, known in archive.present(archive.digests())}


def test_a_release_is_new_then_the_same_then_changed(archive: Archive) -> None:
    first, second = release(body="Ett."), release(body="Två.")
    assert tell(archive, "t1", first) == Settled(new=1)
    assert tell(archive, "t2", first) == Settled()
    assert tell(archive, "t3", second) == Settled(changed=1)

    assert archive.versions(first.id) == [Version(1, "t1", first), Version(2, "t3", second)]
    kept, known = present(archive)[first.id]
    assert kept == second
    assert (known.first_seen, known.changed, known.versions) == ("t1", "t3", 2)


def test_an_edit_leads_whatever_source_it_comes_from(archive: Archive) -> None:
    tell(archive, "t1", release(body="Ett."), source="monday.tar")
    tell(archive, "t2", release(body="Två."), source="tuesday.tar")
    assert tell(archive, "t3", release(body="Ett."), source="monday.tar") == Settled(), "that was told before"
    assert present(archive)[release().id][0].body == "Två."


def test_a_text_that_comes_back_is_a_version_of_its_own(archive: Archive) -> None:
    for now, body in (("t1", "Ett."), ("t2", "Två."), ("t3", "Ett.")):
        tell(archive, now, release(body=body))
    assert [v.release.body for v in archive.versions(release().id)] == ["Ett.", "Två.", "Ett."]


def test_a_release_is_composed_of_what_each_source_says(archive: Archive) -> None:
    body, summary = release(body="Texten."), release(title="En annan", summary="Ingressen.")
    summary_leads = release(title="En annan", body="Texten.", summary="Ingressen.")
    tell(archive, "t1", body, source="a")
    assert tell(archive, "t2", summary, source="b") == Settled(changed=1)
    assert present(archive)[body.id][0] == summary_leads, "what was told last leads"

    for now in ("t3", "t4"):
        assert tell(archive, now, body, source="a") == Settled()
        assert tell(archive, now, summary, source="b") == Settled()
    assert len(archive.versions(body.id)) == 2
    assert tell(archive, "t5", release(body="Nya texten."), source="a") == Settled(changed=1)
    assert present(archive)[body.id][0] == release(body="Nya texten.", summary="Ingressen.")
    assert tell(archive, "t6", release("other"), source="b") == Settled(new=1, changed=1)
    assert present(archive)[body.id][0].summary == "", "what nobody says any more is not there"


def test_a_source_that_says_a_release_twice_is_taken_together_each_time(archive: Archive) -> None:
    twice = release(body="Texten."), release(summary="Ingressen.")
    assert tell(archive, "t1", *twice) == Settled(new=1)
    assert tell(archive, "t2", *twice) == Settled()
    (version,) = archive.versions(release().id)
    assert version.release == release(body="Texten.", summary="Ingressen.")


def test_what_is_put_says_whether_the_run_had_it_already(archive: Archive) -> None:
    with archive.transaction():
        assert archive.put(release("a"), "s", "1", "t1") is Taken.FIRST
        assert archive.put(release("a"), "s", "2", "t1") is Taken.AGAIN
        assert archive.put(release("a"), "s", "1", "t2") is Taken.FIRST
        archive.settle("t2")
        archive.forget("a", "t3")
        assert archive.put(release("a"), "s", "1", "t4") is Taken.FORGOTTEN


@pytest.mark.parametrize("seed", range(20))
def test_however_sources_take_turns_nothing_changes_when_they_say_the_same_again(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    with Archive.open(tmp_path / "archive.sqlite") as archive:
        said = {source: {} for source in "abc"}  # type: dict[str, dict[str, Release]]
        for turn in range(12):
            source = random.choice("abc")
            said[source] = {
                id_: release(id_, body=random.choice(["", "Ett.", "Två."]), summary=random.choice(["", "Ingress."]))
                for id_ in random.sample("xyz", random.randint(0, 3))
            }
            tell(archive, f"t{turn}", *said[source].values(), source=source)
        digests = archive.digests()
        for number, (source, releases) in enumerate(said.items()):
            assert tell(archive, f"u{number}", *releases.values(), source=source) == Settled()
        assert archive.digests() == digests
        live = {one.id for releases in said.values() for one in releases.values()}
        assert {id_ for id_, (_, known) in present(archive).items() if not known.removed} == live


def test_what_a_source_no_longer_has_is_kept_and_marked(archive: Archive) -> None:
    one, two = release("a"), release("b")
    tell(archive, "t1", one, two)
    assert tell(archive, "t2", one) == Settled(removed=1)
    assert {key: known.removed for key, (_, known) in present(archive).items()} == {"a": None, "b": "t2"}
    assert tell(archive, "t3", one) == Settled()
    tell(archive, "t4", one, two)
    assert all(known.removed is None for _, known in present(archive).values())


def test_what_another_source_has_is_not_marked(archive: Archive) -> None:
    tell(archive, "t1", release("a"), source="one")
    tell(archive, "t1", release("a"), source="two")
    assert tell(archive, "t2", source="one").removed == 0
    assert tell(archive, "t3", source="two").removed == 1


def test_a_source_that_was_moved_yields_to_where_it_is_now(archive: Archive) -> None:
    tell(archive, "t1", release("a", body="Förr."), release("b"), source="old")
    with archive.transaction():
        archive.put(release("a", body="Nu."), "new", "a", "t2")
        archive.supersede("old", "t2")
        assert archive.settle("t2") == Settled(changed=1)
    assert present(archive)["a"][0].body == "Nu."
    assert archive.sources() == ["new", "old"], "what only the old one said stays"


def test_a_change_of_title_is_known_where_titles_are_compared(archive: Archive) -> None:
    tell(archive, "t1", release("text.1", title="Ett"), release("r1", title="Två"))
    assert archive.sharing_titles() == []
    tell(archive, "t2", release("text.1", title="Två"), release("r1", title="Två"))
    assert [[one.id for one in group] for group in archive.sharing_titles()] == [["r1", "text.1"]]


def test_forgetting_erases_every_version_and_keeps_it_out(archive: Archive, tmp_path: Path) -> None:
    tell(archive, "t1", release(body="Hemligheten ett."))
    tell(archive, "t2", release(body="Hemligheten två."))
    tell(archive, "t2", release(summary="Hemligheten tre."), source="other")
    assert release().id in archive and not archive.has_forgotten(release().id)
    with archive.transaction():
        archive.forget(release().id, "t3")
    archive.compact()

    assert archive.versions(release().id) == []
    assert tell(archive, "t4", release()) == Settled()
    assert archive.has_forgotten(release().id) and release().id not in archive
    files = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"Hemligheten" not in files
    assert release().id.encode() not in files


def test_what_was_erased_is_not_called_gone_while_a_reader_keeps_the_log(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(archive, "t1", release())
    archive._db.execute("PRAGMA busy_timeout = 10")
    reader = sqlite3.connect(tmp_path / "archive.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM release").fetchall()
    with archive.transaction():
        archive.forget(release().id, "t2")
    with pytest.raises(ArchiveError, match="Close other readers"):
        archive.compact()
    reader.close()
    archive.compact()


def test_digests_change_with_the_text_and_with_removal(archive: Archive) -> None:
    tell(archive, "t1", release())
    before = archive.digests()
    tell(archive, "t2", release())
    assert archive.digests() == before
    tell(archive, "t3", release(body="Ny."))
    changed = archive.digests()
    tell(archive, "t4")
    assert len({*before.values(), *changed.values(), *archive.digests().values()}) == 3


def test_a_failed_transaction_leaves_no_trace(archive: Archive) -> None:
    with pytest.raises(RuntimeError), archive.transaction():
        archive.put(release(), "s", "k", "t1")
        archive.settle("t1")
        raise RuntimeError
    assert len(archive) == 0


def test_another_program_s_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE other (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match="not an archive of Pressök"):
        Archive.open(path)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("archive.sqlite", before)]


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    Archive.open(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(ArchiveError, match="format 99"):
        Archive.open(path)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    path.write_bytes(b"inte en databas, men den har sin storlek " * 100)
    with pytest.raises(ArchiveError, match="backup"):
        Archive.open(path)
    with pytest.raises(ArchiveError, match="is a folder"):
        Archive.open(tmp_path)


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_archive_is_only_made_anew_when_that_is_asked_for(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "archive.sqlite"
    if content is not None:
        path.write_bytes(content)
    for mode in ("ro", "rw"):
        with pytest.raises(ArchiveError, match=r"Put a backup of it back; or remove CURRENT .* all the sources"):
            Archive.open(path, mode)  # type: ignore[arg-type]
    assert path.exists() == (content is not None)
    Archive.open(path).close()


def write_archive(path: Path) -> None:
    with Archive.open(path) as one:
        tell(one, "t1", *(release(f"r{n}", body="ord " * 400) for n in range(50)))
        one.check()
        one.compact()


def test_damaged_pages_are_our_error_wherever_they_are_met(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    write_archive(path)
    damaged = bytearray(path.read_bytes())
    damaged[8192:] = b"\xff" * (len(damaged) - 8192)
    path.write_bytes(damaged)
    with Archive.open(path, "rw") as one:
        for use in (one.check, one.digests, one.sharing_titles, lambda: tell(one, "t2", release("r1"))):
            with pytest.raises(ArchiveError, match="backup"):
                use()


def test_a_flipped_letter_is_found(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    write_archive(path)
    path.write_bytes(path.read_bytes().replace(b"ord ord", b"ort ord", 1))
    with Archive.open(path, "ro") as one, pytest.raises(ArchiveError, match=r"a text of r\d+ is not what it was"):
        one.check()


@pytest.mark.parametrize("writable", [True, False])
def test_reading_leaves_the_folder_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writable: bool) -> None:
    path = tmp_path / "archive.sqlite"
    write_archive(path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    monkeypatch.setattr("os.access", lambda *_: writable)
    with Archive.open(path, "ro") as one:
        one.check()
        assert len(one) == 50
        if not writable:
            assert [p.name for p in tmp_path.iterdir()] == ["archive.sqlite"]
        with pytest.raises(ArchiveError, match="who may write"):
            tell(one, "t2", release())
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()}["archive.sqlite"] == before["archive.sqlite"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE release SET first_seen = 't0'",
        "UPDATE version SET seen = 't0'",
        "UPDATE sighting SET key = 'other'",
        "DELETE FROM forgotten",
        "DELETE FROM seal",
    ],
)
def test_a_value_that_became_another_is_found(archive: Archive, change: str) -> None:
    tell(archive, "t1", release(body="Ett."))
    with archive.transaction():
        archive.forget("gone", "t2")
    archive.check()
    archive._db.execute(change)
    with pytest.raises(ArchiveError, match="is not what was written"):
        archive.check()
    tell(archive, "t3", release(body="Två."))
    archive.check()


@pytest.mark.parametrize("damage", [b"NO\xce ", b"\xceOT "])
def test_damage_that_sqlite_repeats_in_its_error_is_told(tmp_path: Path, damage: bytes) -> None:
    """SQLite's error quotes the damaged words, which are not UTF-8: Python can't even raise it."""
    path = tmp_path / "archive.sqlite"
    Archive.open(path).close()
    content = path.read_bytes()
    column = b"version    INTEGER NOT "
    path.write_bytes(content.replace(column, column[:-4] + damage, 1))
    with pytest.raises(ArchiveError, match="Put a backup of it back"), Archive.open(path, "ro") as archive:
        archive.check()


def test_an_archive_from_before_there_were_seals_is_whole_and_gets_one(archive: Archive) -> None:
    tell(archive, "t1", release(body="Ett."))
    archive._db.execute("DROP TABLE seal")
    archive.check()
    tell(archive, "t2", release(body="Två."))
    archive._db.execute("UPDATE release SET first_seen = 't0'")
    with pytest.raises(ArchiveError, match="is not what was written"):
        archive.check()
