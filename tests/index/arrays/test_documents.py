from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.arrays.documents import Documents, DocumentsBuilder, tidied, value_name
from index.arrays.tokens import Tokens
from index.document import Document
from tests.builders import document, month

ONE = document(
    "one", title="Nya skolor", summary="Skolor växer.", body="Fler tåg, säger Ett.", span=month(2017, 2),
    quotes=[("Ett Ettsson", "Fler tåg"), ("", "säger")], agencies=["Skolverket"],
)  # fmt: skip
TWO = document("two", title="Tåg")


def columns(documents: Iterable[Document], base: Documents | None = None, without: Iterable[str] = ()) -> Documents:
    builder = DocumentsBuilder(base)
    for one in documents:
        builder.add(one)
    return tidied(builder.documents(set(without)))


def told(found: Documents) -> list[object]:
    """Everything that the columns say, in words."""

    def texts(tokens: Tokens) -> list[list[tuple[str, int, int]]]:
        places = list(zip(tokens.words.values.tolist(), tokens.begins.tolist(), tokens.ends.tolist(), strict=True))
        starts = tokens.words.starts.tolist()
        rows = [places[a:b] for a, b in pairwise(starts)]
        return [[(found.words[n], begin, end) for n, begin, end in row] for row in rows]

    def names(row: Iterable[int]) -> list[str]:
        return [found.names[n] if n >= 0 else "" for n in row]

    each = [
        (one, names(found.quotes[n]), names(found.values[n]), int(found.lead[n]), int(found.first[n]),
         int(found.last[n]), int(found.middle[n]))
        for n, one in enumerate(found.ids)
    ]  # fmt: skip
    return [each, texts(found.title), texts(found.text), texts(found.speech), list(found.words), list(found.names)]


def test_a_document_becomes_a_row_in_each_column() -> None:
    found = columns([ONE])
    assert list(found.ids) == ["one"]
    assert [found.words[n] for n in found.title.words[0]] == ["nya", "skolor"]
    assert [found.words[n] for n in found.text.words[0]] == ["skolor", "växer", "fler", "tåg", "säger", "ett"]
    assert [[found.words[n] for n in found.speech.words[row]] for row in range(2)] == [["fler", "tåg"], ["säger"]]
    assert found.lead.tolist() == [2]
    assert [n if n < 0 else found.names[n] for n in found.quotes[0].tolist()] == [
        value_name("speaker", "ett-ettsson"),
        -1,
    ]
    assert value_name("agency", "skolverket") in [found.names[n] for n in found.values[0]]
    days = ONE.annotations.span
    assert days and (found.first[0], found.last[0]) == (days.first.toordinal(), days.last.toordinal())
    assert found.middle[0] == 2 * days.middle


def test_a_day_that_is_not_known_is_nought() -> None:
    assert [column.tolist() for f in [columns([TWO])] for column in (f.first, f.last, f.middle)] == [[0], [0], [0]]


def test_words_and_names_are_sorted_and_none_is_left_that_does_not_occur() -> None:
    found = columns([TWO], columns([ONE]), without=["one"])
    assert list(found.words) == ["tåg"]
    assert list(found.names) == [value_name("type", "pressmeddelande")]


def test_columns_are_read_as_they_were_written(tmp_path: Path) -> None:
    columns([ONE, TWO]).save(tmp_path)
    assert told(Documents.load(tmp_path)) == told(columns([ONE, TWO]))


short = st.lists(st.sampled_from(["skola", "tåg", "a-kassa", "nya"]), max_size=4).map(" ".join)
many = st.lists(st.tuples(short, short, short), max_size=5)


@given(many, st.lists(st.tuples(short, short, short), max_size=3), st.sets(st.integers(0, 4)))
def test_adding_to_columns_gives_those_of_all_at_once(
    first: list[tuple[str, str, str]], then: list[tuple[str, str, str]], gone: set[int]
) -> None:
    def made(rows: list[tuple[str, str, str]], name: str) -> list[Document]:
        return [document(f"{name}{n}", title=t, summary=s, body=b) for n, (t, s, b) in enumerate(rows)]

    before, after = made(first, "a"), made(then, "b")
    kept = [one for n, one in enumerate(before) if n not in gone]
    together = columns(after, columns(before), without=[f"a{n}" for n in gone])
    assert told(together) == told(columns([*kept, *after]))
