from math import exp, log1p

import pytest

from index.arrays.inverted import GAP, IN_TITLE, invert, word_counts
from index.arrays.made import Arrays
from index.arrays.postings import Postings
from index.arrays.terms import terms_of
from index.arrays.weights import Weights
from index.swedish.lexicon import Lexicon
from tests.builders import document, month
from tests.index.arrays.test_documents import columns

DOCUMENTS = [
    document("a", title="Skattefusk", summary="Skola.", body="Skola och fusk.", span=month(2020, 1)),
    document("b", title="Skola", body="– En fuskskola, säger hon.", quotes=[("Ett Ettsson", "En fuskskola")]),
]
LEXICON = Lexicon.learn({"skatt": 5, "fusk": 5, "skola": 5})
FLAT = Weights(fields=(3.0, 1.5, 1.0), lengths=(0.0, 0.0, 0.0), part=0.5, saturation=1.2)


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return Arrays.of(columns(DOCUMENTS), LEXICON, FLAT)


def postings(arrays: Arrays, term: str) -> dict[str, tuple[float, int]]:
    found, number = arrays.inverted.postings, arrays.inverted.terms.find(term)
    here = slice(found.starts[number], found.starts[number + 1])
    rows = zip(found.documents[here].tolist(), found.values[here].tolist(), found.sections[here].tolist(), strict=True)
    return {arrays.documents.ids[n]: (value, sections) for n, value, sections in rows}


def test_positions_lie_on_a_line_with_gaps_between_sections(arrays: Arrays) -> None:
    inverted = arrays.inverted
    (skola, fusk) = (inverted.terms.find(term) for term in ("skol", "fusk"))
    body = 2 + 2 * GAP  # after a title of one word and a lead of one
    after = body + 3 + GAP  # where the second document begins: the first body has three words
    assert inverted.places.tolist() == [0, after, after + 1 + 4 + 3 * GAP]
    assert inverted.text[skola].tolist() == [1 + GAP, body, after]
    assert inverted.text[fusk].tolist() == [body + 2]
    assert inverted.parts[fusk].tolist() == [0, after + 1 + 2 * GAP + 1]


def test_quotations_have_positions_of_their_own(arrays: Arrays) -> None:
    inverted = arrays.inverted
    assert inverted.said_places.tolist() == [0, 2 + GAP]
    assert inverted.said_parts[inverted.terms.find("fusk")].tolist() == [1]


def test_a_posting_says_where_a_term_stands_and_what_it_is_worth(arrays: Arrays) -> None:
    def saturated(weight: float) -> float:
        return weight * 2.2 / (weight + 1.2)

    assert postings(arrays, "skol") == {
        "a": (pytest.approx(saturated(1.5 + 1.0)), 0b000110),
        "b": (pytest.approx(saturated(3.0 + 0.5)), 0b100001),  # and in "fuskskola", half
    }
    assert postings(arrays, "fusk")["a"] == (pytest.approx(saturated(3.0 / 2 + 1.0)), 0b001100)
    assert postings(arrays, "skatt")["a"][1] & IN_TITLE


def test_a_rare_term_tells_more(arrays: Arrays) -> None:
    inverted = arrays.inverted
    assert inverted.postings.idf[inverted.terms.find("skatt")] == pytest.approx(log1p(1.5 / 1.5))
    assert inverted.postings.idf[inverted.terms.find("skol")] == pytest.approx(log1p(0.5 / 2.5))


def test_a_word_counts_less_where_there_are_many() -> None:
    weights = Weights(lengths=(0.0, 0.0, 1.0))
    rows = [document("a", body="skola"), document("b", body="skola och åter igen och")]
    found = postings(Arrays.of(columns(rows), LEXICON, weights), "skol")
    assert found["a"][0] > found["b"][0]


def test_the_newest_come_first_and_those_of_one_day_by_id() -> None:
    spans = {"c": month(2020, 1), "b": month(2020, 1), "x": None, "a": month(2021, 1)}
    inverted = Arrays.of(columns(document(i, span=span) for i, span in spans.items()), LEXICON).inverted
    assert inverted.order.tolist() == [2, 1, 3, 0]


def test_a_bare_title_is_worth_less_and_a_new_release_more() -> None:
    rows = [document("a", title="Ett", span=month(2020, 1)), document("b", title="ord " * 400, span=month(2020, 1))]
    bare, full = Arrays.of(columns(rows), LEXICON, Weights(recent=0.1)).inverted.worth.tolist()
    assert bare == pytest.approx(1.1 * (1 - 0.2 * exp(-1 / 40)), rel=1e-6)
    assert full == pytest.approx(1.1, rel=1e-4)


def test_documents_are_counted_by_word() -> None:
    assert word_counts(columns(DOCUMENTS)) == {
        "skattefusk": 1, "skola": 2, "och": 1, "fusk": 1, "en": 1, "fuskskola": 1, "säger": 1, "hon": 1,
    }  # fmt: skip


@pytest.mark.parametrize("block", [1, 3, 100])
def test_it_makes_no_difference_how_many_words_are_looked_at_at_once(block: int) -> None:
    documents = columns([*DOCUMENTS, document("c"), document("d", body="Fusk i skolan."), *DOCUMENTS])
    words = terms_of(documents.words, LEXICON)
    whole, parted = invert(documents, words, FLAT), invert(documents, words, FLAT, block)
    for name in ("text", "parts", "anywhere"):
        rows, others = getattr(whole, name), getattr(parted, name)
        assert (rows.starts.tolist(), rows.values.tolist()) == (others.starts.tolist(), others.values.tolist())
    for name in Postings.__slots__:
        assert getattr(whole.postings, name).tolist() == getattr(parted.postings, name).tolist()
        assert getattr(whole.postings, name).dtype == getattr(parted.postings, name).dtype
    assert whole.releases.tolist() == parted.releases.tolist()


def test_nothing_has_no_postings() -> None:
    empty = Arrays.of(columns([]), LEXICON).inverted
    assert (len(empty.terms), len(empty.postings.documents), empty.places.tolist()) == (0, 0, [0])
