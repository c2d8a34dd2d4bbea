import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import parse
from search.page import Marked
from search.snippet import LENGTH, Marker, running_text

LONG = "Första meningen handlar om annat. " * 30 + "Här står det om skolor och polisen. " + "Slutet är långt. " * 30


def plain(marked: Marked) -> str:
    return "".join(s.text for s in marked)


def shown(marked: Marked) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in marked)


def marker(query: str) -> Marker:
    return Marker.of(parse(query))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("skola", "Nya [skolor] och en a-kassa"),
        ("kassa", "Nya skolor och en [a-kassa]"),
        ("a-kassa", "Nya skolor och en [a-kassa]"),
        ("sko*", "Nya [skolor] och en a-kassa"),
        ('"nya skolor"', "[Nya] [skolor] och en a-kassa"),
        ('"nya kassor"', "Nya skolor och en a-kassa"),
        ('"en a-kassa"', "Nya skolor och [en] [a-kassa]"),
        ("nya OR kassor", "[Nya] skolor och en [a-kassa]"),
        ("-skolor", "Nya skolor och en a-kassa"),
        ("", "Nya skolor och en a-kassa"),
    ],
)
def test_the_words_of_a_query_are_marked(query: str, expected: str) -> None:
    assert shown(marker(query).mark("Nya skolor och en a-kassa")) == expected


def test_a_snippet_is_the_passage_with_most_of_the_words() -> None:
    snippet = shown(marker("skolor polisen").snippet(LONG))
    assert snippet.startswith("… Här står det om [skolor] och [polisen]. Slutet")
    assert snippet.endswith(" …")


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert plain(marker("ubåt").snippet(LONG)).startswith("Första meningen")


def test_headings_and_items_do_not_run_into_sentences() -> None:
    text = running_text("Ingressen.\nAndra raden", "## Bakgrund\n\nDet är så.\n\n• ett\n• två\n\nSlut")
    assert text == "Ingressen. Andra raden · Bakgrund · Det är så. ett · två · Slut"
    assert running_text("", "") == ""


def test_a_match_near_the_end_shows_what_comes_before_it() -> None:
    snippet = plain(marker("slutordet").snippet(LONG + "Och slutordet."))
    assert snippet.endswith("Och slutordet.")
    assert len(snippet) > LENGTH / 2


def test_a_short_text_is_shown_whole() -> None:
    assert shown(marker("skolor").snippet("Nya skolor.")) == "Nya [skolor]."


@given(st.text(max_size=600), st.text(max_size=20))
def test_marking_changes_no_letter(text: str, query: str) -> None:
    assert plain(marker(query).mark(text)) == text


@given(st.lists(st.sampled_from(["skolor", "polisen", "en", "lång. ", "ö" * 300]), max_size=200).map(" ".join))
def test_a_snippet_is_a_short_piece_of_the_text(text: str) -> None:
    snippet = plain(marker("skolor polisen").snippet(text))
    inner = snippet.removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert len(inner) <= LENGTH
