import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import AnalysisError
from index.swedish import analysis, stems
from index.swedish.analysis import stopwords, swedish_analyzer, term_of, terms, words


def asked(text: str) -> list[str]:
    return [t.term for t in terms(text)]


def held(text: str) -> list[str]:
    return [term_of(word.text) for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("samordnings- och energiminister", ["samordning", "och", "energiminister"]),
        ("SOU 2017:45", ["sou", "2017:45"]),
        ("prop. 2024/25:72", ["prop", "2024/25:72"]),
        ("E20", ["e20"]),
        ("a-kassa", ["akass"]),
        ("covid-19", ["covid19"]),
        ("2010-talet", ["2010tal"]),
        ("EU:s och FN:s", ["eu", "och", "fn"]),
        ("S:t Erik", ["s", "t", "erik"]),
        ("2016-2019", ["2016", "2019"]),
        ("kl. 15.30", ["kl", "15.30"]),
        ("7,1 miljarder", ["7.1", "miljard"]),
        ("och/eller", ["och", "ell"]),
        ("Malmö–Köpenhamn", ["malmö", "köpenhamn"]),
        ("idéer", ["ide"]),
        ("åäö ÅÄÖ", ["åäö", "åäö"]),
        ("Одеса 北京", ["одеса", "北京"]),
        ("🎉 – … %", []),
    ],
)
def test_words_become_terms(text: str, expected: list[str]) -> None:
    assert asked(text) == expected


def test_what_is_joined_is_held_whole_and_in_parts() -> None:
    assert held("SOU 2017:45") == ["sou", "2017:45", "2017", "45"]
    assert held("5,6 miljarder kl. 15.30") == ["5.6", "miljard", "kl", "15.30"]
    assert held("Nato-medlemskap") == ["natomedlemskap", "nato", "medlemskap"]


def test_a_hyphen_makes_no_difference() -> None:
    assert asked("Nato-medlemskap") == asked("Natomedlemskap")


@pytest.mark.parametrize(
    ("one", "other"),
    [("regeringens", "regering"), ("skolor", "skola"), ("kommunerna", "kommuner"), ("beslutade", "beslutar")],
)
def test_inflections_of_a_word_share_a_term(one: str, other: str) -> None:
    assert term_of(one) == term_of(other)


def test_stemming_is_done_by_pystemmer() -> None:
    assert type(stems._snowball).__module__ == "Stemmer"


def test_the_analyser_refuses_to_work_without_stemming(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "term_of", lambda word: word)
    with pytest.raises(AnalysisError, match="stemming is not in force"):
        swedish_analyzer()


def test_whoosh_is_given_parts_when_indexing_and_not_when_asking() -> None:
    analyzer = swedish_analyzer()
    assert [t.text for t in analyzer("a-kassa", mode="query")] == ["akass"]
    assert [(t.text, t.pos) for t in analyzer("en a-kassa till", mode="index", positions=True)] == [
        ("en", 0), ("akass", 1), ("a", 1), ("kass", 1), ("till", 2),
    ]  # fmt: skip


@given(st.text())
def test_places_point_at_the_words_in_the_text(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert re.search(r"[^\W_]", text[word.start : word.end])


@given(st.text())
def test_what_a_query_asks_for_is_among_what_the_index_holds(text: str) -> None:
    assert set(asked(text)) <= set(held(text))


def test_stopwords_are_terms_of_function_words() -> None:
    assert {"och", "för"} <= stopwords()
    assert not {"regering", "varor", "männen", "skola"} & stopwords()
