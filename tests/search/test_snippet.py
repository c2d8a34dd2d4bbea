import re

from hypothesis import given
from hypothesis import strategies as st

from search.page import Marked
from search.snippet import LENGTH, Excerpt, Place, Places
from search.snippet import snippet as cut

LONG = "Första meningen handlar om annat. " * 30 + "Här står det om skolor och polisen. " + "Slutet är långt. " * 30


def snippet(text: str, places: list[Place]) -> Marked:
    (best,) = Places.of([places]).best_starts().tolist()
    return cut(Excerpt.whole(text), best, places)


def plain(text: Marked) -> str:
    return "".join(s.text for s in text)


def shown(text: Marked) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in text)


def places(text: str, *words: str) -> list[Place]:
    found = [(number, *m.span()) for number, word in enumerate(words) for m in re.finditer(word, text)]
    return sorted(found, key=lambda place: place[1])


def test_a_snippet_is_the_passage_with_most_of_the_words() -> None:
    found = shown(snippet(LONG, places(LONG, "skolor", "polisen", "långt")))
    assert found.startswith("… Här står det om [skolor] och [polisen]. Slutet")
    assert found.endswith(" …")


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert plain(snippet(LONG, [])).startswith("Första meningen")


def test_a_match_near_the_end_shows_what_comes_before_it() -> None:
    text = LONG + "Och slutordet."
    found = plain(snippet(text, places(text, "slutordet")))
    assert found.endswith("Och slutordet.")
    assert len(found) > LENGTH / 2


def test_a_short_text_is_shown_whole() -> None:
    assert shown(snippet("Nya skolor.", places("Nya skolor.", "skolor"))) == "Nya [skolor]."


@given(st.lists(st.sampled_from(["skolor", "polisen", "en", "lång. ", "ö" * 300]), max_size=200).map(" ".join))
def test_a_snippet_is_a_short_piece_of_the_text(text: str) -> None:
    found = plain(snippet(text, places(text, "skolor", "polisen")))
    inner = found.removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert len(inner) <= LENGTH
