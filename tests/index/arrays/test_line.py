from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.line import GAP, Line, words_of
from tests.builders import document
from tests.index.arrays.test_documents import columns

ONE = document("one", title="Nya skolor", summary="Skolor växer.", body="Fler tåg")
TWO = document("two", title="Tåg")


def test_words_lie_in_the_order_title_lead_body() -> None:
    found = columns([ONE, TWO])
    line = Line.of(found)
    words, positions = words_of(found, line, slice(0, 2))
    assert [found.words[n] for n in words] == ["nya", "skolor", "skolor", "växer", "fler", "tåg", "tåg"]
    lead, body = 2 + GAP, 4 + 2 * GAP
    two = body + 2 + GAP
    assert positions.tolist() == [0, 1, lead, lead + 1, body, body + 1, two]
    assert line.places.tolist() == [0, two, two + 1 + 3 * GAP]


def test_some_documents_have_the_positions_that_they_have_among_all() -> None:
    found = columns([ONE, TWO])
    line = Line.of(found)
    words, positions = words_of(found, line, slice(1, 2))
    assert [found.words[n] for n in words] == ["tåg"]
    assert positions.tolist() == line.places.tolist()[1:2]


@given(st.lists(st.integers(0, 250), min_size=3, max_size=9))
def test_every_position_is_in_a_section(lengths: list[int]) -> None:
    documents = columns([document(str(n), title="ord " * length) for n, length in enumerate(lengths)])
    line = Line.of(documents)
    begins = [*accumulate((length + GAP for pair in zip(lengths) for length in (*pair, 0, 0)), initial=0)]
    assert line.begins.tolist() == begins
    every = np.arange(begins[-1])
    assert line.sections(every).tolist() == (np.searchsorted(begins, every, side="right") - 1).tolist()


def test_nothing_has_no_sections() -> None:
    line = Line.of(columns([]))
    assert (line.places.tolist(), line.sections(np.zeros(0, np.int32)).tolist()) == ([0], [])
    assert list(line.blocks(10)) == []
