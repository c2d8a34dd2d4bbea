"""The postings of a Whoosh segment, taken from the arrays: nothing is analysed twice."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from index.arrays.documents import value_name
from index.arrays.files import Array, Strings, starts_of
from index.arrays.line import SECTIONS, Line
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged, cut
from index.facets import FACETS, Facet
from index.segments.postings import FieldPostings, Numbers
from index.segments.schema import TEXT_FIELDS, parts_of
from index.segments.writing import postings_of

Schema = Mapping[str, Any]
_AT_ONCE = 1 << 20  # positions


@dataclass(frozen=True, slots=True)
class Parts:
    """A field whose postings are made, some terms at a time, whenever they are gone through.

    ``tokens`` says how many each document has; where it is not said it is counted.
    """

    make: Callable[[], Iterable[FieldPostings]]
    tokens: Array | None = None

    def __iter__(self) -> Iterator[FieldPostings]:
        return iter(self.make())

    def lengths(self, count: int) -> Numbers:
        """How many tokens each of ``count`` documents has in the field."""
        if self.tokens is not None:
            return self.tokens
        return sum((postings.lengths(count) for postings in self), np.zeros(count, np.int64))


def postings_from(arrays: Arrays, first: int, schema: Schema) -> dict[str, Parts]:
    """The postings of each field for the documents from number ``first`` on, which is 0 in the segment."""
    quotes = Parts(partial(_quotes, arrays, first))
    return {**dict(_texts(arrays, first)), "quotes": quotes, **dict(_values(arrays, first, schema))}


def columns_from(arrays: Arrays, first: int) -> dict[str, list[Any]]:
    """The values of the sortable fields."""
    documents = arrays.documents
    return {"id": _ids(arrays, first), "middle": documents.middle[first:].tolist()}


def _ids(arrays: Arrays, first: int) -> list[str]:
    ids = arrays.documents.ids
    return [ids[number] for number in range(first, len(ids))]


def _texts(arrays: Arrays, first: int) -> Iterator[tuple[str, Parts]]:
    inverted, line = arrays.inverted, Line.of(arrays.documents)
    for every, name_of in ((inverted.text, str), (inverted.parts, parts_of)):
        rows = _since(every, int(line.places[first]))
        tokens = sum(
            (np.bincount(line.sections(found), minlength=len(line.lengths)) for _, found in _runs(rows)),
            np.zeros(len(line.lengths), np.int64),
        )
        for place, field in enumerate(TEXT_FIELDS):
            make = partial(_in_sections, inverted.terms, rows, line, first, place)
            yield name_of(field), Parts(make, tokens[first * SECTIONS + place :: SECTIONS])


def _in_sections(terms: Strings, rows: Ragged, line: Line, first: int, place: int) -> Iterator[FieldPostings]:
    """The postings in sections of one place."""
    for numbers, positions in _runs(rows):
        sections = line.sections(positions)
        here = sections % SECTIONS == place
        found = positions[here] - line.begins[sections[here]]
        yield _postings(terms, numbers[here], sections[here] // SECTIONS - first, found)


def _quotes(arrays: Arrays, first: int) -> Iterator[FieldPostings]:
    """What was said, one quotation after the other; no phrase reaches from one into the next."""
    inverted, quotes = arrays.inverted, arrays.documents.quotes
    of_quotes = quotes.rows
    for numbers, positions in _runs(_since(inverted.said, int(inverted.said_places[quotes.starts[first]]))):
        owners = of_quotes[np.searchsorted(inverted.said_places, positions, side="right") - 1]
        begins = inverted.said_places[quotes.starts[owners]]
        yield _postings(inverted.terms, numbers, owners - first, positions - begins)


def _since(rows: Ragged, position: int) -> Ragged:
    """The positions from one on."""
    if not position:
        return rows
    later = np.flatnonzero(rows.values >= position)
    return Ragged(np.searchsorted(later, rows.starts), rows.values[later])


def _runs(rows: Ragged) -> Iterator[tuple[Array, Array]]:
    """The terms and positions, some terms at a time."""
    for run in cut(rows.starts[1:], _AT_ONCE):
        lengths = np.diff(rows.starts[run.start : run.stop + 1])
        yield np.repeat(np.arange(run.start, run.stop, dtype=np.int32), lengths), rows.between(run)


def _postings(terms: Strings, numbers: Array, documents: Array, positions: Array) -> FieldPostings:
    """The postings of these positions, which are sorted by term, document and place."""
    if not len(numbers):
        nothing = np.zeros(0, np.int64)
        return FieldPostings([], starts_of(nothing), nothing, starts_of(nothing), nothing)
    changed = (np.diff(numbers) != 0) | (np.diff(documents) != 0)
    posting_begins = np.concatenate(([0], np.flatnonzero(changed) + 1))
    of_posting = numbers[posting_begins]
    term_begins = np.concatenate(([0], np.flatnonzero(np.diff(of_posting)) + 1))
    return FieldPostings(
        [terms.encoded(number) for number in of_posting[term_begins].tolist()],
        np.append(term_begins, len(of_posting)),
        documents[posting_begins],
        np.append(posting_begins, len(numbers)),
        positions,
    )


def _values(arrays: Arrays, first: int, schema: Schema) -> Iterator[tuple[str, Parts]]:
    """The fields without positions."""
    documents = arrays.documents
    yield "id", _plain(schema["id"], lambda: _ids(arrays, first))
    yield "first", _plain(schema["first"], lambda: (day or None for day in documents.first[first:].tolist()))
    yield "last", _plain(schema["last"], lambda: (day or None for day in documents.last[first:].tolist()))
    yield "middle", _plain(schema["middle"], lambda: documents.middle[first:].tolist())
    for facet in FACETS:
        yield facet.key, _plain(schema[facet.key], partial(_keys, arrays, facet, first))


def _plain(field: Any, values: Callable[[], Iterable[Any]]) -> Parts:
    return Parts(lambda: [postings_of(field, values())])


def _keys(arrays: Arrays, facet: Facet, first: int) -> Iterator[str | None]:
    """The keys of a facet's values that each document has, with commas between them."""
    names = arrays.documents.names
    numbers = names.starting_with(value_name(facet.key, ""))
    keys = [names[number].partition(value_name("", ""))[2] for number in numbers]
    for row in _rows(arrays, first):
        yield ",".join(keys[n - numbers.start] for n in row.tolist() if n in numbers) or None


def _rows(arrays: Arrays, first: int) -> Iterator[Array]:
    values = arrays.documents.values
    return (values[number] for number in range(first, len(values)))
