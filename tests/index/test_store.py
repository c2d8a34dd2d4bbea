import json
from pathlib import Path

import pytest

from index.checksums import Comparison, checksum
from index.errors import DamagedGeneration, DataFolderError, ForeignGeneration, NoGeneration, PressokError, WriterBusy
from index.fingerprint import fingerprint
from index.manifest import FORMAT
from index.store import DataFolder
from tests.builders import document, publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(tmp_path / "data", [document()])
    return tmp_path / "data"


def generation(folder: Path) -> Path:
    return DataFolder(folder).current().path


def test_a_published_generation_is_current_and_says_what_it_is(folder: Path) -> None:
    current = DataFolder(folder).current()
    assert current.number == "000001"
    assert (folder / "CURRENT").read_text() == f"000001 {checksum(current.path / 'manifest.json')}\n"
    assert current.manifest.fingerprint == fingerprint()
    assert current.manifest.counts["releases"] == 1
    held = {p.relative_to(current.path).as_posix() for p in current.path.rglob("*") if p.is_file()}
    assert held == {*current.manifest.files, "manifest.json"}


def test_readers_can_tell_that_another_one_was_published(folder: Path) -> None:
    data = DataFolder(folder)
    before = data.signature()
    publish(folder, [document("b")])
    assert data.signature() not in (None, before)
    assert data.current().number == "000002"


def test_the_one_before_is_kept_for_readers_and_older_ones_are_not(folder: Path) -> None:
    publish(folder, [document("b")])
    publish(folder, [document("c")])
    assert sorted(p.name for p in (folder / "generations").iterdir()) == ["000002", "000003"]


def test_nothing_is_seen_of_what_was_not_published(folder: Path) -> None:
    data = DataFolder(folder)
    with data.writing():
        (data.begin() / "half-done").write_text("…")
    assert data.current().number == "000001"
    publish(folder, [document("b")])
    assert [p.name for p in (folder / "generations").glob("*.new")] == []


def test_there_is_one_writer_at_a_time(folder: Path) -> None:
    with (
        DataFolder(folder).writing(),
        pytest.raises(WriterBusy, match="Try again"),
        DataFolder(folder).writing(),
    ):
        pass
    with DataFolder(folder).writing():
        pass


def test_an_empty_folder_names_the_command(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    assert data.signature() is None
    with pytest.raises(NoGeneration, match="pressok rebuild SOURCE"):
        data.current()


@pytest.mark.parametrize("text", ["../../etc", "", "000001", "000001\n", f"000009 {'0' * 64}\n", "\xff"])
def test_a_current_that_names_no_generation_is_damage(folder: Path, text: str) -> None:
    (folder / "CURRENT").write_text(text, encoding="latin-1")
    with pytest.raises(DamagedGeneration, match="pressok rebuild"):
        DataFolder(folder).current()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", DamagedGeneration),
        ("{", DamagedGeneration),
        ("[]", ForeignGeneration),
        ('{"program": "other"}', ForeignGeneration),
        ('{"program": "pressok", "format": 99}', ForeignGeneration),
        (f'{{"program": "pressok", "format": {FORMAT}}}', DamagedGeneration),
    ],
)
def test_another_s_manifest_is_refused(folder: Path, text: str, error: type[PressokError]) -> None:
    (generation(folder) / "manifest.json").write_text(text)
    with pytest.raises(error, match="pressok rebuild") as raised:
        DataFolder(folder).current()
    assert raised.type is error


def test_a_manifest_that_is_not_the_one_that_was_published_is_damage(folder: Path) -> None:
    publish(folder, [document("b")])
    named = (folder / "CURRENT").read_text()
    (folder / "CURRENT").write_text(named.replace("000002", "000001"))  # one bit away: the one before is still there
    with pytest.raises(DamagedGeneration, match=r"000001/manifest\.json has changed, or CURRENT has"):
        DataFolder(folder).current()
    (folder / "CURRENT").write_text(named)
    path = generation(folder) / "manifest.json"
    path.write_text(path.read_text().replace("2024-05-01", "2024-05-02"))
    for read in (DataFolder(folder).current, DataFolder(folder).manifest):
        with pytest.raises(DamagedGeneration, match=r"000002/manifest\.json has changed"):
            read()


def test_what_was_made_and_never_named_is_removed_and_not_what_readers_have(folder: Path) -> None:
    """What a crash leaves: after the new generation has its number, before CURRENT has it, or while old ones go."""
    publish(folder, [document("b")])
    for number in ("000000", "000003"):
        (folder / "generations" / number).mkdir()
    (folder / "CURRENT.new").write_text("00000")
    with DataFolder(folder).writing():
        DataFolder(folder).clean()
    assert sorted(p.name for p in (folder / "generations").iterdir()) == ["000001", "000002"]
    assert not (folder / "CURRENT.new").exists()


@pytest.mark.parametrize(
    "change", [{"files": {"../x": 1}}, {"counts": None}, {"counts": {}}, {"counts": {"releases": 1}}, {"surprise": 1}]
)
def test_a_manifest_that_does_not_say_what_it_must_is_damage(folder: Path, change: dict[str, object]) -> None:
    path = generation(folder) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DamagedGeneration, match="pressok rebuild"):
        DataFolder(folder).current()


def test_a_current_that_is_a_folder_names_what_to_do(folder: Path) -> None:
    (folder / "CURRENT").unlink()
    (folder / "CURRENT").mkdir()
    with pytest.raises(DamagedGeneration, match="Remove it"):
        DataFolder(folder).current()
    with pytest.raises(DataFolderError, match="Remove it"), DataFolder(folder).writing():
        pass


def test_a_data_folder_that_is_none_names_the_option(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(DataFolderError, match="--data"), DataFolder(path).writing():
            pass
        with pytest.raises(NoGeneration, match="--data"):
            DataFolder(path).current()
    (tmp_path / "data" / "writer.lock").mkdir(parents=True)
    with pytest.raises(DataFolderError, match="can't be written to"), DataFolder(tmp_path / "data").writing():
        pass


def test_a_reader_that_was_overtaken_gets_the_newer_generation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a reader looks at a generation, others are published and it is removed."""
    data = DataFolder(folder)
    read_named = data._named
    overtaken = iter("bc")

    def read_then_be_overtaken() -> tuple[str, str]:
        named = read_named()
        for name in overtaken:
            with monkeypatch.context() as still:
                still.setattr(data, "_named", read_named)
                publish(folder, [document(name)])
                DataFolder(folder).remove_old(kept=1)
            break
        return named

    monkeypatch.setattr(data, "_named", read_then_be_overtaken)
    assert data.current().number == "000003"
    assert list(overtaken) == []


def test_the_manifest_can_be_read_by_itself(folder: Path) -> None:
    path, manifest = generation(folder), DataFolder(folder).current().manifest
    for name in manifest.files:
        (path / name).unlink()
    assert DataFolder(folder).manifest() == manifest


def test_every_file_s_damage_is_found_and_named(folder: Path) -> None:
    current = DataFolder(folder).current()
    for name in current.manifest.files:
        path = current.path / name
        sound = path.read_bytes()
        path.write_bytes(bytes([sound[0] ^ 1]) + sound[1:])
        assert list(Comparison(current.path, current.manifest.files).damage()) == [f"{name} has changed"]
        with pytest.raises(DamagedGeneration, match=name):
            DataFolder(folder).current()
        path.unlink()
        missing = list(Comparison(current.path, current.manifest.files).damage())
        assert missing == [f"{name} is missing or can't be read"]
        path.write_bytes(sound)
    assert list(Comparison(current.path, current.manifest.files).damage()) == []
    assert DataFolder(folder).uncompared() == current
