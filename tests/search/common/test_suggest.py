from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.facets import FACETS
from search.common.suggest import Completions
from search.common.values import FacetValues

NO_VALUES = FacetValues(0, [], [], {}, [], np.array([], np.int64))
TITLES = ["Nya ambassadörer", "Får i hagen", "Far och son", "Möte om kärnkraft", "Nya ambassadörer", "Ärenden i maj"]


def completions(titles: Iterable[str] = TITLES, minister: str = "Test Testsson") -> Completions:
    facets = {f.key: NO_VALUES for f in FACETS}
    facets["minister"] = FacetValues(0, ["test-testsson"], [minister], {"test-testsson": minister}, [2], np.array([0]))
    return Completions([(title, f"id-{number}") for number, title in enumerate(titles)], facets)


def suggested(typed: str, size: int = 8) -> list[str]:
    return [s.text for s in completions().of(typed, size)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("test", ["Test Testsson"]),
        ("karnk", ["Möte om kärnkraft"]),
        ("KÄRNK", ["Möte om kärnkraft"]),
        ("kranki", []),
        ("kärnrk", ["Möte om kärnkraft"]),  # swapped
        ("kärkra", ["Möte om kärnkraft"]),  # left out
        ("kärrnkr", ["Möte om kärnkraft"]),  # put in
        ("kärmkr", ["Möte om kärnkraft"]),  # mistaken
        ("mäte om kä", ["Möte om kärnkraft"]),
        ("mxt", []),  # too short for an error
        ("testsosn", ["Test Testsson"]),
        ("", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(typed: str, expected: list[str]) -> None:
    assert suggested(typed) == expected


def test_dots_that_were_typed_come_first() -> None:
    assert suggested("får") == ["Får i hagen", "Far och son"]
    assert set(suggested("far")) == {"Får i hagen", "Far och son"}


def test_the_most_frequent_come_first_then_the_newest() -> None:
    found = completions([*TITLES, "Ett nytt möte", "Nytt i maj"]).of("ny", 8)
    assert [(s.text, s.count) for s in found] == [("Nya ambassadörer", 2), ("Ett nytt möte", 1), ("Nytt i maj", 1)]


def test_a_name_is_not_a_phrase_too_and_few_phrases_come_before_titles() -> None:
    titles = [
        f"{verb} Test Testsson {n}" for verb in ("Lyssna ivrigt", "Lyssna gärna", "Läs mer", "Läs nu") for n in "abc"
    ]
    found = completions(titles).of("l", 20)
    kinds = [s.kind for s in found]
    assert kinds[:4] == ["phrase", "phrase", "phrase", "title"]
    assert "test testsson" not in {s.text.lower() for s in completions(titles).of("test", 20) if s.kind == "phrase"}


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_an_answer_of_the_size_asked_for(typed: str) -> None:
    assert len(completions().of(typed, 2)) <= 2


@given(st.sampled_from(["Möte om kärnkraft", "Nya ambassadörer", "Test Testsson"]), st.data())
def test_any_single_error_in_four_letters_and_more_is_borne_with(text: str, data: st.DataObject) -> None:
    typed = text[: data.draw(st.integers(6, len(text)))]
    at = data.draw(st.integers(0, len(typed) - 1))
    letter = data.draw(st.sampled_from("xqzå"))
    before, after = typed[:at], typed[at:]
    wrong = data.draw(st.sampled_from([before + after[1:], before + letter + after, before + letter + after[1:]]))
    assert text in suggested(wrong)


def test_what_is_longer_than_every_title_begins_none() -> None:
    longest = max(TITLES, key=len)
    assert suggested(longest) == [longest]
    assert suggested(longest + " i dag") == []
    assert completions([]).of("nytt", 8) == ()


def test_a_title_comes_with_its_release_when_only_one_has_it() -> None:
    assert {s.text: s.value for s in completions().of("m", 8)} == {"Möte om kärnkraft": "id-3", "Ärenden i maj": "id-5"}
    assert [s.value for s in completions().of("nya", 8)] == [None]
