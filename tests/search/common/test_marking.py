from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.store import DataFolder
from search.common.marking import Marker
from search.language import parse
from search.local.snapshot import Snapshot
from search.local.texts import ShownTexts, typed_text
from search.page import Marked
from search.snippet import Place
from tests.builders import document, publish

TEXT = "Nya skolor och en a-kassa"


def shown(text: Marked) -> str:
    return "".join(f"[{s.text}]" if s.marked else s.text for s in text)


def places_in(snapshot: Snapshot, query: str, text: str) -> list[Place]:
    return Marker.of(snapshot.lookup, parse(query)).places(typed_text(snapshot, text)).rows()[0]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("data")
    publish(folder, [document(body=TEXT, title="Elprisstödet"), document("b", body="Elpris kassor nya")])
    return Snapshot(DataFolder(folder).current())


@pytest.fixture(scope="module")
def mark(snapshot: Snapshot) -> Callable[[str, str], str]:
    return lambda query, text: shown(Marked.at(text, places_in(snapshot, query, text)))


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
        ("okänd", "Nya skolor och en a-kassa"),
    ],
)
def test_the_words_of_a_query_are_marked(mark: Callable[[str, str], str], query: str, expected: str) -> None:
    assert mark(query, TEXT) == expected


def test_a_compound_is_marked_for_its_part_and_the_parts_for_a_compound(mark: Callable[[str, str], str]) -> None:
    assert mark("elpris", "Elprisstödet") == "[Elprisstödet]"
    assert mark("skolkassa", "en skola och en kassa") == "en [skola] och en [kassa]"


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("traktorer", "En traktor, flera traktorer", "En [traktor], flera [traktorer]"),
        ("kassa", "Skolkassan", "[Skolkassan]"),
        ("trakt*", "Vid traktorvägen", "Vid [traktorvägen]"),
        ('"nya traktorer"', "En traktor är en ny traktor", "En traktor är en [ny] [traktor]"),
        ("byggkassa", "en bygg- och skolkassa", "en [bygg]- och skolkassa"),
    ],
)
def test_words_that_no_release_has_are_marked_too(
    mark: Callable[[str, str], str], query: str, text: str, expected: str
) -> None:
    assert mark(query, text) == expected


def test_places_of_a_release_are_those_of_its_text(snapshot: Snapshot) -> None:
    for query in ("skola", '"nya skolor"', "nya OR kassor", "sko*", '"en a-kassa"'):
        title, text = Marker.of(snapshot.lookup, parse(query)).places(ShownTexts(snapshot.arrays, np.array([0]))).rows()
        assert [place[1:] for place in text] == [place[1:] for place in places_in(snapshot, query, TEXT)]
        assert [place[1:] for place in title] == [place[1:] for place in places_in(snapshot, query, "Elprisstödet")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=600) | st.just(TEXT), query=st.text(max_size=20) | st.sampled_from(["nya", '"nya skolor"'])
)
def test_marking_changes_no_letter(mark: Callable[[str, str], str], text: str, query: str) -> None:
    assert mark(query, text).replace("[", "").replace("]", "") == text.replace("[", "").replace("]", "")


def test_parts_far_apart_are_not_marked(mark: Callable[[str, str], str]) -> None:
    far = "en skola och sedan mycket annat som inte hör dit men tar plats innan en kassa"
    assert mark("skolkassa", far) == far
