"""Writing ready-made postings into a Whoosh index as one new segment.

What any Whoosh reader finds is what ``SegmentWriter.add_document`` would have written for the same documents. Only
its way there is left out: a token at a time through analysers, a pool that sorts postings, and a pickle for each.
"""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, Protocol

import numpy as np
from whoosh.util.numeric import byte_to_length

from index.segments.postings import FieldPostings, Numbers, encode


class Field(Protocol):
    """The postings of a field, some terms at a time: the terms of each are before those of the next."""

    def __iter__(self) -> Iterator[FieldPostings]: ...

    def lengths(self, count: int) -> Numbers:
        """How many tokens each of ``count`` documents has in the field."""


_LENGTHS = np.array([byte_to_length(i) for i in range(256)])


def write_segment(
    index: Any,
    count: int,
    fields: Mapping[str, Field],
    columns: Mapping[str, Sequence[Any]],
    stored: Iterable[Mapping[str, Any]],
    *,
    deleted: Iterable[tuple[str, str]] = (),
) -> None:
    """Add a segment of ``count`` documents to a Whoosh index, mark older ones as deleted, and commit.

    ``columns`` gives for a sortable field each document's value, None where it has none, ``stored`` what each
    document stores. ``deleted`` names older documents by field and term. Older segments are left as they are. When
    an error is raised, the index is as it was. No field may have vectors or a field for spelling beside it.
    """
    writer = index.writer()
    try:
        for field, term in deleted:
            writer.delete_by_term(field, term)
        if count:
            scorable = {n: p.lengths(count) for n, p in fields.items() if writer.schema[n].scorable}
            _write_documents(writer, count, scorable, columns, stored)
            for name in sorted(fields):
                _write_field(writer, name, fields[name], scorable.get(name, np.zeros(count, np.int64)))
            writer.docnum, writer._added = count, True  # else Whoosh would leave the segment out as empty
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)


def postings_of(field: Any, values: Iterable[Any]) -> FieldPostings:
    """The postings of a Whoosh field without positions, given each document's value, or None where it has none."""
    found: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    known: dict[Any, list[tuple[bytes, int]]] = {None: []}
    for document, value in enumerate(values):
        if value not in known:
            known[value] = [(term, frequency) for term, frequency, _, _ in field.index(value)]
        for term, frequency in known[value]:
            found[term].append((document, frequency))
    terms = sorted(found)
    rows = np.array([row for term in terms for row in found[term]], np.int32).reshape(-1, 2)
    starts = np.array([*accumulate((len(found[term]) for term in terms), initial=0)])
    return FieldPostings(terms, starts, rows[:, 0], frequencies=rows[:, 1])


def _write_documents(
    writer: Any,
    count: int,
    lengths: Mapping[str, Numbers],
    columns: Mapping[str, Sequence[Any]],
    stored: Iterable[Mapping[str, Any]],
) -> None:
    schema, target = writer.schema, writer.perdocwriter
    tokens = {name: numbers.tolist() for name, numbers in lengths.items()}
    for document, row in zip(range(count), stored, strict=True):
        target.start_doc(document)
        for name, value in row.items():
            target.add_field(name, schema[name], value, 0)
        for name, numbers in tokens.items():
            target.add_field(name, schema[name], None, numbers[document])
        for name, values in columns.items():
            if (value := values[document]) is not None:
                target.add_column_value(name, schema[name].column_type, schema[name].to_column_value(value))
        target.finish_doc()


def _write_field(writer: Any, name: str, parts: Iterable[FieldPostings], lengths: Numbers) -> None:
    """Write a field's blocks and terms. Fields come in the order of their names, as in Whoosh."""
    field, target = writer.schema[name], writer.fieldwriter
    length_bytes = np.searchsorted(_LENGTHS, lengths).clip(max=255).astype(np.uint8)
    is_begun = False
    for postings in parts:
        if not postings.terms:
            continue
        if not is_begun:
            target.start_field(name, field)
            is_begun = True
        blocks, infos = encode(postings, field.format, length_bytes, target._postfile.tell())
        target._postfile.write(blocks)
        prefix = target._fieldid.to_bytes(2, "big")
        _add_terms(target._tindex, [prefix + term for term in postings.terms], infos)
    if is_begun:
        target.finish_field()


def _add_terms(table: Any, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
    """Do what ``OrderedHashWriter.add`` does for each pair in turn."""
    if not (table.lastkey < keys[0] and all(a < b for a, b in pairwise(keys))):
        raise ValueError("The terms of a field are not in the order of their bytes. Sort them, each once.")
    rows = [struct.pack("!ii", len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)]
    places = accumulate(map(len, rows[:-1]), initial=table.tell())
    for key, place in zip(keys, places, strict=True):
        code = table.hashfn(key)
        table.buckets[code & 255].append((code, place))
        table.index.append(place)
    table.lastkey = keys[-1]
    table.dbfile.write(b"".join(rows))
