import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.documents import DocumentsBuilder
from index.arrays.held import Held
from index.arrays.line import Line
from index.arrays.made import Arrays
from index.arrays.ragged import Ragged
from index.document import Document
from index.swedish.lexicon import Lexicon
from tests.builders import document, month
from tests.index.arrays.test_documents import columns, told

LEXICON = Lexicon.learn({"skatt": 5, "fusk": 5, "skola": 5})
texts = st.lists(
    st.sampled_from(["Skattefusk", "skolan", "fusk", "Åtta", "2017:45", "fuskskola", "a-kassa", "\N{PILE OF POO}"]),
    max_size=5,
).map(" ".join)
documents = st.builds(
    lambda name, title, lead, said, agencies, year: document(
        name, title=title, summary=lead, body=f"– {said}.", quotes=[("Ett Ettsson", said)], agencies=agencies,
        span=month(year, 1),
    ),
    st.sampled_from("abcdefgh"), texts, texts, texts, st.sets(st.sampled_from(["Ett", "Två"])), st.integers(2019, 2021),
)  # fmt: skip
several = st.lists(documents, max_size=6, unique_by=lambda one: one.release.id)
changes = st.tuples(several, st.sets(st.sampled_from("abcdefgh")))


def by_term(arrays: Arrays, rows: Ragged) -> dict[str, list[int]]:
    return {term: rows[n].tolist() for n, term in enumerate(arrays.inverted.terms) if len(rows[n])}


def derived(arrays: Arrays) -> list[object]:
    """Everything that is derived. A term that no release has any more may stay, with nothing."""
    its = arrays.inverted
    columns = (its.postings.documents, its.postings.values, its.postings.sections, its.postings.idf)
    assert [column.dtype for column in columns] == [np.int32, np.float32, np.uint8, np.float32]
    postings = [by_term(arrays, Ragged(its.postings.starts, column)) for column in columns[:3]]
    idf = {term: its.postings.idf[its.terms.find(term)] for term in postings[0]}
    rows = [by_term(arrays, getattr(its, name)) for name in ("text", "parts", "anywhere", "said", "said_parts")]
    words = [by_term(arrays, getattr(its, name)) for name in ("text_words", "part_words")]
    plain = [its.releases, its.places, its.said_places, its.worth, its.order, its.having.starts, its.having.values]
    return [postings, idf, rows, words, [one.tolist() for one in plain]]


@given(several, st.lists(changes, min_size=1, max_size=4))
def test_what_is_updated_is_what_is_made_anew(
    first: list[Document], history: list[tuple[list[Document], set[str]]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        arrays = Arrays.of(columns(first), LEXICON)
        for number, (added, removed) in enumerate(history):
            gone = removed | {one.release.id for one in added}
            folder = Path(name) / str(number)
            folder.mkdir()
            builder = DocumentsBuilder(arrays.documents)
            for one in added:
                builder.add(one)
            arrays = Arrays.write(folder, builder.documents(gone), arrays, gone)
            first = [one for one in first if one.release.id not in gone] + added
            anew = Arrays.of(columns(first), LEXICON)
            assert told(arrays.documents) == told(anew.documents)
            assert derived(arrays) == derived(anew)
            assert list(arrays.inverted.terms) == sorted(arrays.inverted.terms)


@given(several, st.sets(st.sampled_from("abcdefgh")), st.integers(1, 20))
def test_positions_move_with_their_documents(all_documents: list[Document], gone: set[str], block: int) -> None:
    before = Arrays.of(columns(all_documents), LEXICON)
    after = Arrays.of(columns(one for one in all_documents if one.release.id not in gone), LEXICON)
    kept = np.array([one.release.id not in gone for one in all_documents], np.bool_)
    its, width = before.inverted, len(before.inverted.terms)
    held = Held(Line.of(before.documents), kept, its.text, its.parts, np.arange(width))
    for rows, expected in ((its.text, after.inverted.text), (its.parts, after.inverted.parts)):
        moved = held.moved(rows, Line.of(after.documents), width, block)
        assert moved.values.dtype == np.int32
        assert by_term(before, moved) == by_term(after, expected)
