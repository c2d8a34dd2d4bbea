import io
import tarfile
from pathlib import Path
from typing import Any

import pytest

from index.sources import archives, files
from tests.index.sources.helpers import CODES, found, lay_out, pack, rejected, units

FILES: dict[str, Any] = {
    "artiklar/2024/01/b.md": "# B\n\nText.",
    "artiklar/2024/01/a.md": "# A\n\nText.",
    "artiklar.json": [{"title": "A", "url": "/artiklar/2024/01/a/", "types": ["2097"], "published": "2024-01-02"}],
    "api/codes.json": CODES,
}
A, B = "/artiklar/2024/01/a", "/artiklar/2024/01/b"


def under(top: str) -> dict[str, Any]:
    return {f"{top}{name}": content for name, content in FILES.items()}


def link(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member


@pytest.mark.parametrize("top", ["", "./", "g0v/", "./deep/g0v/"])
@pytest.mark.parametrize(("name", "mode"), [("g.tar.gz", "w:gz"), ("g.tgz", "w:gz"), ("g.tar", "w")])
def test_an_archive_is_read_like_the_folder(tmp_path: Path, top: str, name: str, mode: str) -> None:
    archive = pack(tmp_path / name, under(top), mode)

    assert found(archive) == found(lay_out(tmp_path / "g0v", FILES))
    assert units(archive) == {A: 2, B: 1}
    assert list(found(archive)) == [A, B]
    assert rejected(archive) == {}


@pytest.mark.parametrize(
    ("name", "member", "reason"),
    [
        ("/etc/a.md", b"# X", "absolute"),
        ("g0v/../../a.md", b"# X", "out of the archive"),
        ("g0v/l.md", link("g0v/l.md", tarfile.SYMTYPE, "/etc/passwd"), "link"),
        ("g0v/h.md", link("g0v/h.md", tarfile.LNKTYPE, "g0v/api/codes.json"), "link"),
        ("g0v/d", link("g0v/d", tarfile.CHRTYPE), "ordinary file"),
        ("g0v/f", link("g0v/f", tarfile.FIFOTYPE), "ordinary file"),
        ("g0v/tal/2024/01/x.md", b"x" * 2_000_001, "larger than 2 MB"),
        ("g0v/tal/2024/01/x.png", b"\x89PNG", "not a kind of file"),
        ("other.txt", b"text", "beside the tree"),
    ],
)
def test_a_bad_member_is_refused_by_name_and_the_rest_is_read(
    tmp_path: Path, name: str, member: Any, reason: str
) -> None:
    archive = pack(tmp_path / "g.tar.gz", {name: member, **under("g0v/")})

    ((refused, why),) = rejected(archive).items()

    assert refused in (name, name.removeprefix("g0v/"))
    assert reason in why
    assert units(archive) == {A: 2, B: 1}


def test_hidden_members_are_ignored(tmp_path: Path) -> None:
    archive = pack(tmp_path / "g.tar.gz", {"g0v/._a.md": b"\0", "g0v/.git/x": b"x", **under("g0v/")})

    assert rejected(archive) == {}


@pytest.mark.parametrize(("name", "mode"), [("g.tar.gz", "w:gz"), ("g.tar", "w")])
def test_what_comes_before_the_place_where_an_archive_is_cut_is_kept(tmp_path: Path, name: str, mode: str) -> None:
    tail = {f"g0v/tal/2024/01/{i}.md": f"# Tal {i}\n\n{i * 977}" * 9 for i in range(200)}
    whole = pack(tmp_path / name, {**under("g0v/"), **tail}, mode)
    cut = tmp_path / f"cut-{name}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    ((named, why),) = rejected(cut).items()

    assert named == cut.name
    assert "cut short" in why
    assert {A, B} < set(found(cut)) < set(found(whole))


def test_an_archive_that_ends_between_two_members_is_cut_short(tmp_path: Path) -> None:
    whole = pack(tmp_path / "g.tar", under("g0v/"), "w")
    whole.write_bytes(whole.read_bytes().rstrip(b"\0")[:-512].rstrip(b"\0"))

    assert "cut short" in rejected(whole)["g.tar"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08", b"x" * 2000])
def test_what_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "g.tar.gz"
    path.write_bytes(content)

    assert list(rejected(path)) == ["g.tar.gz"]
    assert found(path) == {}


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    assert rejected(pack(tmp_path / "g.tar.gz", {})) == {"g.tar.gz": "there are no files in it"}


def test_an_archive_that_unpacks_to_too_much_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = pack(tmp_path / "g.tar.gz", {**under("g0v/"), "g0v/big.md": b"0" * 1_500_000})
    monkeypatch.setattr(files, "MAX_UNPACKED", 1_000_000)

    assert rejected(archive) == {"g.tar.gz": "it unpacks to more than 1 MB; split it"}
    assert set(found(archive)) == {A, B}


def test_a_bomb_is_left_at_what_no_text_packs_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SMALL", 100_000)
    pages = {f"g0v/tal/2024/01/{i}.md": b"# T\n\n" + b"0" * 1_000_000 for i in range(20)}

    assert rejected(pack(tmp_path / "g.tar.gz", pages)) == {
        "g.tar.gz": "it unpacks to more than 100 times its size, which no text does; get it anew"
    }
    assert rejected(pack(tmp_path / "g.tar", pages, "w")) == {}


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_a_name_that_fills_the_memory_is_not_read(tmp_path: Path, kind: bytes) -> None:
    giant = tarfile.TarInfo("././@LongLink")
    giant.type, giant.size = kind, 3_000_000_000
    archive = tmp_path / "g.tar"
    whole = pack(tmp_path / "whole.tar", under("g0v/"), "w").read_bytes()
    end = (len(whole.rstrip(b"\0")) + 511) // 512 * 512
    archive.write_bytes(whole[:end] + giant.tobuf() + bytes(1024))

    assert rejected(archive) == {"g.tar": "a name in it is longer than any real one; get it anew"}
    assert set(found(archive)) == {A, B}


def test_a_member_deep_in_folders_is_refused(tmp_path: Path) -> None:
    deep = f"g0v/{'a/' * 10_000}x.md"

    ((name, reason),) = rejected(pack(tmp_path / "g.tar.gz", {**under("g0v/"), deep: "# X"})).items()

    assert name == deep
    assert "more than 64 folders" in reason


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.tar.gz", FILES).read_bytes()

    reasons = rejected(pack(tmp_path / "g.tar.gz", {**under("g0v/"), "g0v/inner.tar.gz": inner}))

    assert "not a kind of file" in reasons["inner.tar.gz"]


def test_an_archive_with_too_many_members_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)

    assert "more than 2 members" in rejected(pack(tmp_path / "g.tar.gz", FILES))["g.tar.gz"]


def test_a_member_that_comes_twice_is_counted_twice(tmp_path: Path) -> None:
    path = tmp_path / "g.tar"
    pack(path, FILES, "w")
    with tarfile.open(path, "a") as archive:
        member = tarfile.TarInfo("artiklar/2024/01/b.md")
        member.size = 6
        archive.addfile(member, io.BytesIO(b"# Nya\n"))

    assert found(path)[B].title == "Nya"
    assert units(path) == {A: 2, B: 2}
