from pathlib import Path

from index.store import DataFolder, damaged_files
from index.vocabulary import Vocabulary
from tests.builders import document, publish


def words(folder: Path) -> dict[str, int]:
    return Vocabulary.load(DataFolder(folder).current().path).common()


def test_words_of_two_releases_are_kept_with_their_number(tmp_path: Path) -> None:
    publish(tmp_path, [
        document("a", title="Stöd till Skolan", body="Skolan får stöd 2017."),
        document("b", title="Skolan", summary="Ett annat stöd"), document("c", title="Bara SKOLAN"),
    ])  # fmt: skip
    assert words(tmp_path) == {"skolan": 3, "stöd": 2}


def test_an_update_goes_on_counting(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", title="Skolan"), document("b", title="Skolan")])
    publish(tmp_path, [document("c", title="Skolan")], afresh=False)
    assert words(tmp_path) == {"skolan": 3}


def test_the_words_are_covered_by_a_checksum(tmp_path: Path) -> None:
    publish(tmp_path, [document("a")])
    generation = DataFolder(tmp_path).current()
    (generation.path / "words.json").write_text('{"annat": 9}', encoding="utf-8")
    assert list(damaged_files(generation.path, generation.manifest)) == ["words.json has changed"]
