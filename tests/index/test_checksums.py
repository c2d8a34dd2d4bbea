import os
from pathlib import Path

import pytest

from index import checksums
from index.checksums import Comparison, checksum, sealed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "made" / "below").mkdir(parents=True)
    (tmp_path / "made" / "words.npy").write_bytes(b"123456789")
    (tmp_path / "made" / "below" / "a.json").write_bytes(b"abc")
    return tmp_path / "made"


def test_arrays_have_a_crc_and_all_else_a_cryptographic_hash(folder: Path) -> None:
    assert sealed(folder, None, {}) == {
        "words.npy": "crc32:cbf43926",
        "below/a.json": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }


def test_the_crc_is_of_the_whole_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.npy"
    path.write_bytes(b"123456789")
    monkeypatch.setattr(checksums, "_PIECE", 4)
    assert checksum(path) == "crc32:cbf43926"


def test_a_file_that_is_linked_is_known_and_one_that_is_not_is_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    os.link(folder / "words.npy", tmp_path / "next" / "words.npy")
    for place in (folder, tmp_path / "next"):
        (place / "other.npy").write_bytes(b"123456789")
    known = {"words.npy": "known", "other.npy": "known"}
    assert sealed(tmp_path / "next", folder, known) == {"words.npy": "known", "other.npy": "crc32:cbf43926"}


def test_everything_is_synced_but_what_was_before(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(checksums, "sync", synced.append)
    sealed(folder, None, {})
    assert set(synced) == {folder, folder / "below", folder / "words.npy", folder / "below" / "a.json"}
    (tmp_path / "next").mkdir()
    os.link(folder / "words.npy", tmp_path / "next" / "words.npy")
    synced.clear()
    sealed(tmp_path / "next", folder, {"words.npy": "known"})
    assert synced == [tmp_path / "next"]


def test_what_is_wrong_is_told_of_each_file(folder: Path) -> None:
    files = sealed(folder, None, {})
    assert list(Comparison(folder, files).damage()) == []
    (folder / "words.npy").write_bytes(b"123456780")
    (folder / "below" / "a.json").unlink()
    assert list(Comparison(folder, files).damage()) == [
        "below/a.json is missing or can't be read",
        "words.npy has changed",
    ]
