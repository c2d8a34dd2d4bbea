"""One published generation, opened: its arrays, its Whoosh index, and what is made of them once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import Lock, Timer
from typing import Any

import numpy as np
import orjson
from whoosh.filedb.filestore import FileStorage

from index.arrays.files import Array
from index.arrays.made import Arrays
from index.document import Document, Version
from index.errors import DamagedGeneration
from index.facets import FACETS
from index.manifest import Generation, Whole
from index.versions import EarlierVersions
from search.common.people import people_terms
from search.common.spelling import Speller, speller_of
from search.common.suggest import Completions
from search.common.values import FacetValues, ShownOrder
from search.language import parse
from search.local.excerpts import Excerpts
from search.local.lookup import Lookup, mask
from search.local.scored import Scored
from search.local.speech import Speech
from search.naming import NameBook
from search.query import Scope
from search.tree import Meaning, Named, Tree

_SOON = 1.0  # seconds
_NAMES = 2000  # whose documents are kept


class Snapshot:
    """What one generation answers from. It stays whole when a newer generation is published."""

    def __init__(self, generation: Generation, whole: Whole | None = None) -> None:
        """Open a generation; ``whole`` is waited for when it is still being compared with its checksums."""
        self.generation = generation
        self._reading = Lock()  # Whoosh's readers share file positions
        self._completing, self._spelling = Lock(), Lock()  # two: a search does not wait for what is suggested
        try:
            self.arrays = Arrays.load(generation.path)
            self._stand_ins: Mapping[str, str] = _read(generation, "stand_ins.json")
            names = _read(generation, "labels.json")
            self._earlier = EarlierVersions.load(generation.path)
            self.facets = self._facets(names)
            self.shown_order = ShownOrder(self.facets, len(self.arrays.documents.names))
            self.names = NameBook.of(names)
            if whole:
                whole.require()  # before Whoosh unpickles anything
            index = FileStorage(str(generation.path / "whoosh"), readonly=True).open_index()
            self._searcher: Any = index.searcher()
        except Exception as error:  # Whoosh raises whatever its files make it stumble over
            if whole:
                whole.require()  # which says what made it so
            raise DamagedGeneration(
                f"{generation.path} can't be opened ({type(error).__name__}: {error}). "
                "Run 'pressok rebuild' to make a new one from the archive."
            ) from error
        self.count = len(self.arrays.documents)
        self.excerpts = Excerpts(self.arrays.documents.shown.texts)
        self._names_found: dict[tuple[Named, object], Scored] = {}
        self.lookup = Lookup(self.arrays)
        self.speech = Speech(self.arrays, self.lookup)

    def _facets(self, names: Mapping[str, Mapping[str, str]]) -> dict[str, FacetValues]:
        values, counts = self.arrays.documents.names, self.arrays.inverted.having.lengths.tolist()
        return {f.key: FacetValues.of(f, values, names[f.key], counts) for f in FACETS}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Document number by release id, and by the ids of those in whose stead a release stands."""
        numbers = {release_id: number for number, release_id in enumerate(self.arrays.documents.ids)}
        return numbers | {other: numbers[leader] for other, leader in self._stand_ins.items()}

    @cached_property
    def newest(self) -> str | None:
        """The newest day on which a release's time of publication begins; None when no time is known."""
        day = int(np.max(self.arrays.documents.first, initial=0))
        return date.fromordinal(day).isoformat() if day else None

    @cached_property
    def people(self) -> frozenset[int]:
        """The terms of the names and offices of ministers."""
        return self.lookup.numbers(people_terms(self.facets["minister"].labels))

    def read(self, text: str, scope: Scope = Scope.ALL) -> Tree:
        """The tree of what was typed, with the names that it holds."""
        return self.names.read(parse(text, scope))

    def having(self, values: Sequence[int]) -> Array:
        """A truth value for each document: whether it has one of the facet values with these numbers."""
        documents, _ = self.arrays.inverted.having.gather(np.array(values, np.int64))
        return mask(documents, self.count)

    def meant(self, meaning: Meaning) -> Array:
        """A truth value for each document: whether it is what a name stands for."""
        number = self.facets[meaning.facet].number(meaning.key)
        documents = self.arrays.documents
        meant = self.having([number] if number >= 0 else [])
        if meaning.first:
            meant &= documents.last >= meaning.first.toordinal()
        if meaning.last:
            meant &= (documents.first <= meaning.last.toordinal()) & (documents.first > 0)
        return meant

    def words_of(self, terms: Sequence[int], *, parts: bool = True) -> Array:
        """The numbers of the words that have one of these terms (-1: none), also only in a part."""
        numbers = np.array([number for number in terms if number >= 0], np.int64)
        found = self.arrays.inverted.text_words.gather(numbers)[0]
        return np.concatenate((found, self.arrays.inverted.part_words.gather(numbers)[0])) if parts else found

    def kept(self, named: Named, find: Callable[["Snapshot", Named], Scored]) -> Scored:
        """What a name finds, which is found once: there are only so many names."""
        # Names are equal by their terms, and what they find depends on how they are written too.
        key = (named, tuple(word.typed for way in named.ways for word in way))
        found = self._names_found.get(key)
        if found is None:
            found = find(self, named)
            if len(self._names_found) < _NAMES:
                self._names_found[key] = found
        return found

    def count_values(self, documents: Array) -> Array:
        """For each facet value, how many of these documents have it."""
        values, _ = self.arrays.documents.values.gather(documents)
        return np.bincount(values, minlength=len(self.arrays.documents.names))

    def prepare(self) -> None:
        """Make all that is otherwise made when it is first asked for."""
        _ = self.numbers, self.newest, self.people
        list(self.speller.corrections("occurring"))
        self.completions.of("a", 1)

    def prepare_soon(self, first: Callable[[], None]) -> None:
        """Do what is to be ``first`` and then the same, in a thread, when those who waited have had their answer."""

        def prepare() -> None:
            first()
            self.prepare()

        timer = Timer(_SOON, prepare)
        timer.daemon = True
        timer.start()

    @property
    def completions(self) -> Completions:
        """What can be suggested while typing; made when it is first asked for."""
        with self._completing:
            return self._completions

    @cached_property
    def _completions(self) -> Completions:
        newest_first = np.argsort(self.arrays.inverted.order)
        facts = self.arrays.documents.shown.facts
        read = (orjson.loads(facts.encoded(n)) for n in newest_first.tolist())
        return Completions([(told["title"], told["id"]) for told in read], self.facets)

    @property
    def speller(self) -> Speller:
        """What corrects spelling, from the releases' words and the facets' names; made when it is first asked for."""
        with self._spelling:
            return self._speller

    @cached_property
    def _speller(self) -> Speller:
        written = zip(self.arrays.documents.words, self.arrays.inverted.releases.tolist(), strict=True)
        return speller_of(written, (values.names.values() for values in self.facets.values()))

    def document(self, number: int) -> Document:
        """The document with this number."""
        with self._reading:
            found = self._searcher.document(id=self.arrays.documents.ids[number])
        return Document.from_json(found["document"])

    def versions(self, number: int) -> tuple[Version, ...]:
        """Every version of the document's release, oldest first."""
        present = self.document(number)
        known = present.provenance
        return *self._earlier.of(present.release.id), Version(known.versions, known.changed, present.release)


def _read(generation: Generation, name: str) -> Any:
    return orjson.loads((generation.path / name).read_bytes())
