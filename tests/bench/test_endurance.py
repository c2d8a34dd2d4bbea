import json
from pathlib import Path
from typing import Any

import pytest

from bench import markers
from bench.endurance import Course, addresses, judged, thirds
from index.build import update
from index.store import DataFolder
from search.local import LocalEngine
from tests.conftest import SAMPLES
from web.app import create_app

ADDRESS = f"/api/v1/search?q={markers.WORD}&size=100"


@pytest.fixture
def answer(tmp_path: Path) -> dict[str, Any]:
    """What is answered about the marker releases of generation 7, after those of 6."""
    folder = DataFolder(tmp_path / "data")
    for number in (6, 7):
        markers.write(tmp_path / "markers.jsonl", number)
        update(folder, [tmp_path / "markers.jsonl"], processes=1)
    found: dict[str, Any] = create_app(LocalEngine(folder.path)).test_client().get(ADDRESS).get_json()
    return found


def faults(answer: dict[str, Any], path: str = ADDRESS) -> list[str]:
    return list(markers.faults(path, json.dumps(answer, ensure_ascii=False).encode()))


def test_an_answer_of_one_generation_is_whole(answer: dict[str, Any]) -> None:
    assert not faults(answer)
    assert len(answer["hits"]) == markers.COUNT


@pytest.mark.parametrize("part", ["hits", "facets", "total"])
def test_a_part_of_another_generation_shows(answer: dict[str, Any], part: str) -> None:
    text = json.dumps(answer[part], ensure_ascii=False)
    text = text.replace("omgång</mark> 7", "omgång 6").replace("omgång 7", "omgång 6").replace("1999", "1998")
    assert faults(answer | {part: 0 if part == "total" else json.loads(text)})


def test_one_document_of_another_generation_shows(answer: dict[str, Any]) -> None:
    answer["hits"][3]["title"] = "Dokument i omgång 6"
    assert "[6, 7]" in faults(answer)[0]


def test_counts_that_are_not_those_of_the_hits_show(answer: dict[str, Any]) -> None:
    assert not faults(answer, "/api/v1/search?q=dokument")
    answer["facets"]["type"][0]["count"] -= 1
    assert faults(answer, "/api/v1/search?q=dokument")


def test_pages_and_releases_are_looked_at_too() -> None:
    page = f"<h2>Dokument i <mark>omgång</mark> 3</h2><p>En {markers.WORD} i omgång 4.</p>".encode()
    assert list(markers.faults(f"/?q={markers.WORD}", page))
    assert not list(markers.faults("/?q=annat", page))


def course(*sizes: int, **more: Any) -> Course:
    return Course([(float(n), size) for n, size in enumerate(sizes)], [1.0, 1.2], reloaded=True, **more)


def test_flat_memory_may_swing_and_not_grow() -> None:
    assert thirds(course(100, 100, 300, 100, 108, 108, 108).memory) == (100, 108)
    assert not list(judged(course(100, 100, 300, 100, 108, 108, 108), {3}))
    grown = [size * 2**20 for size in (1000, 1000, 1000, 1050, 1150, 1150)]
    assert "the memory grew" in next(judged(course(*grown), {3}))


def test_a_service_that_does_not_follow_has_failed() -> None:
    assert "generation {2} answers" in next(judged(course(1, 1, 1), {2}))


def test_words_of_markers_are_only_asked_for_where_all_of_them_are_meant(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    markers.write(tmp_path / "markers.jsonl", 1)
    update(folder, [tmp_path / "markers.jsonl", SAMPLES], processes=1)
    asked = addresses(LocalEngine(folder.path))
    assert all(asked.values())
    assert {kind for kind, paths in asked.items() if any(markers.WORD in path for path in paths)} == {
        "search for markers",
        "page of markers",
        "release",
        "feed",
    }
    assert f"/feed.atom?q={markers.WORD}" in asked["feed"]
