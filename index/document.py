"""A release with its annotations and what the archive knows of it: what an index generation holds."""

import json
from dataclasses import dataclass
from typing import Self

from index.annotations import Annotations
from index.release import Release


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the archive knows of a release: ISO times in UTC, and how many versions it has seen."""

    first_seen: str
    last_seen: str
    removed: str | None = None
    versions: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the index. Release and annotations travel together and are never mixed."""

    release: Release
    annotations: Annotations
    provenance: Provenance

    def to_json(self) -> str:
        """The document on one line; :meth:`from_json` is the inverse."""
        p = self.provenance
        return json.dumps(
            {
                "release": self.release.to_dict(),
                "annotations": self.annotations.to_dict(),
                "provenance": {
                    "first_seen": p.first_seen,
                    "last_seen": p.last_seen,
                    "removed": p.removed,
                    "versions": p.versions,
                },
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The document that :meth:`to_json` wrote."""
        data = json.loads(text)
        return cls(
            Release.from_dict(data["release"]),
            Annotations.from_dict(data["annotations"]),
            Provenance(**data["provenance"]),
        )
