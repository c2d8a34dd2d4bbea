"""What an index is known by besides its releases, so that one made by other code or other tables is made again."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_NOT_SHAPING = {"sources", "samples", "mirror", "watch.py", "opensearch"}  # folders and files of index/


def code_fingerprint(root: Path) -> str:
    """A hash of the code, tables and word lists in the folder ``root``, without what only gets and reads sources."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.suffix in {".py", ".csv", ".txt"} and name.parts[0] not in _NOT_SHAPING:
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of all that shapes a generation besides the releases.

    The code of ``index`` (analyser, recognisers, schema), its tables and word lists, and the packages that
    make terms. When it differs from a generation's, every document of that generation may be out of date.
    """
    digest = hashlib.sha256(code_fingerprint(Path(__file__).parent).encode())
    for package in ("whoosh3", "snowballstemmer", "PyStemmer", "hunspell-sv"):
        digest.update(f"{package} {version(package)}\0".encode())
    return digest.hexdigest()[:16]
