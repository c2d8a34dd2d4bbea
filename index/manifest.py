"""A published generation: what its manifest says of it, and whether its files are still what that says."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.checksums import Comparison
from index.errors import DamagedGeneration, ForeignGeneration

FORMAT = 6
_COUNTS = {"releases", "first", "last", "by_type", "by_year"}
MEND = "Run 'pressok rebuild' to make a new one from the archive."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is: format, fingerprint of all that shaped it, counts, and each file's checksum."""

    created: str
    fingerprint: str
    counts: Mapping[str, Any]
    files: Mapping[str, str]
    format: int = FORMAT
    program: str = "pressok"


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation: its number as text, its folder and its manifest."""

    number: str
    path: Path
    manifest: Manifest = field(repr=False)


class Whole:
    """Finds out whether a generation is whole, in threads that run from when this is made."""

    def __init__(self, generation: Generation) -> None:
        self._path = generation.path
        self._comparison = Comparison(generation.path, generation.manifest.files)

    def require(self) -> None:
        """Raise :class:`DamagedGeneration` unless every file is as it was written."""
        damaged = list(self._comparison.damage())
        if damaged:
            raise DamagedGeneration(f"{self._path} is damaged: {'; '.join(damaged[:3])}. {MEND}")


def read_manifest(path: Path, expected: str) -> Manifest:
    """What a manifest says; one without the ``expected`` checksum is damaged."""
    try:
        read = path.read_bytes()
        data = json.loads(read)
    except FileNotFoundError:
        raise DamagedGeneration(f"{path} is missing. {MEND}") from None
    except (OSError, ValueError) as error:
        raise DamagedGeneration(f"{path} can't be read ({error}). {MEND}") from error
    if not isinstance(data, dict) or data.get("program") != "pressok":
        raise ForeignGeneration(f"{path.parent} was not written by Pressök. {MEND}")
    if data.get("format") != FORMAT:
        raise ForeignGeneration(
            f"{path.parent} has format {data.get('format')}, this version of Pressök reads format {FORMAT}. {MEND}"
        )
    try:
        manifest = Manifest(**data)
        files_are_text = all(isinstance(x, str) for pair in manifest.files.items() for x in pair)
    except (TypeError, AttributeError) as error:
        raise DamagedGeneration(f"{path} lacks what a manifest says ({error}). {MEND}") from error
    if not (files_are_text and isinstance(manifest.counts, dict) and manifest.counts.keys() >= _COUNTS):
        raise DamagedGeneration(f"{path} does not say what a manifest says. {MEND}")
    if hashlib.sha256(read).hexdigest() != expected:
        raise DamagedGeneration(f"{path} has changed, or CURRENT has. {MEND}")
    return manifest
