from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.swedish.stems import term_of
from index.text import fold

TABLE = Path(__file__).parent.parent / "data" / "inflections.txt"
GROUPS = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

APART = """
kommun kommunist | minister ministerium | regering regeringskris | barn barnombud | säkerhet säker | frihet fri
lärare lära | ledare leda | makt mak | stat statlig | stat stad | person personlig | plan planet | organ organisation
polis politik | politik politiker | kris krig | skatt skada | land landsting | lag lagt | mål mat | tal tall
vård vår | val van | hus husbil | rätt rättvis | rätt ränta | natt nation | natur nation | part parti
parti partner | person personal | president presentation | process procent | produkt produktion | front fronder
finans fin | balans balkan | konferens konfekt | motor mot | kontor konto | villkor villa | sektor sekt
klimat klinik | soldat sold | privat pris | demokrat demokrati | diplomat diplom | budget bud | paket pack
styrelse styra | fängelse fånga | händelse hand | rörelse rör | pakistan pakt | plan plånbok | japan jakt
stefan stev | iran ir | stockholm stock | ungern ung | norge nord | sudan sund | jordanien jord
marknad mark | kostnad kost | månad måne | byggnad bygga | utbildning bild | ledning led | tidning tid
regel regering | artikel artig | medel medlem | handel hand | titel tid | offer off | ålder åla
afghanistan pakistan | män man | varor var | samer samma | minne mina | våren våra | börda bör | värden värd
sydkorea kors | kunder kunde | personnummer telefonnummer | rikets rika | lager lagen | vilt vila | kön kö
""".replace("\n", " | ").split("|")
PAIRS = [pair.strip() for pair in APART if pair.strip()]


@pytest.mark.parametrize("group", GROUPS)
def test_forms_of_one_word_share_a_term(group: str) -> None:
    assert len({term_of(form) for form in group.split()}) == 1


@pytest.mark.parametrize("pair", PAIRS)
def test_words_that_look_alike_do_not(pair: str) -> None:
    one, other = pair.split()
    assert term_of(one) != term_of(other)


def test_the_tables_are_as_large_as_they_say() -> None:
    assert len(set(GROUPS)) >= 150
    assert len(set(PAIRS)) >= 60


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Myndigheternas", "myndighet"),  # the derivation stays
        ("talesmännen", "talesman"),  # the end of a compound has its word's forms
        ("resurser", "resur"),  # a key, and no word
        ("2017:45", "2017:45"),
        ("covid19", "covid19"),
        ("Idé", "ide"),
        ("är", "är"),
        ("", ""),
    ],
)
def test_a_term_is_a_key(word: str, term: str) -> None:
    assert term_of(word) == term


@given(st.text(st.characters(max_codepoint=0x17F), max_size=30))
def test_every_text_has_one_term_however_it_is_written(text: str) -> None:
    assert term_of(text) == term_of(fold(text))
    assert bool(term_of(text)) == bool(fold(text))


@given(st.text(st.sampled_from("abdeghiklmnorstuvyåäö"), min_size=4, max_size=25))
def test_no_word_is_cut_to_nothing(word: str) -> None:
    assert len(term_of(word)) >= 2
