"""A release with its annotations and what the archive knows of it: what an index generation holds."""

import json
from dataclasses import dataclass
from typing import Self

from index.annotations import Annotations, Quote
from index.release import Release


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the archive knows of a release, as ISO times in UTC.

    ``first_seen`` is when it was first taken in, ``changed`` when its present version was; ``removed`` is when
    its source no longer had it.
    """

    first_seen: str
    changed: str
    removed: str | None = None
    versions: int = 1


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a release: its number from 1, when it was first seen (ISO, UTC), and the release."""

    number: int
    seen: str
    release: Release


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the index. Release and annotations travel together and are never mixed."""

    release: Release
    annotations: Annotations
    provenance: Provenance

    def said(self, quote: Quote) -> str:
        """The words of a quotation, on one line."""
        text = self.release.summary if quote.field == "summary" else self.release.body
        return " ".join(text[quote.start : quote.end].split())

    def to_json(self) -> str:
        """The document on one line; :meth:`from_json` is the inverse."""
        p = self.provenance
        return json.dumps(
            {
                "release": self.release.to_dict(),
                "annotations": self.annotations.to_dict(),
                "provenance": {
                    "first_seen": p.first_seen,
                    "changed": p.changed,
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
