"""One published generation, opened: the Whoosh searcher and what is read of it once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.scoring import BM25F

from index.document import Document
from index.errors import DamagedGeneration
from index.facets import FACETS
from index.store import Generation
from search.local.suggest import Completions


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet's values by document: ``keys[v]`` for each ``v`` in ``of[number]``, and the name of each key."""

    keys: Sequence[str]
    of: Mapping[int, Sequence[int]]
    names: Mapping[str, str]


class Snapshot:
    """What one generation answers from. It stays whole when a newer generation is published.

    ``lock`` is held around every use of ``searcher``: Whoosh's readers share file positions.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.lock = Lock()
        try:
            index = FileStorage(str(generation.path / "whoosh"), readonly=True).open_index()
            self.searcher: Any = index.searcher(weighting=BM25F())
            self.ids: Mapping[int, str] = self._column("id")
            self.middles: Mapping[int, int] = self._column("middle")
            names = json.loads((generation.path / "labels.json").read_text(encoding="utf-8"))
            self.facets = {f.key: self._facet(f.key, names[f.key]) for f in FACETS}
        except Exception as error:  # Whoosh raises whatever its files make it stumble over
            raise DamagedGeneration(
                f"{generation.path} can't be opened ({type(error).__name__}: {error}). "
                "Run 'pressok rebuild' to make a new one from the archive."
            ) from error

    def _column(self, field: str) -> dict[int, Any]:
        # Segment by segment: Whoosh's reader of several mixes up columns that one of them lacks.
        values: dict[int, Any] = {}
        whole = self.searcher.reader()
        for reader, offset in whole.leaf_readers() if whole.doc_count() else ():
            column = reader.column_reader(field)
            values.update((offset + number, column[number]) for number in reader.all_doc_ids())
        return values

    def _facet(self, field: str, names: Mapping[str, str]) -> FacetColumn:
        reader = self.searcher.reader()
        keys = [key.decode() for key in reader.lexicon(field)]
        values: dict[int, list[int]] = {}
        for ordinal, key in enumerate(keys):
            for number in reader.postings(field, key).all_ids():
                values.setdefault(number, []).append(ordinal)
        return FacetColumn(keys, values, names)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Document number by release id."""
        return {release_id: number for number, release_id in self.ids.items()}

    @cached_property
    def completions(self) -> Completions:
        """What can be suggested while typing."""
        entries = json.loads((self.generation.path / "entries.json").read_text(encoding="utf-8"))
        newest_first = sorted(entries.items(), key=lambda row: -self.middles[self.numbers[row[0]]])
        return Completions([entry["title"] for _, entry in newest_first], self.facets)

    def document(self, number: int) -> Document:
        """The document with this number."""
        with self.lock:
            stored = self.searcher.stored_fields(number)
        return Document.from_json(stored["document"])
