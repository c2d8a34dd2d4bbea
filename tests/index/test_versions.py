from pathlib import Path

import pytest

from index.document import Version
from index.versions import EarlierVersions, EarlierVersionsBuilder
from tests.builders import NOW, release


def versions(release_id: str, *titles: str) -> list[Version]:
    return [Version(number, NOW, release(release_id, title=title)) for number, title in enumerate(titles, start=1)]


def made(**titles: list[str]) -> EarlierVersions:
    builder = EarlierVersionsBuilder()
    for release_id, those in titles.items():
        builder.add(release_id, versions(release_id, *those))
    return builder.versions()


def test_the_versions_of_a_release_are_found_by_its_id() -> None:
    found = made(a=["Ett", "Två"], b=[], c=["Å & ä"])
    assert found.of("a") == tuple(versions("a", "Ett", "Två"))
    assert found.of("c") == tuple(versions("c", "Å & ä"))
    assert found.of("b") == found.of("d") == ()
    assert list(found.ids) == ["a", "c"], "a release without earlier versions takes no room"


def test_some_are_taken_out_and_others_added() -> None:
    found = made(a=["Ett"], b=["Hemligt"], c=["Tre"]).without({"b"}).with_rows(made(b=["Nytt"]))
    assert [found.of(i)[0].release.title for i in "abc"] == ["Ett", "Nytt", "Tre"]
    assert b"Hemligt" not in bytes(found.told.text.tobytes())


@pytest.mark.parametrize("titles", [{}, {"a": ["Ett"], "b": ["Två", "Tre"]}])
def test_what_is_written_is_what_is_read(tmp_path: Path, titles: dict[str, list[str]]) -> None:
    made(**titles).save(tmp_path)
    found = EarlierVersions.load(tmp_path)
    assert {i: [v.release.title for v in found.of(i)] for i in found.ids} == titles
