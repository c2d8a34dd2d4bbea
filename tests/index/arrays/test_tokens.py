import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arrays.tokens import Tokenizer, Tokens, WordList
from index.swedish.analysis import chunks, wholes


def tokens_of(*texts: str) -> tuple[list[str], Tokens]:
    words = WordList()
    tokenizer = Tokenizer(words)
    for text in texts:
        tokenizer.add(text)
    return list(words.numbers), tokenizer.tokens()


def keys(text: str) -> list[str]:
    words, tokens = tokens_of(text)
    return [words[n] for n in tokens.words[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Nya skolor", ["nya", "skolor"]),
        ("En a-kassa", ["en", "a-kassa"]),
        ("SOU 2017:45", ["sou", "2017:45"]),
        ("EU:s idéer", ["eu", "ideer"]),
        ("samordnings- och energiminister", ["samordnings-…energiminister", "och", "energiminister"]),
        (
            "Närings-, energi- och miljöpolitik",
            ["närings-…miljöpolitik", "energi-…miljöpolitik", "och", "miljöpolitik"],
        ),
        ("idé- och skolprogram", ["ide-…skolprogram", "och", "skolprogram"]),
        ("i mars- samt", ["i", "mars", "samt"]),  # nothing ends it
    ],
)
def test_a_text_becomes_keys(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@given(st.lists(st.text(max_size=8) | st.sampled_from(["a-kassa", "2017:45", "S:t Erik"])).map(". ".join))
def test_words_are_cut_as_the_analyser_cuts_them(text: str) -> None:
    words, tokens = tokens_of(text)
    cut = [(w.key, at + w.start, at + w.end) for at, chunk in chunks(text) for w in wholes(chunk)]
    found = zip(tokens.words[0].tolist(), tokens.begins.tolist(), tokens.ends.tolist(), strict=True)
    assert [(words[n], begin, end) for n, begin, end in found] == cut


def test_texts_share_the_numbers_of_their_words() -> None:
    words, tokens = tokens_of("Nya skolor", "", "skolor skolor")
    assert words == ["nya", "skolor"]
    assert [row.tolist() for row in map(tokens.words.__getitem__, range(3))] == [[0, 1], [], [1, 1]]
    assert tokens.begins.tolist() == [0, 4, 0, 7]


def test_texts_are_left_out_and_put_after_others() -> None:
    _, tokens = tokens_of("Nya skolor", "hus", "en")
    kept = tokens.only(np.array([True, False, True]))
    assert (kept.words.values.tolist(), kept.begins.tolist(), kept.ends.tolist()) == ([0, 1, 3], [0, 4, 0], [3, 10, 2])
    both = kept.with_rows(tokens)
    assert both.words.lengths.tolist() == [2, 1, 2, 1, 1]
    assert both.ends.tolist() == [3, 10, 2, 3, 10, 3, 2]


def test_adding_tells_where_the_words_begin() -> None:
    tokenizer = Tokenizer(WordList(["redan"]))
    tokenizer.add("ett")
    assert list(tokenizer.add("två redan")) == [0, 4]
    assert tokenizer.tokens().words.values.tolist() == [1, 2, 0]
