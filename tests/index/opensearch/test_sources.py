"""What the cluster is sent scores as the arrays of the local engine do."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import Entity
from index.arrays.documents import DocumentsBuilder
from index.arrays.made import Arrays
from index.document import Document, Version
from index.fingerprint import fingerprint
from index.opensearch.mapping import LONGEST, PART, SCALE, cluster_fingerprint, mapping
from index.opensearch.shown import Read, packed, unpacked
from index.opensearch.sources import Counted, DocumentReader, Sources, TermBook
from index.opensearch.versions import earlier_from, earlier_json
from tests.builders import NOW, document, month, release

DOCUMENTS = [
    document("a", title="Skolor och vård", summary="Om skolans vård.", body="Elever, barnavård och nya skolor. " * 3),
    document("b", title="Närings-, energi- och miljöpolitik", body="Barnavården. Politik för energi och miljö."),
    document("c", title="Vård", span=month(2024, 2), body="– Det är bra, säger A.", quotes=[("A B", "Det är bra")]),
]  # fmt: skip


def sources_of(documents: list[Document]) -> tuple[Sources, list[dict[str, object]]]:
    reader, counted = DocumentReader(), Counted()
    for one in documents:
        counted.add(reader.read(one))
    book = TermBook(counted.lexicon())
    sources = Sources(book, counted.averages(book))
    return sources, [sources.of(reader.read(one), "digest") for one in documents]


def arrays_of(documents: list[Document]) -> Arrays:
    builder = DocumentsBuilder()
    for one in documents:
        builder.add(one)
    return Arrays.of(builder.documents(set()))


def test_a_term_is_worth_what_it_is_in_the_local_engine() -> None:
    arrays, (_, sent) = arrays_of(DOCUMENTS), sources_of(DOCUMENTS)
    postings, terms = arrays.inverted.postings, list(arrays.inverted.terms)
    for number, source in enumerate(sent):
        weights = dict(pair.rsplit("|", 1) for pair in str(source["terms"]).split())
        local = {
            terms[term]: float(postings.values[at])
            for term in range(len(terms))
            for at in range(postings.starts[term], postings.starts[term + 1])
            if postings.documents[at] == number
        }
        assert weights.keys() == local.keys()
        for term, weight in weights.items():
            x = int(weight) / SCALE
            assert x * 2.2 / (x + 1.2) == pytest.approx(local[term], abs=2 / SCALE)


def test_the_lexicon_is_that_of_the_local_engine() -> None:
    reader, counted = DocumentReader(), Counted()
    for one in DOCUMENTS:
        counted.add(reader.read(one))
    assert counted.lexicon().to_json() == arrays_of(DOCUMENTS).lexicon.to_json()


def test_a_release_is_worth_by_its_length_what_it_is_in_the_local_engine() -> None:
    _, sent = sources_of(DOCUMENTS)
    undated = arrays_of([d for d in DOCUMENTS if not d.annotations.span]).inverted.worth
    assert [source["bare"] for source in sent[:2]] == pytest.approx((undated / 1.03).tolist(), rel=1e-5)


def test_parts_stand_where_their_words_do() -> None:
    _, (first, *_) = sources_of(DOCUMENTS)
    body = str(first["places"][2])  # type: ignore[index]
    assert f"{PART}vård" in body.split()[1].split("|")
    assert len(body.split()) == 15


def test_what_is_too_long_for_a_word_keeps_its_place_and_has_no_term() -> None:
    monster = "x" * (LONGEST + 1)
    _, (source,) = sources_of([document("a", title=f"Ett {monster} tåg")])
    assert source["title"] == f"ett {PART} tåg"
    assert monster not in str(source["words"])


def test_every_field_is_in_the_mapping() -> None:
    _, sent = sources_of(DOCUMENTS)
    fields = mapping({})["properties"]
    assert set().union(*sent) <= fields.keys()


def test_times_are_a_range_and_numbers_or_nothing() -> None:
    _, (first, _, third) = sources_of(DOCUMENTS)
    assert "span" not in first and "middle" not in first
    assert third["span"] == {"gte": "2024-02-01", "lte": "2024-02-29"}
    assert third["days"] == f"{date(2024, 2, 1).toordinal()} {date(2024, 2, 29).toordinal()}"
    assert third["middle"] == date(2024, 2, 1).toordinal() + date(2024, 2, 29).toordinal()


texts = st.text(st.sampled_from("ab å-:1\n\x1f|~ \U0001f389"), max_size=40)


@given(texts, texts, st.lists(st.tuples(st.none() | texts, texts), max_size=3))
def test_what_is_packed_is_unpacked(title: str, body: str, quoted: list[tuple[str | None, str]]) -> None:
    one = document("a", title=title, body=body)
    read = DocumentReader().read(one)
    said = [(Entity(name, name) if name is not None else None, words) for name, words in quoted]
    found = unpacked(packed(b'{"a":1}', read.running, said, read.title, read.text))
    assert (found.facts, found.text, found.quoted) == ('{"a":1}', read.running, said)
    for told, words in ((found.title_words, read.title), (found.text_words, read.text)):
        assert [told.different[number] for number in told.numbers] == list(words.words)
        assert told.begins == list(words.begins)
        assert [b + n for b, n in zip(told.begins, told.lengths, strict=True)] == list(words.ends)


def test_it_is_unpacked_without_the_padding_that_the_server_leaves_out() -> None:
    empty = Read((), (), ())
    for length in range(8):
        text = "x" * length
        assert unpacked(packed(b"{}", text, [], empty, empty).rstrip("=")).text == text


def test_earlier_versions_come_back() -> None:
    held = (Version(1, NOW, release("a", title="Ett")), Version(2, NOW, release("a", title="Två")))
    assert earlier_from(earlier_json(held)) == held
    assert earlier_from(earlier_json(())) == ()


def test_what_shapes_an_index_in_the_cluster_is_more_than_what_shapes_one_here() -> None:
    assert cluster_fingerprint() != fingerprint()
