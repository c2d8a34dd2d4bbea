import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.common.spelling import Speller, distance, dotless

WORDS = {
    "arbetsförmedlingen": 9, "kärnkraft": 8, "stöd": 50, "stod": 2, "baylan": 3, "bolån": 40, "skola": 7, "skolan": 20,
    "för": 90, "får": 60, "infrastruktur": 5,
}  # fmt: skip
SPELLER = Speller(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("arbetsformedlingen", "arbetsförmedlingen"),
        ("ARBETSFORMEDLINGEN", "arbetsförmedlingen"),
        ("kärnkrft", "kärnkraft"),
        ("karnkrfat", "kärnkraft"),
        ("infrstrukutr", "infrastruktur"),
        ("bylan", "baylan"),  # bolån is more common, but lacks its ring too
        ("sklan", "skolan"),
        ("for", "för"),
        ("stod", "stöd"),
    ],
)
def test_the_nearest_word_comes_first(typed: str, meant: str) -> None:
    assert next(SPELLER.corrections(typed)) == meant


@pytest.mark.parametrize("typed", ["fxr", "sklaonx", "infrustrokter", "", "x" * 2000])
def test_too_many_errors_are_not_corrected(typed: str) -> None:
    assert list(SPELLER.corrections(typed)) == []


def test_dots_alone() -> None:
    assert SPELLER.dotted("Stod") == ["stöd"]
    assert SPELLER.dotted("kärnkrft") == []
    assert (SPELLER.frequency("STÖD"), SPELLER.frequency("okänd")) == (50, 0)


@given(st.text() | st.sampled_from(list(WORDS)))
def test_corrections_are_words_that_there_are_and_near(typed: str) -> None:
    for other in SPELLER.corrections(typed):
        assert other in WORDS
        assert distance(dotless(typed), dotless(other)) <= 2


@given(st.sampled_from([w for w in WORDS if len(w) >= 4]), st.data())
def test_any_single_error_is_found(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcåäö"))
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    typed = data.draw(st.sampled_from([word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]))
    assert typed == word or word in SPELLER.corrections(typed)


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [("", "", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "xbc", 1), ("ca", "abc", 3), ("", "ab", 2)],
)
def test_distance(one: str, other: str, errors: int) -> None:
    assert distance(one, other) == distance(other, one) == errors


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 3))
def test_what_is_too_far_away_is_only_known_to_be(one: str, other: str, most: int) -> None:
    errors, found = distance(one, other), distance(one, other, most)
    assert found == errors if errors <= most else found > most
