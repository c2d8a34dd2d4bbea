"""Short ways to lay out sources and to read them."""

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.release import Release
from index.sources import Found, Rejected, read

CODES = {"2097": "Artikel", "1338": "Tal", "1343": "Webb-tv", "1294": "Utbildningsdepartementet", "1276": "Skola"}


def lay_out(folder: Path, files: Mapping[str, Any]) -> Path:
    """Write files below the folder: text and bytes as they are, anything else as JSON."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content))
    return folder


def pack(path: Path, files: Mapping[str, Any], mode: str = "w:gz") -> Path:
    """The same in a tar archive; a value that is a ``TarInfo`` is a member without content."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
                continue
            member = tarfile.TarInfo(name)
            member.size = len(as_bytes(content))
            archive.addfile(member, io.BytesIO(as_bytes(content)))
    return path


def as_bytes(content: Any) -> bytes:
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)).encode()


def found(path: Path) -> dict[str, Release]:
    """The releases at the path by their keys."""
    return {item.key: item.release for item in read(path) if isinstance(item, Found)}


def units(path: Path) -> dict[str, int]:
    return {item.key: item.units for item in read(path) if isinstance(item, Found)}


def rejected(path: Path) -> dict[str, str]:
    """The reasons of what was rejected by name; fails when a name comes twice."""
    items = [item for item in read(path) if isinstance(item, Rejected)]
    assert len({item.name for item in items}) == len(items)
    return {item.name: item.reason for item in items}
