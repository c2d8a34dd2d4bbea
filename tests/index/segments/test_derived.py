from typing import Any

import pytest

from index.arrays.made import Arrays
from index.segments import derived
from index.segments.derived import postings_from
from index.segments.postings import FieldPostings
from index.segments.schema import make_schema
from index.swedish.lexicon import Lexicon
from tests.builders import document
from tests.index.arrays.test_documents import columns

DOCUMENTS = [
    document("a", title="Skattefusk", summary="Skola.", body="Skola och fusk.", agencies=["Skolverket"]),
    document("b", title="Skola", body="– En fuskskola, säger hon.", quotes=[("Ett Ettsson", "En fuskskola")]),
]
SCHEMA = dict(make_schema().items())


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return Arrays.of(columns(DOCUMENTS), Lexicon.learn({"skatt": 5, "fusk": 5, "skola": 5}))


def told(parts: list[FieldPostings]) -> dict[bytes, list[tuple[int, list[int]]]]:
    """Each term's documents and the positions in them."""
    found: dict[bytes, list[tuple[int, list[int]]]] = {}
    for one in parts:
        for n, term in enumerate(one.terms):
            rows = range(one.starts[n], one.starts[n + 1])
            found[term] = [(int(one.documents[row]), places(one, row)) for row in rows]
    return found


def places(one: FieldPostings, row: int) -> list[int]:
    if one.positions is None or one.position_starts is None:
        return []
    return list(one.positions[one.position_starts[row] : one.position_starts[row + 1]].tolist())


def test_positions_are_counted_from_where_a_field_begins(arrays: Arrays) -> None:
    fields = postings_from(arrays, 0, SCHEMA)
    assert told(list(fields["body"]))[b"fusk"] == [(0, [2])]
    assert told(list(fields["title_parts"]))[b"fusk"] == [(0, [0])]
    assert told(list(fields["quotes"])) == {b"en": [(1, [0])], b"fuskskol": [(1, [1])]}
    assert told(list(fields["agency"])) == {b"skolverket": [(0, [])]}


def test_of_the_last_documents_the_first_is_number_nought(arrays: Arrays) -> None:
    fields = postings_from(arrays, 1, SCHEMA)
    assert told(list(fields["title"])) == {b"skol": [(0, [0])]}
    assert told(list(fields["quotes"]))[b"fuskskol"] == [(0, [1])]


@pytest.mark.parametrize("first", [0, 1])
def test_lengths_are_those_of_the_postings(arrays: Arrays, first: int) -> None:
    for name, field in postings_from(arrays, first, SCHEMA).items():
        count = len(DOCUMENTS) - first
        counted: Any = sum(postings.lengths(count) for postings in field)
        assert field.lengths(count).tolist() == counted.tolist(), name


def test_it_makes_no_difference_how_much_is_made_at_once(arrays: Arrays, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {name: told(list(field)) for name, field in postings_from(arrays, 0, SCHEMA).items()}
    monkeypatch.setattr(derived, "_AT_ONCE", 1)
    fields = postings_from(arrays, 0, SCHEMA)
    assert len(list(fields["body"])) > 1
    assert {name: told(list(field)) for name, field in fields.items()} == whole
