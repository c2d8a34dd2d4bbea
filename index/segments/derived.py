"""The postings of a Whoosh segment, taken from the arrays: nothing is analysed twice."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from index.arrays.documents import value_name
from index.arrays.files import Array, Strings, starts_of
from index.arrays.inverted import SECTIONS, sections_of
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged
from index.facets import FACETS
from index.segments.postings import FieldPostings
from index.segments.schema import TEXT_FIELDS, parts_of
from index.segments.writing import postings_of

Schema = Mapping[str, Any]


def postings_from(arrays: Arrays, first: int, schema: Schema) -> dict[str, FieldPostings]:
    """The postings of each field for the documents from number ``first`` on, which is 0 in the segment."""
    return {**dict(_texts(arrays, first)), "quotes": _quotes(arrays, first), **dict(_values(arrays, first, schema))}


def columns_from(arrays: Arrays, first: int) -> dict[str, list[Any]]:
    """The values of the sortable fields."""
    documents = arrays.documents
    return {"id": _ids(arrays, first), "middle": documents.middle[first:].tolist()}


def _ids(arrays: Arrays, first: int) -> list[str]:
    ids = arrays.documents.ids
    return [ids[number] for number in range(first, len(ids))]


def _texts(arrays: Arrays, first: int) -> Iterator[tuple[str, FieldPostings]]:
    inverted = arrays.inverted
    section_at, begins = sections_of(arrays.documents)
    for rows, name_of in ((inverted.text, str), (inverted.parts, parts_of)):
        numbers, positions = _from(rows, int(inverted.places[first]))
        sections = section_at[positions]
        for place, field in enumerate(TEXT_FIELDS):
            here = sections % SECTIONS == place
            found = positions[here] - begins[sections[here]]
            yield name_of(field), _postings(inverted.terms, numbers[here], sections[here] // SECTIONS - first, found)


def _quotes(arrays: Arrays, first: int) -> FieldPostings:
    """What was said, one quotation after the other; no phrase reaches from one into the next."""
    inverted, quotes = arrays.inverted, arrays.documents.quotes
    numbers, positions = _from(inverted.said, int(inverted.said_places[quotes.starts[first]]))
    owners = quotes.rows[np.searchsorted(inverted.said_places, positions, side="right") - 1]
    begins = inverted.said_places[quotes.starts[owners]]
    return _postings(inverted.terms, numbers, owners - first, positions - begins)


def _from(rows: Ragged, position: int) -> tuple[Array, Array]:
    """The terms and positions from a position on."""
    kept = rows.values >= position
    return rows.rows[kept], rows.values[kept]


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


def _values(arrays: Arrays, first: int, schema: Schema) -> Iterator[tuple[str, FieldPostings]]:
    """The fields without positions."""
    documents = arrays.documents
    yield "id", postings_of(schema["id"], _ids(arrays, first))
    for name, days in (("first", documents.first), ("last", documents.last)):
        yield name, postings_of(schema[name], (day or None for day in days[first:].tolist()))
    yield "middle", postings_of(schema["middle"], documents.middle[first:].tolist())
    names = documents.names
    for facet in FACETS:
        numbers = names.starting_with(value_name(facet.key, ""))
        keys = [names[number].partition(value_name("", ""))[2] for number in numbers]
        joined = (
            ",".join(keys[n - numbers.start] for n in row.tolist() if n in numbers) for row in _rows(arrays, first)
        )
        yield facet.key, postings_of(schema[facet.key], (value or None for value in joined))


def _rows(arrays: Arrays, first: int) -> Iterator[Array]:
    values = arrays.documents.values
    return (values[number] for number in range(first, len(values)))
