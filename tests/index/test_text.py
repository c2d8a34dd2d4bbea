import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import clean, clean_line, flat, fold, key_of, running_text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("sam\u00adhälls\u00adskydd", "samhällsskydd"),  # soft hyphens
        ("10\u00a0000\u202fkronor", "10 000 kronor"),  # no-break spaces
        ("e\u2011legitimation", "e-legitimation"),  # no-break hyphen
        ("reg\u200bering", "regering"),  # zero-width space
        ("fo\u0308rsvar", "försvar"),  # decomposed letter
        ("en\r\nrad\rtill", "en\nrad\ntill"),
        ("  ett \t par   ord \n\n\n\n nästa stycke ", "ett par ord\n\nnästa stycke"),
        ("\ufeffBörjan", "Början"),
        ("noll\x00tecken", "nolltecken"),
    ],
)
def test_text_is_cleaned_to_what_a_reader_sees(written: str, seen: str) -> None:
    assert clean(written) == seen


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert unicodedata.is_normalized("NFC", clean(text))


@given(st.text() | st.text(alphabet=" aÅé×~-\u0308\t"))
def test_a_line_is_the_clean_text_on_one_line(text: str) -> None:
    assert clean_line(text) == " ".join(clean(text).split())


def test_swedish_letters_stay_and_accents_go() -> None:
    assert fold("Idé, Müller, Støre, ÅÄÖ, Straße") == "ide, muller, störe, åäö, strasse"
    assert fold("A\u030angström") == "ångström"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Pål Jonson", "pal-jonson"),
        ("Miljö- och energidepartementet", "miljo-och-energidepartementet"),
        ("Acko Ankarberg Johansson", "acko-ankarberg-johansson"),
        ("Myndigheten för press, radio och tv", "myndigheten-for-press-radio-och-tv"),
    ],
)
def test_keys_look_like_addresses(name: str, key: str) -> None:
    assert key_of(name) == key


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)


def test_a_body_reads_as_running_text() -> None:
    assert flat("Ett stycke.\n\n## Bakgrund\n\n• ett\n• två") == "Ett stycke. Bakgrund ett två"


def test_headings_and_items_do_not_run_into_sentences() -> None:
    text = running_text("Ingressen.\nAndra raden", "## Bakgrund\n\nDet är så.\n\n• ett\n• två\n\nSlut")
    assert text == "Ingressen. Andra raden · Bakgrund · Det är så. ett · två · Slut"
    assert running_text("", "") == ""
