import pytest

from index.arrays.terms import completed, part_terms, terms_of, text_terms
from index.swedish.lexicon import Lexicon
from index.swedish.stems import term_of


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    words = ("energi", "minister", "miljö", "politik", "skatt", "fusk", "skattefusk", "nato", "medlem", "medlemskap")
    return Lexicon.learn(dict.fromkeys(words, 5))


@pytest.mark.parametrize(
    ("key", "text", "parts"),
    [
        ("skolorna", {"skol"}, set()),
        ("skattefusket", {"skattefusk"}, {"skatt", "fusk"}),
        ("2017:45", {"2017:45", "2017", "45"}, set()),
        ("a-kassa", {"akass", "a", "kass"}, set()),
        ("fusk-skattefusk", {"fuskskattefusk", "fusk", "skattefusk"}, {"skatt"}),  # "fusk" is there as it is written
        ("samordnings-…energiminister", {"samordningsminister"}, set()),
        ("miljö-…energipolitiken", {"miljöpolitik"}, {"miljö", "politik"}),
    ],
)
def test_a_key_gives_terms(lexicon: Lexicon, key: str, text: set[str], parts: set[str]) -> None:
    assert set(text_terms(key, lexicon)) == text
    assert set(part_terms(key, lexicon)) == parts


def test_the_whole_comes_first(lexicon: Lexicon) -> None:
    assert text_terms("nato-medlemskap", lexicon) == ("natomedlemskap", "nato", "medlemskap")


def test_what_was_left_out_is_the_last_part_of_the_word_that_ends_it(lexicon: Lexicon) -> None:
    assert completed("närings-…miljöpolitik", lexicon) == "näringspolitik"
    assert completed("vår-…höstbruk", lexicon) == "vår"  # "höstbruk" can't be taken apart
    assert completed("vår-bruk", lexicon) == "vår-bruk"


def test_terms_are_numbered_in_order(lexicon: Lexicon) -> None:
    words = ["fusk", "skattefusk", "skatten"]
    found = terms_of(words, lexicon)
    assert list(found.terms) == ["fusk", "skatt", "skattefusk"]
    assert [[found.terms[n] for n in found.text[row]] for row in range(3)] == [[term_of(word)] for word in words]
    assert {found.terms[n] for n in found.parts[1]} == {"skatt", "fusk"}
    assert found.parts.lengths.tolist() == [0, 2, 0]
