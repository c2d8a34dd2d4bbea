"""Folders of every kind, and the real corpus."""

import gzip
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from index.errors import PressokError
from index.sources import Found, SourceError, files, read
from tests.index.sources.helpers import CODES, found, lay_out, pack, rejected

TREE: dict[str, Any] = {"api/codes.json": CODES, "tal/2024/01/x.md": "# Ett tal\n\nText."}
LINE = {"id": "a", "type": "tal", "title": "Ett annat tal"}


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert issubclass(SourceError, PressokError)
    with pytest.raises(SourceError, match=r"nothing at .*missing"):
        read(tmp_path / "missing")


def test_a_path_that_can_not_be_followed_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    for path in (tmp_path / ("x" * 300), tmp_path / "file" / "below", tmp_path / "ring"):
        with pytest.raises(SourceError, match="Check the path"):
            read(path)


def test_a_name_that_is_not_utf8_is_made_printable(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    lay_out(odd, {"a.txt": "En titel", "b.txt": b""})
    (odd / os.fsdecode(b"\xe5.txt")).write_text("En till", encoding="utf-8")

    assert list(found(odd)) == ["a.txt", "\\xe5.txt"]
    assert rejected(odd) == {"b.txt": "it is empty"}
    assert {item.source for item in read(odd) if isinstance(item, Found)} == {f"{tmp_path}/caf\\xe9"}
    assert list(found(odd / os.fsdecode(b"\xe5.txt"))) == ["\\xe5.txt"]


def test_a_folder_of_several_kinds(tmp_path: Path) -> None:
    folder = lay_out(
        tmp_path / "all", {"b.txt": "En titel", "a.jsonl": LINE, "deep/c.txt": "En till", "deep/.hidden": b"\0"}
    )
    lay_out(folder / "g0v", TREE)
    pack(folder / "g.tar.gz", {"tal/2023/01/y.md": "# Äldre tal"})

    assert list(found(folder)) == [
        "a",
        "b.txt",
        "deep/c.txt",
        "/tal/2023/01/y",
        "/tal/2024/01/x",
    ]
    assert rejected(folder) == {}
    assert {item.source for item in read(folder) if isinstance(item, Found)} == {str(folder)}


@pytest.mark.parametrize(
    "files",
    [
        {"api/codes.json": CODES, "podd/x.md": "# P"},
        {"tal.json": [{"title": "P", "url": "/podd/x"}]},
        {"podd/2024/01/x.md": "# P"},
    ],
)
@pytest.mark.parametrize("top", ["", "g0v/", "ned/g0v/"])
def test_a_tree_is_recognised(tmp_path: Path, files: dict[str, Any], top: str) -> None:
    folder = lay_out(tmp_path, {f"{top}{name}": content for name, content in files.items()})

    assert [release.title for release in found(folder).values()] == ["P"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bad.txt", "", "empty"),
        ("bad.txt", " \n", "empty"),
        ("bad.txt", b"\xef\xbb\xbf", "empty"),
        ("bad.txt", b"x" * 20_000_000, "larger than 2 MB"),
        ("bad.txt", b"x" * 1_000_000, "line of its own"),
        ("bad.txt", b"Titel\n\n\xe5", "not UTF-8 (byte 8 is wrong)"),
        ("bad.txt", b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        ("bad.txt", b"a\0b", "binary"),
        ("bad.txt", b"\xff\xfea", "not UTF-16"),
        ("bad.png", b"\x89PNG\r\n\x1a\n\0", "not a kind of file that Pressök reads"),
        ("bad.html", "<p>Text</p>", "is this a page of regeringen.se"),
        ("bad.htm", b"x" * 20_000_000, "larger than 8 MB"),
        ("bad.md", "# Titel", "part of a g0v.se tree"),
        ("bad.tar.gz", b"x", "damaged"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_read(tmp_path: Path, name: str, content: Any, reason: str) -> None:
    folder = lay_out(tmp_path / "all", {"a.txt": "En titel", name: content, "z.txt": "En titel"})

    assert list(rejected(folder)) == [name]
    assert reason in rejected(folder)[name]
    assert list(found(folder)) == ["a.txt", "z.txt"]
    assert list(rejected(folder / name)) == [name]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_a_byte_order_mark_is_read(tmp_path: Path, encoding: str) -> None:
    folder = lay_out(tmp_path, {"a.txt": "Åtgärder\r\n\r\nText.".encode(encoding)})

    assert found(folder)["a.txt"].title == "Åtgärder"


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    lay_out(tmp_path, {"secret.txt": "Hemligt", "tree/api/codes.json": CODES, "mixed/a.txt": "En titel"})
    for folder in ("tree/tal/2024/01", "mixed"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "out.md").symlink_to(tmp_path / "secret.txt")
        (tmp_path / folder / "loop").symlink_to(tmp_path / folder)
        (tmp_path / folder / "gone.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "mixed" / "in.txt").symlink_to(tmp_path / "mixed" / "a.txt")

    for folder, top in (("tree", "tal/2024/01/"), ("mixed", "")):
        reasons = rejected(tmp_path / folder)
        assert "out of the source" in reasons[f"{top}out.md"]
        assert "link to a folder" in reasons[f"{top}loop"]
        assert "leads nowhere" in reasons[f"{top}gone.txt"]
        assert len(reasons) == 3
    assert list(found(tmp_path / "mixed")) == ["a.txt", "in.txt"]


@pytest.mark.parametrize("top", ["", "tal/2024/"])
def test_folders_deep_in_each_other_are_left(tmp_path: Path, top: str) -> None:
    lay_out(tmp_path, {f"{top}{'a/' * 90}x.md": "# X", "y.txt": "En titel"})

    ((name, reason),) = rejected(tmp_path).items()

    assert len(Path(name).parts) == 65
    assert "more than 64 folders" in reason
    assert list(found(tmp_path)) == ["y.txt"]


def test_a_packed_file_that_unpacks_to_too_much_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SMALL", 100_000)
    line = gzip.compress(json.dumps(LINE).encode() + b"\n")
    (tmp_path / "bomb.jsonl.gz").write_bytes(line + gzip.compress(b"\n" * 9_000_000))
    (tmp_path / "long.jsonl.gz").write_bytes(line + gzip.compress(b" " * 9_000_000))

    reasons = rejected(tmp_path)
    assert set(reasons) == {"bomb.jsonl.gz", "long.jsonl.gz"}
    assert all("more than 100 times its size" in reason for reason in reasons.values())
    assert list(found(tmp_path)) == ["a"]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tar.gz")

    assert rejected(tmp_path) == {"pipe.tar.gz": "it is not an ordinary file"}


def test_names_within_a_folder_of_the_tree_say_where(tmp_path: Path) -> None:
    lay_out(tmp_path, {"g0v/api/codes.json": CODES, "g0v/tal/2024/01/x.md": "", "g0v/tal/2024/01/y.md": "# Y"})
    pack(tmp_path / "g.tar.gz", {"tal/2024/01/x.md": "", "api/codes.json": CODES})

    assert set(rejected(tmp_path)) == {"g.tar.gz/tal/2024/01/x.md", "g0v/tal/2024/01/x.md"}


INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u2010\u2011\u202f\u2060\ufeff\u0300-\u036f\x00-\x08]")


@pytest.mark.corpus
def test_the_whole_corpus_is_accounted_for(shared: Path) -> None:
    archive = shared / "corpus" / "g0v-2014-2024.tar.gz"

    items = list(read(archive))
    pieces = [item for item in items if isinstance(item, Found)]
    releases = {piece.key: piece.release for piece in pieces}

    assert items == pieces
    assert (len(releases), sum(piece.units for piece in pieces)) == (7426, 7411 + 1802)
    assert sum(piece.units - 1 for piece in pieces) == 1787
    assert len({release.id for release in releases.values()}) == 7426
    assert list(releases) == sorted(releases)
    assert releases["/tal/2023/022/statsminister-ulf-kristersson-talade-pa-sergels-torg"].published == "2023-02-27"
    for key, release in releases.items():
        assert not INVISIBLE.search(str(release.to_dict())), key
        assert not re.search(r"\]\(/|\*\*\w|^#{4,}|\\[*_]", release.body, re.MULTILINE), key
