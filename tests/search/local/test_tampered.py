"""An index file that would run a program when it is opened is refused before it is."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import DamagedGeneration
from index.store import DataFolder
from search.local import LocalEngine
from search.query import Query
from tests.builders import document, publish

_BEFORE_PICKLE = 14  # bytes


class Harm:
    """Makes a folder when it is unpickled, as it could do anything."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def published(folder: Path) -> Path:
    """The table of contents that Whoosh reads first of a published index; it begins with a pickle."""
    publish(folder, [document("a", title="Möte")])
    (contents,) = DataFolder(folder).current().path.glob("whoosh/*.toc")
    return contents


def harmful(contents: bytes, mark: Path) -> bytes:
    """The same table with a pickle that does harm."""
    program = pickle.dumps(Harm(mark))
    length = bytes((len(program) & 127 | 128, len(program) >> 7))
    return contents[:_BEFORE_PICKLE] + length + program


@pytest.mark.parametrize(
    ("name", "reason"),
    [("_MAIN_1.toc", "has changed"), ("_MAIN_9.toc", "was not written by Pressök")],  # Whoosh reads the highest
)
def test_a_pickle_that_was_put_there_is_not_run(tmp_path: Path, name: str, reason: str) -> None:
    contents, mark = published(tmp_path / "data"), tmp_path / "harmed"
    contents.with_name(name).write_bytes(harmful(contents.read_bytes(), mark))

    engine = LocalEngine(tmp_path / "data")
    for opened in (
        lambda: engine.search(Query("möte")),
        lambda: engine.get("a"),
        DataFolder(tmp_path / "data").current,
    ):
        with pytest.raises(DamagedGeneration, match=f"{name} {reason}"):
            opened()
    publish(tmp_path / "data", [document("b")], afresh=False)  # which has nothing to go on from
    assert not mark.exists()

    opening = "import sys; from whoosh.index import open_dir; open_dir(sys.argv[1])"
    subprocess.run([sys.executable, "-c", opening, str(contents.parent)], stderr=subprocess.DEVNULL, check=False)
    assert mark.exists(), "without checksums it would be"
