import re
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from search.page import Marked
from search.snippet import LENGTH, REACH, Excerpt, Place, Places
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


def best_start(places: list[Place]) -> int:
    """What :meth:`Places.best_starts` says of one text, looked for in every window."""
    windows = []
    for at, (_, _, end) in enumerate(places):
        inside = [place for n, place in enumerate(places[: at + 1]) if n == at or end - place[1] <= LENGTH - REACH]
        windows.append((-len({word for word, _, _ in inside}), -len(inside), at, inside[0][1]))
    return min(windows)[3] if windows else 0


@given(st.lists(st.lists(st.tuples(st.integers(-2, 3), st.integers(0, 90), st.integers(1, 200)), max_size=30)))
def test_the_best_window_has_most_different_words_then_most_places_and_is_the_first(
    texts: list[list[tuple[int, int, int]]],
) -> None:
    rows = []
    for text in texts:
        ends = list(accumulate(gap + length for _, gap, length in text))
        rows.append([(word, end - length, end) for (word, _, length), end in zip(text, ends, strict=True)])
    assert Places.of(rows).best_starts().tolist() == [best_start(row) for row in rows]
    assert Places.of(rows).rows() == rows
