"""A g0v.se tree in a tar archive, read in one pass and never unpacked to disk."""

import gzip
import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from index.sources import g0v
from index.sources.files import MAX_DEPTH, MB, TOO_DEEP, Unpacked, printable, too_large
from index.sources.items import Item, Rejected, Unreadable

SUFFIXES = (".tar.gz", ".tgz", ".tar")
MAX_MEMBERS = 1_000_000
MAX_NAME = 64_000
"""Bytes of what a member is called, and of what else is said of it before it."""

_END_OF_TAR = 512
_SAID_BEFORE = (
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
)  # fmt: skip
_DAMAGE = (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError)
_PAGE = re.compile(r"(?P<root>(?:[^/]+/)*?)[^/]+/\d{4,5}/(?:\d{2,3}/)?[^/]+\.md")


class _Tail:
    """A stream that remembers the last bytes read, and refuses to give too many."""

    def __init__(self, stream: IO[bytes], unpacked: Unpacked) -> None:
        self.stream, self.last, self._unpacked = stream, b"", unpacked

    def read(self, size: int) -> bytes:
        data = self._unpacked.take(self.stream.read(size))
        self.last = (self.last + data)[-_END_OF_TAR:]
        return data


class _Member(tarfile.TarInfo):
    """A member whose name is of some length at most: the library reads it all before it can be asked."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        member = super().frombuf(buf, encoding, errors)
        if member.type in _SAID_BEFORE and member.size > MAX_NAME:
            raise Unreadable("a name in it is longer than any real one; get it anew")
        return member


def read(path: Path, source: str, name: str, prefix: str = "") -> Iterator[Item]:
    """The tree in the archive, called ``name``; ``prefix`` comes before the names of its members.

    What was read before a damaged place is kept, and the damage reported.
    """
    members: list[tuple[str, bytes]] = []
    rejected: list[Rejected] = []
    try:
        with _opened(path) as stream:
            tail = _Tail(stream, Unpacked(path))
            _read_members(tail, members, rejected, prefix)
    except Unreadable as error:
        rejected.append(Rejected(name, str(error)))
    except _DAMAGE as error:
        rejected.append(Rejected(name, f"the archive is damaged or cut short; get it anew: {error}"))
    if not members and not rejected:
        rejected.append(Rejected(name, "there are no files in it"))
    yield from _tree_of(members, g0v.Tree(source, prefix)).items()
    yield from sorted(rejected, key=lambda item: item.name)


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


def _read_members(tail: _Tail, members: list[tuple[str, bytes]], rejected: list[Rejected], prefix: str) -> None:
    with tarfile.open(fileobj=cast("IO[bytes]", tail), mode="r|", tarinfo=_Member) as archive:
        for count, member in enumerate(archive, 1):
            if count > MAX_MEMBERS:
                raise Unreadable(f"it has more than {MAX_MEMBERS:,} members; split it")
            archive.members = []  # type: ignore[attr-defined]  # it would hold every header to its end
            name = printable(member.name).removeprefix("./")
            if member.isdir() or _is_hidden(name):
                continue
            reason = _refusal(member, name)
            if reason:
                rejected.append(Rejected(prefix + name, reason))
            else:
                members.append((name, cast("IO[bytes]", archive.extractfile(member)).read()))
    while tail.read(MB):
        pass
    if tail.last.strip(b"\0"):
        raise Unreadable("the archive is cut short: its end is missing; get it anew")


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(name).parts)


def _refusal(member: tarfile.TarInfo, name: str) -> str | None:
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", name):
        return "its path is absolute, which a member of a tree never has"
    if ".." in PurePosixPath(name).parts:
        return "its path leads out of the archive"
    if len(PurePosixPath(name).parts) > MAX_DEPTH:
        return TOO_DEEP
    if member.issym() or member.islnk():
        return "it is a link, which is not followed"
    if not member.isfile():
        return "it is not an ordinary file"
    limit = g0v.size_limit(name)
    return too_large(limit) if member.size > limit else None


def _tree_of(members: list[tuple[str, bytes]], tree: g0v.Tree) -> g0v.Tree:
    root = root_of([name for name, _ in members])
    # Taking members away one by one: the pages are held once, not twice.
    members.reverse()
    while members:
        name, data = members.pop()
        if name.startswith(root):
            tree.add(name.removeprefix(root), data)
        else:
            tree.reject(name, f"it lies beside the tree, which is in {root}")
    return tree


def root_of(names: list[str]) -> str:
    """The folder within an archive in which the tree lies: empty, or with a slash at its end."""
    for name in names:
        if name == g0v.CODES or name.endswith(f"/{g0v.CODES}"):
            return name.removesuffix(g0v.CODES)
    pages = (match["root"] for name in names if (match := _PAGE.fullmatch(name)))
    lists = (name[: name.rfind("/") + 1] for name in names if name.endswith(".json"))
    return next(pages, None) or next(lists, "")
