import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.release.comparison import Paragraph, Row, Unchanged, changes

WORDS = st.sampled_from(["skola", "skolor", "och", "stöd", "växer", "•", "##", "2024"])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8).map("\n\n".join)
SIGNS = {"same": "", "added": "+", "removed": "-"}


def shown(rows: tuple[Row, ...]) -> list[str]:
    """Each row as text: +what was added+, -what was removed-, the number of paragraphs left out."""
    return [
        str(row.count)
        if isinstance(row, Unchanged)
        else " ".join(f"{SIGNS[p.kind]}{p.text}{SIGNS[p.kind]}" for p in row.pieces)
        for row in rows
    ]


def side(rows: tuple[Row, ...], left_out: str) -> list[str]:
    """What the rows say of one of the texts: of the other's words, that one has none."""
    kept = [[p.text for p in row.pieces if p.kind != left_out] for row in rows if isinstance(row, Paragraph)]
    return [" ".join(texts) for texts in kept if texts]


def test_words_that_changed_are_told_within_their_paragraph() -> None:
    found = changes("Stödet är tio miljoner kronor i år.", "Stödet är tolv miljoner kronor i år, och mer sedan.")
    assert shown(found) == ["Stödet är -tio- +tolv+ miljoner kronor i -år.- +år, och mer sedan.+"]


def test_paragraphs_that_came_and_went_are_told_whole_and_those_far_away_are_left_out() -> None:
    old = "Ett.\n\nTvå.\n\nTre.\n\nFyra.\n\nFem.\n\nSex."
    assert shown(changes(old, old.replace("Fyra.", "Nytt.\n\nFyra."))) == ["2", "Tre.", "+Nytt.+", "Fyra.", "2"]
    assert shown(changes(old, old.replace("Ett.\n\n", ""))) == ["-Ett.-", "Två.", "4"]


def test_a_changed_paragraph_is_found_beside_a_new_one() -> None:
    old = "Regeringen ger stöd till skolor i hela landet."
    new = "En helt annan mening står först.\n\nRegeringen ger mer stöd till skolor i hela landet."
    assert shown(changes(old, new)) == [
        "+En helt annan mening står först.+",
        "Regeringen ger +mer+ stöd till skolor i hela landet.",
    ]


def test_paragraphs_that_share_little_are_two() -> None:
    assert shown(changes("Skolan får stöd i dag.", "Polisen växer i hela landet.")) == [
        "-Skolan får stöd i dag.-",
        "+Polisen växer i hela landet.+",
    ]


@pytest.mark.parametrize("new", ["Ett.\n\nTvå tre.", "## Ett.\n\nTvå  tre.", "Ett.\nTvå tre.\n"])
def test_texts_that_read_the_same_have_no_changes(new: str) -> None:
    assert changes("Ett.\n\nTvå tre.", new) == ()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_what_changed(old: str, new: str) -> None:
    found = changes(old, new)
    if not any(isinstance(row, Unchanged) for row in found) and found:
        for text, left_out in ((old, "added"), (new, "removed")):
            read = [line.removeprefix("## ") for line in text.split("\n") if line.strip()]
            assert side(found, left_out) == [line for line in read if line]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n\n".join(f"Stycke {n}" for n in range(5000)), "\n\n".join(f"Avsnitt {n}" for n in range(5000))),
        ("a b " * 20_000, "b a c " * 20_000),
        ("\n".join(["ja", "nej"] * 900), "\n".join(["nej", "nej", "ja"] * 600)),
        ("\n".join(f"{'ord ' * 400}{n}" for n in range(300)), "\n".join(f"{'ord ' * 400}{n}!" for n in range(300))),
    ],
    ids=["many", "long", "alike", "many-and-long"],
)
def test_texts_of_any_size_are_compared_in_a_moment(old: str, new: str) -> None:
    start = time.process_time()
    assert changes(old, new)
    assert time.process_time() - start < 5
