"""The earlier versions of releases in a generation, so that it can show what changed without the archive.

Most releases have none: a row is kept for those that have.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import orjson

from index.arrays.files import Strings
from index.arrays.growing import GrowingStrings
from index.document import Version
from index.release import Release

_FOLDER = "versions"


@dataclass(frozen=True)
class EarlierVersions:
    """A row for each release that has earlier versions: its id, and the versions as JSON."""

    ids: Strings
    told: Strings

    def of(self, release_id: str) -> tuple[Version, ...]:
        """The versions of a release before the present one, oldest first."""
        number = self._numbers.get(release_id)
        rows = [] if number is None else orjson.loads(self.told.encoded(number))
        return tuple(Version(row["number"], row["seen"], Release.from_dict(row["release"])) for row in rows)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {release_id: number for number, release_id in enumerate(self.ids)}

    def without(self, gone: Container[str]) -> "EarlierVersions":
        """The rows of the releases whose ids are not in ``gone``."""
        kept = np.fromiter((one not in gone for one in self.ids), np.bool_, len(self.ids))
        return EarlierVersions(self.ids.only(kept), self.told.only(kept))

    def with_rows(self, other: "EarlierVersions") -> "EarlierVersions":
        """These rows and then those of ``other``."""
        return EarlierVersions(self.ids.with_rows(other.ids), self.told.with_rows(other.told))

    def save(self, generation: Path) -> None:
        """Write the rows into a generation."""
        folder = generation / _FOLDER
        folder.mkdir()
        self.ids.save(folder, "ids")
        self.told.save(folder, "told")

    @classmethod
    def load(cls, generation: Path) -> Self:
        """The rows of a generation, mapped. Raises OSError or ValueError when a file is missing or broken."""
        folder = generation / _FOLDER
        return cls(Strings.load(folder, "ids"), Strings.load(folder, "told"))


class EarlierVersionsBuilder:
    """Collects the rows of releases, in files of a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._ids, self._told = GrowingStrings(folder), GrowingStrings(folder)

    def add(self, release_id: str, versions: Sequence[Version]) -> None:
        """Take in the versions of a release before the present one, oldest first; it may have none."""
        if versions:
            rows = [{"number": v.number, "seen": v.seen, "release": v.release.to_dict()} for v in versions]
            self._ids.add(release_id.encode())
            self._told.add(orjson.dumps(rows))

    def versions(self) -> EarlierVersions:
        """All that was added."""
        return EarlierVersions(self._ids.strings(), self._told.strings())
