"""One published generation, opened: the Whoosh searcher and what is read of it once."""

import json
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.scoring import BM25F

from index.analysis import words
from index.document import Document
from index.errors import DamagedGeneration
from index.facets import FACETS
from index.store import Generation
from index.text import fold
from search.local.columns import FacetColumn
from search.local.spelling import Speller
from search.local.suggest import Completions


class Snapshot:
    """What one generation answers from. It stays whole when a newer generation is published.

    ``lock`` is held around every use of ``searcher``: Whoosh's readers share file positions.
    """

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.lock = Lock()
        self._completing = Lock()
        self._completions: Completions | None = None
        self._speller: Speller | None = None
        try:
            index = FileStorage(str(generation.path / "whoosh"), readonly=True).open_index()
            self.searcher: Any = index.searcher(weighting=BM25F())
            self.ids: Mapping[int, str] = self._column("id")
            self.middles: Mapping[int, int] = self._column("middle")
            self.numbers: Mapping[str, int] = self._numbers(_read(generation, "stand_ins.json"))
            self._entries = _read(generation, "entries.json")
            names = _read(generation, "labels.json")
            self._words: dict[str, int] = _read(generation, "words.json")
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

    def _numbers(self, stand_ins: Mapping[str, str]) -> dict[str, int]:
        """Document number by release id, and by the ids of those in whose stead a release stands."""
        numbers = {release_id: number for number, release_id in self.ids.items()}
        return numbers | {other: numbers[leader] for other, leader in stand_ins.items()}

    @property
    def completions(self) -> Completions:
        """What can be suggested while typing; made when it is first asked for."""
        with self._completing:
            if self._completions is None:
                newest_first = sorted(self._entries.items(), key=lambda row: -self.middles[self.numbers[row[0]]])
                self._completions = Completions([entry["title"] for _, entry in newest_first], self.facets)
            return self._completions

    @property
    def speller(self) -> Speller:
        """What corrects spelling, from the releases' words and the facets' names; made when it is first asked for."""
        with self._completing:
            if self._speller is None:
                self._speller = Speller(names_and_words(self.facets.values(), self._words))
            return self._speller

    def document(self, number: int) -> Document:
        """The document with this number."""
        with self.lock:
            stored = self.searcher.stored_fields(number)
        return Document.from_json(stored["document"])


def names_and_words(facets: Iterable[FacetColumn], frequencies: Mapping[str, int]) -> dict[str, int]:
    """``frequencies`` with the words of every facet value's name."""
    names = (fold(word.text) for column in facets for name in column.names.values() for word in words(name))
    return dict.fromkeys((name for name in names if name.isalpha()), 1) | dict(frequencies)


def _read(generation: Generation, name: str) -> Any:
    return json.loads((generation.path / name).read_text(encoding="utf-8"))
