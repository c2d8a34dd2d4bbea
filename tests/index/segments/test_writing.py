"""A segment written from ready-made postings holds what Whoosh's own writer writes for the same documents."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.analysis import RegexTokenizer
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.formats import Characters
from whoosh.index import Index
from whoosh.query import Every, NumericRange, Or, Phrase, Query, Term
from whoosh.reading import IndexReader

from index.segments.derived import Parts
from index.segments.postings import FieldPostings
from index.segments.writing import postings_of, write_segment

SCHEMA = Schema(
    id=ID(unique=True, sortable=True),
    title=TEXT(analyzer=RegexTokenizer(), phrase=True, field_boost=2.0),
    body=TEXT(analyzer=RegexTokenizer(), phrase=True),
    theme=KEYWORD(commas=True),
    tags=KEYWORD(commas=True, scorable=True),
    day=NUMERIC(int, bits=32),
    middle=NUMERIC(int, bits=32, sortable=True, default=0),
    document=STORED(),
)
SORTABLE = ("id", "middle")
Rows = Sequence[dict[str, Any]]

words = st.sampled_from(["skatt", "sjöfart", "budget", "ö", "åtgärd", "Vård", "el"])
texts = st.lists(words, max_size=20).map(" ".join)
keywords = st.lists(words, min_size=1, max_size=4).map(",".join)
row = st.fixed_dictionaries(
    {},
    optional={
        "id": st.sampled_from(["a", "b", "c", "d", "ä"]),
        "title": texts,
        "body": texts,
        "theme": keywords,
        "tags": keywords,
        "day": st.integers(-(2**31) + 1, 2**31 - 2),
        "middle": st.integers(0, 3),
        "document": st.text(max_size=300),
    },
)
rows_of_an_index = st.lists(row, min_size=1, max_size=12)


def empty_index() -> Index:
    return RamStorage().create_index(SCHEMA)


def stock(index: Index, rows: Rows, deleted: Iterable[tuple[str, str]] = ()) -> Index:
    writer = index.writer()
    for field, term in deleted:
        writer.delete_by_term(field, term)
    for fields in rows:
        writer.add_document(**fields)
    writer.commit(merge=False)
    return index


def lean(index: Index, rows: Rows, deleted: Iterable[tuple[str, str]] = ()) -> Index:
    columns = {name: [fields.get(name) for fields in rows] for name in SORTABLE}
    stored = [{k: v for k, v in fields.items() if k == "document"} for fields in rows]
    write_segment(index, len(rows), postings(rows), columns, stored, deleted=deleted)
    return index


def postings(rows: Rows) -> dict[str, FieldPostings]:
    return {
        name: (text_postings if isinstance(field, TEXT) else postings_of)(field, [r.get(name) for r in rows])
        for name, field in SCHEMA.items()
        if field.indexed
    }


def text_postings(field: TEXT, values: Iterable[str | None]) -> FieldPostings:
    """Slow and plain: every posting in a list, sorted."""
    found = sorted(
        (term, document, field.format.decode_positions(value))
        for document, text in enumerate(values)
        for term, _, _, value in field.index(text or "")
    )
    terms = sorted({term for term, _, _ in found})
    starts = [next(i for i, f in enumerate(found) if f[0] == term) for term in terms]
    sizes = [len(positions) for _, _, positions in found]
    return FieldPostings(
        terms,
        np.array([*starts, len(found)]),
        np.array([document for _, document, _ in found], np.int32),
        np.cumsum([0, *sizes]),
        np.array([p for _, _, positions in found for p in positions], np.int32),
    )


def held(index: Index) -> dict[str, Any]:
    """All that a reader of an index can be asked."""
    with index.reader() as reader:
        count = reader.doc_count_all()
        indexed = [name for name, field in SCHEMA.items() if field.indexed]
        return {
            "count": (count, reader.doc_count()),
            "deleted": [d for d in range(count) if reader.is_deleted(d)],
            "stored": [reader.stored_fields(d) for d in range(count)],
            "columns": {name: list(reader.column_reader(name)) for name in SORTABLE if reader.has_column(name)},
            "lengths": {n: [reader.doc_field_length(d, n, 0) for d in range(count)] for n in indexed},
            "totals": {n: reader.field_length(n) for n in indexed},
            "terms": [{term: facts(leaf, *term) for term in leaf.all_terms()} for leaf, _ in reader.leaf_readers()],
        }


def facts(reader: IndexReader, field: str, term: bytes) -> list[Any]:
    info = reader.term_info(field, term)
    lengths = info.min_length(), info.max_length()
    told = [(info.weight(), info.doc_frequency(), *lengths, info.max_weight(), info.min_id(), info.max_id())]
    kind = SCHEMA[field].format
    matcher = reader.postings(field, term)
    block = getattr(matcher, "child", matcher)  # where documents are deleted, what skips them is around it
    while matcher.is_active():
        told.append(
            (
                matcher.id(),
                matcher.weight(),
                matcher.value_as("frequency"),
                matcher.value_as("positions") if kind.supports("positions") else None,
                (block.block_max_weight(), block.block_min_length(), block.block_max_length()),
                (block.block_min_id(), block.block_max_id()),
            )
        )
        matcher.next()
    return told


def found(index: Index, query: Query) -> list[tuple[int, float]]:
    with index.searcher() as searcher:
        return [(hit.docnum, hit.score) for hit in searcher.search(query, limit=None)]


QUERIES = [
    Every(),
    Term("body", "skatt"),
    Phrase("body", ["skatt", "budget"]),
    Phrase("body", ["el", "el"], slop=3),
    Or([Term("title", "ö"), Term("body", "sjöfart"), Term("tags", "Vård"), Term("theme", "el")]),
    NumericRange("day", -1000, 100_000),
]


@settings(deadline=None, max_examples=50)
@given(rows_of_an_index)
def test_holds_what_stock_holds(rows: Rows) -> None:
    assert held(lean(empty_index(), rows)) == held(stock(empty_index(), rows))


@settings(deadline=None, max_examples=50)
@given(rows_of_an_index)
def test_a_field_may_come_some_terms_at_a_time(rows: Rows) -> None:
    columns = {name: [fields.get(name) for fields in rows] for name in SORTABLE}
    stored = [{k: v for k, v in fields.items() if k == "document"} for fields in rows]
    one_by_one = {name: Parts(partial(terms_of, whole)) for name, whole in postings(rows).items()}
    index = empty_index()
    write_segment(index, len(rows), one_by_one, columns, stored)
    assert held(index) == held(lean(empty_index(), rows))


def terms_of(field: FieldPostings) -> Iterable[FieldPostings]:
    """A field's postings, each term by itself, and nothing first."""
    yield FieldPostings([], np.zeros(1, np.int64), np.zeros(0, np.int32))
    for term, (i, j) in zip(field.terms, pairwise(field.starts.tolist()), strict=True):
        if field.position_starts is None or field.positions is None:
            frequencies = None if field.frequencies is None else field.frequencies[i:j]
            yield FieldPostings([term], np.array([0, j - i]), field.documents[i:j], frequencies=frequencies)
            continue
        starts = field.position_starts[i : j + 1]
        places = field.positions[starts[0] : starts[-1]]
        yield FieldPostings([term], np.array([0, j - i]), field.documents[i:j], starts - starts[0], places)


@settings(deadline=None, max_examples=50)
@given(rows_of_an_index)
def test_finds_what_stock_finds_with_the_same_scores(rows: Rows) -> None:
    ours, theirs = lean(empty_index(), rows), stock(empty_index(), rows)
    assert [found(ours, q) for q in QUERIES] == [found(theirs, q) for q in QUERIES]


@settings(deadline=None, max_examples=50)
@given(rows_of_an_index, rows_of_an_index, st.sets(st.sampled_from("abcdä")))
def test_a_second_segment_beside_deleted_documents(first: Rows, second: Rows, gone: set[str]) -> None:
    deleted = [("id", i) for i in gone]
    ours = lean(lean(empty_index(), first), second, deleted)
    theirs = stock(stock(empty_index(), first), second, deleted)
    assert held(ours) == held(theirs)
    assert [found(ours, q) for q in QUERIES] == [found(theirs, q) for q in QUERIES]


@settings(deadline=None, max_examples=50)
@given(rows_of_an_index, rows_of_an_index)
def test_stock_goes_on_from_it_and_merges_it(first: Rows, second: Rows) -> None:
    ours, theirs = stock(lean(empty_index(), first), second), stock(stock(empty_index(), first), second)
    for index in (ours, theirs):
        index.optimize()
    assert held(ours) == held(theirs)


LONG = "skatt " * 300 + "budget " + "ö " * 110_000 + "budget"
MANY = [{"id": f"{i:03}", "body": "skatt " * (1 + i // 100) + "el", "tags": "el,el", "day": i} for i in range(300)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([{"body": LONG}, {"body": LONG[6:]}], id="steps, frequencies and lengths beyond a byte or two"),
        pytest.param(MANY, id="terms of several blocks"),
        pytest.param([{"body": "el " * n} for n in range(100, 140)], id="values about as long as a byte tells"),
        pytest.param([{"body": "el"}, *MANY[:127], {"body": "el"}], id="a block and one posting"),
        pytest.param([{}, {}, {"document": "x"}, {}], id="nothing but a stored value"),
    ],
)
def test_large_and_empty(rows: Rows) -> None:
    ours, theirs = lean(empty_index(), rows), stock(empty_index(), rows)
    assert held(ours) == held(theirs)
    assert [found(ours, q) for q in QUERIES] == [found(theirs, q) for q in QUERIES]


def test_only_deletes() -> None:
    index = lean(lean(empty_index(), [{"id": "a"}, {"id": "b"}]), [], [("id", "a")])
    with index.reader() as reader:
        assert (reader.doc_count_all(), reader.doc_count(), reader.is_deleted(0)) == (2, 1, True)


def test_older_segments_are_left_as_they_are() -> None:
    index = empty_index()
    for i in "abcdef":
        lean(index, [{"id": i}])
    with index.reader() as reader:
        assert [next(iter(leaf.column_reader("id"))) for leaf, _ in reader.leaf_readers()] == list("abcdef")


def test_reads_from_files(tmp_path: Path) -> None:
    lean(FileStorage(str(tmp_path)).create_index(SCHEMA), MANY)
    index = FileStorage(str(tmp_path)).open_index()
    assert held(index) == held(stock(empty_index(), MANY))


def one_term(terms: Sequence[bytes], starts: Sequence[int], documents: Sequence[int]) -> dict[str, FieldPostings]:
    return {"theme": FieldPostings(terms, np.array(starts), np.array(documents, np.int32))}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (one_term([b"b", b"a"], [0, 1, 2], [0, 0]), "Sort them"),
        (one_term([b"a", b"a"], [0, 1, 2], [0, 1]), "Sort them"),
        (one_term([b"a", b"b"], [0, 0, 1], [0]), "Leave it out"),
        ({"body": one_term([b"a"], [0, 1], [0])["theme"]}, "Give them"),
    ],
)
def test_refuses_what_is_not_postings_and_leaves_the_index_as_it_was(
    fields: dict[str, FieldPostings], said: str, tmp_path: Path
) -> None:
    index = lean(FileStorage(str(tmp_path)).create_index(SCHEMA), [{"id": "a"}])
    before = held(index)
    with pytest.raises(ValueError, match=said):
        write_segment(index, 2, fields, {}, [{}, {}], deleted=[("id", "a")])
    assert held(index) == before
    assert held(lean(index, [{"id": "b"}]))["count"] == (2, 2)


def test_refuses_other_formats() -> None:
    index = RamStorage().create_index(Schema(body=TEXT(chars=True)))
    assert isinstance(index.schema["body"].format, Characters)
    with pytest.raises(ValueError, match="Characters"):
        write_segment(index, 1, {"body": text_postings(SCHEMA["body"], ["el"])}, {}, [{}])


def test_postings_by_term_then_document() -> None:
    given_postings = postings_of(SCHEMA["theme"], ["el,skatt", None, "el,el"])
    assert given_postings.terms == [b"el", b"skatt"]
    runs = [given_postings.documents[i:j].tolist() for i, j in pairwise(given_postings.starts)]
    assert runs == [[0, 2], [0]]
    assert given_postings.counts().tolist() == [1, 2, 1]
    assert given_postings.lengths(4).tolist() == [2, 0, 2, 0]


def test_no_values_no_postings() -> None:
    assert postings_of(SCHEMA["day"], [None, None]).terms == []
