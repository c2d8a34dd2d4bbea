"""The operator's own corrections, which have the last word over what was recognised.

``corrections.csv`` in the data folder, with a header and a row per correction::

    release,field,action,value
    pressmeddelanden.2018.04.slug,agency,add,Boverket
    pressmeddelanden.2018.04.slug,minister,remove,Ibrahim Baylan
    pressmeddelanden.2018.04.slug,published,add,2018-04-12
"""

import csv
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from index.annotate.dates import stated_span
from index.annotations import Annotations, Entity
from index.errors import CorrectionsError
from index.release import Release
from index.text import clean_line, key_of

FIELDS = {"minister": "ministers", "department": "departments", "agency": "agencies", "category": "categories"}
_HEADER = ["release", "field", "action", "value"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A row: add or remove ``value`` in a field of a release. ``line`` is where it stands in the file."""

    release_id: str
    field: str
    action: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """Every correction, by release."""

    by_release: Mapping[str, tuple[Correction, ...]]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The corrections in the file at ``path``; none when there is no file.

        Raises :class:`CorrectionsError`, which names the line, for a row that can't be carried out.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return cls({})
        except OSError as error:
            raise CorrectionsError(f"{path} can't be read: {error.strerror}. Make it a file of text.") from error
        except UnicodeDecodeError as error:
            raise CorrectionsError(f"{path} can't be read ({error}). Save it as UTF-8 text.") from error
        found: dict[str, tuple[Correction, ...]] = {}
        for correction in _rows(path, text):
            found[correction.release_id] = (*found.get(correction.release_id, ()), correction)
        return cls(found)

    def digest(self, release_id: str) -> str:
        """What changes when the corrections of a release do; empty without any."""
        rows = self.by_release.get(release_id, ())
        text = repr([(row.field, row.action, row.value) for row in rows])
        return hashlib.sha256(text.encode()).hexdigest()[:16] if rows else ""

    def annotated(self, release: Release, annotate: Callable[[Release], Annotations]) -> Annotations:
        """What ``annotate`` recognises in ``release``, corrected. The release itself stays as its source gave it."""
        rows = self.by_release.get(release.id, ())
        for row in rows:
            if row.field == "published":
                release = replace(release, published=row.value if row.action == "add" else None)
        annotations = annotate(release)
        for row in rows:
            if row.field != "published":
                annotations = _corrected(annotations, row)
        return annotations

    def unused(self, known: Iterable[str]) -> list[Correction]:
        """The corrections of releases that are not among ``known``, in the order of the file."""
        missing = self.by_release.keys() - set(known)
        return sorted((row for key in missing for row in self.by_release[key]), key=lambda row: row.line)


def _corrected(annotations: Annotations, row: Correction) -> Annotations:
    name = FIELDS[row.field]
    entities: tuple[Entity, ...] = getattr(annotations, name)
    kept = tuple(entity for entity in entities if entity.id != key_of(row.value))
    if row.action == "add":
        kept = (*kept, Entity(key_of(row.value), row.value)) if kept == entities else entities
    changes: dict[str, Any] = {name: kept}
    return replace(annotations, **changes)


def _rows(path: Path, text: str) -> Iterable[Correction]:
    reader = csv.reader(text.splitlines())
    if [clean_line(cell) for cell in next(reader, [])] != _HEADER:
        raise CorrectionsError(f"{path}, line 1: the header must be {','.join(_HEADER)}.")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            yield _row([clean_line(cell) for cell in cells], reader.line_num)
        except ValueError as error:
            raise CorrectionsError(
                f"{path}, line {reader.line_num}: {error}. Mend the row; nothing was done."
            ) from None


def _row(cells: list[str], line: int) -> Correction:
    if len(cells) != len(_HEADER):
        raise ValueError(
            f"{len(cells)} cells instead of {len(_HEADER)}; put a value that holds a comma in quotation marks"
        )
    release_id, field, action, value = cells
    if not release_id:
        raise ValueError("no release")
    if field not in {*FIELDS, "published"}:
        raise ValueError(f"no field {field!r}; the fields are {', '.join([*FIELDS, 'published'])}")
    if action not in {"add", "remove"}:
        raise ValueError(f"action {action!r} is neither add nor remove")
    if field == "published" and action == "add" and stated_span(value) is None:
        raise ValueError(f"{value!r} is neither a day (2018-04-12) nor a month (2018-04)")
    if field != "published" and not key_of(value):
        raise ValueError("no value")
    if field != "published" and action == "add" and value == key_of(value):
        raise ValueError(f"{value!r} is a key; write the name as people read it")
    return Correction(release_id, field, action, value, line)
