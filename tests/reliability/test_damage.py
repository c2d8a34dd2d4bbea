"""Files that are not as they were written are found and named, and nothing is answered from them."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import rebuild
from index.errors import IndexUnavailable
from index.store import DataFolder
from search.local import LocalEngine
from tests.reliability.rounds import asked, write_round
from tests.web.cli.running import pressok
from web.app import create_app

FLIPS = 400 if os.environ.get("FAULTS") == "all" else 40  # bits of the archive that are flipped, one at a time
_CHANCE = random.Random(1)
Harm = Callable[[bytes], bytes | None]
"""What a file's content becomes; None: the file is gone."""


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << _CHANCE.randrange(8)]) + content[at + 1 :]


HARMS: dict[str, Harm] = {
    "a bit flipped in the middle": lambda content: flipped(content, len(content) // 2),
    "a bit flipped anywhere": lambda content: flipped(content, _CHANCE.randrange(len(content))),
    "cut to half": lambda content: content[: len(content) // 2],
    "cut by a byte": lambda content: content[:-1],
    "emptied": lambda _: b"",
    "gone": lambda _: None,
}


@contextmanager
def harmed(path: Path, harm: Harm) -> Iterator[None]:
    """A file that is another while the block lasts. What had been opened stays: it is another file of that name."""
    sound = path.read_bytes()
    _put(path, harm(sound))
    try:
        yield
    finally:
        _put(path, sound)


def _put(path: Path, content: bytes | None) -> None:
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations, so that there is one to go wrong to."""
    folder = tmp_path_factory.mktemp("damage")
    for number in (1, 2):
        rebuild(DataFolder(folder / "data"), [write_round(folder / "x.jsonl", number, all_change=True)])
    return folder / "data"


def files(data: Path) -> list[Path]:
    """Every file that answers depend on."""
    current = DataFolder(data).current()
    written = [current.path / name for name in current.manifest.files]
    return [data / "CURRENT", current.path / "manifest.json", *(path for path in written if path.stat().st_size)]


@pytest.mark.parametrize("harm", HARMS)
def test_damage_to_each_file_of_a_generation_is_found_named_and_never_answered_from(data: Path, harm: str) -> None:
    running = LocalEngine(data)
    before = asked(running)
    paths = files(data)
    for path in paths:
        with harmed(path, HARMS[harm]):
            result = pressok("status", "--verify", "--data", data)
            assert (result.exit_code, path.name in result.stderr) == (2, True), f"{harm}: {path}: {result.output}"
            with pytest.raises(IndexUnavailable):
                asked(LocalEngine(data))
            assert asked(running) == before
    print(f"{harm}: {len(paths)} files")
    assert len(paths) > 40
    assert asked(LocalEngine(data)) == before


_CUT_WHILE_MAPPED = """
import os, sys
from pathlib import Path
from search.local import LocalEngine
from tests.reliability.rounds import asked
engine = LocalEngine(Path(sys.argv[1]))
before = asked(engine)
for path in Path(sys.argv[1]).glob("generations/000002/arrays/*.npy"):
    os.truncate(path, 0)
assert asked(engine) == before
"""


def test_a_file_cut_in_place_under_a_running_service_ends_it_and_its_successor_refuses(tmp_path: Path) -> None:
    """Of what is mapped nothing can be read that is not there: the system ends the process. gunicorn starts another."""
    for number in (1, 2):
        rebuild(DataFolder(tmp_path / "data"), [write_round(tmp_path / "x.jsonl", number, all_change=True)])
    ended = subprocess.run([sys.executable, "-c", _CUT_WHILE_MAPPED, str(tmp_path / "data")], timeout=60, check=False)
    assert ended.returncode == -signal.SIGBUS
    with pytest.raises(IndexUnavailable, match="is damaged"):
        asked(LocalEngine(tmp_path / "data"))


@pytest.mark.parametrize("which", [0, 1, -1])
def test_a_service_that_finds_damage_says_that_it_is_not_ready(data: Path, which: int) -> None:
    with harmed(files(data)[which], HARMS["a bit flipped in the middle"]):
        client = create_app(LocalEngine(data)).test_client()
        assert client.get("/healthz").status_code == 200
        for address in ("/readyz", "/?q=skolan", "/api/v1/search?q=skolan"):
            assert client.get(address).status_code == 503


@pytest.mark.parametrize("harm", HARMS)
def test_damage_to_the_archive_is_found_and_named(data: Path, harm: str) -> None:
    archive = DataFolder(data).archive
    held = dumped(archive)
    found = unread = 0
    for _ in range(FLIPS if harm == "a bit flipped anywhere" else 1):
        with harmed(archive, HARMS[harm]):
            result = pressok("status", "--verify", "--data", data)
            if result.exit_code == 2 and archive.name in result.stderr:
                found += 1
            else:
                assert result.exit_code == 0
                assert dumped(archive) == held, "something else is read, and nobody is told"
                unread += 1
        for beside in data.glob("archive.sqlite-*"):
            beside.unlink()
    print(f"archive, {harm}: found {found} times; {unread} times in bytes that nothing is read from")
    assert found


def dumped(archive: Path) -> list[str]:
    """Everything that is read from an archive."""
    with sqlite3.connect(archive) as db:
        found = list(db.iterdump())
    db.close()
    return found
