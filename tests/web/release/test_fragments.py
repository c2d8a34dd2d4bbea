import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.page import Marked, Segment
from web.release.fragments import landing

PAGE = "https://www.regeringen.se/p/"
WORDS = st.lists(st.sampled_from(["ord", "å-ord", "a&b", "x,y", "50%", "(så)", "–", "slut.", "men,", "·", "”ja”", "…"]))


def marked(text: str) -> Marked:
    """The text with what stands in square brackets marked."""
    return Marked.of(Segment(piece, n % 2 == 1) for n, piece in enumerate(re.split(r"[\[\]]", text)))


def directive(text: str, url: str = PAGE) -> str:
    return (landing(url, marked(text)) or "").removeprefix(f"{url}#:~:")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Först detta. Sedan får [Boverket] ett uppdrag. Sist det.", "Sedan får Boverket ett uppdrag"),
        ("… slutet av en. – En ny [plan] (för byar)! Och …", "En ny plan (för byar"),
        ("Rubrik · Första [raden] · Andra", "Första raden"),
        ("En [plan]. En [plan] för [byar].", "En plan för byar"),
    ],
)
def test_a_short_sentence_is_looked_for_as_a_whole(text: str, found: str) -> None:
    assert unquote(directive(text)) == f"text={found}"


def test_a_long_sentence_is_looked_for_by_its_ends() -> None:
    text = "Förr. Ett två tre fyra fem [sex] sju åtta nio tio elva. Sedan."
    assert directive(text) == "text=Ett%20tv%C3%A5%20tre%20fyra,%C3%A5tta%20nio%20tio%20elva"


def test_neither_end_goes_past_a_sign_that_may_hide_the_end_of_a_line() -> None:
    text = "Nu, när byn får el, kan [Boverket] börja, som väntat"
    assert unquote(directive(text)) == "text=när byn får el,kan Boverket börja"
    assert unquote(directive("Först, [Boverket], sist")) == "text=Boverket"


def test_signs_of_addresses_and_of_directives_are_encoded() -> None:
    assert directive("[AI-plan] för R&D/50%") == "text=AI%2Dplan%20f%C3%B6r%20R%26D%2F50"
    assert directive("x,y [z]") == "text=x%2Cy%20z"


def test_a_fragment_is_kept() -> None:
    assert landing(f"{PAGE}?a=1#del", marked("[ord]")) == f"{PAGE}?a=1#del:~:text=ord"
    assert landing(f"{PAGE}#del:~:text=gammalt", marked("[ord]")) == f"{PAGE}#del:~:text=ord"


def test_without_a_match_the_address_is_as_it_was() -> None:
    assert landing(f"{PAGE}#del", Marked("Inget här.")) == f"{PAGE}#del"
    assert (
        landing(PAGE, marked("Bara ett streck [–] här")) == f"{PAGE}#:~:text=Bara%20ett%20streck%20%E2%80%93%20h%C3%A4r"
    )
    assert landing(PAGE, marked("[–]")) == PAGE


def test_without_an_address_there_is_none() -> None:
    assert landing(None, marked("[ord]")) is None
    assert landing("javascript:alert(1)", marked("[ord]")) is None


@given(WORDS, WORDS)
def test_what_is_looked_for_begins_before_the_mark_and_ends_after_it(before: list[str], after: list[str]) -> None:
    words = [f"{n}{word}" if word[0].isalnum() else word for n, word in enumerate([*before, "märkt", *after])]
    text, start = " ".join(words), len(" ".join(["", *words[: len(before)]]))
    end = start + len(words[len(before)])
    pieces = (landing(PAGE, Marked(text, ((start, end),))) or "").removeprefix(f"{PAGE}#:~:text=").split(",")
    first, last = unquote(pieces[0]), unquote(pieces[-1])
    assert len(pieces) <= 2
    assert re.fullmatch(r"(?:[\w.~]|%[0-9A-F]{2})+", "".join(pieces), re.ASCII)
    assert not re.search(r"[.,;:…·”]\s", first + last)
    assert text.index(first) <= start
    assert end <= text.index(last) + len(last)


@given(st.text(), st.data())
def test_any_text_and_any_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    address = landing(PAGE, Marked(text, ((start, end),) if start < end else ()))
    assert address is not None
    assert address.isascii()
    for piece in filter(None, address.removeprefix(PAGE).removeprefix("#:~:text=").split(",")):
        assert unquote(piece) in text
