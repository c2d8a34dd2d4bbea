from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.mirror import Client, Fetched, Manners, fetch
from tests.index.mirror.server import Archive, serving

HASTY = Manners(delay=0, first_wait=0, read=1, whole=2)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with serving(Archive()) as served:
        yield served


class Mirror:
    """A mirror of the archive in a folder."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self.archive = archive
        self.folder = folder

    def fetch(self, manners: Manners = HASTY, **more: Any) -> Fetched:
        """Fetch with nothing remembered of earlier requests."""
        self.archive.requests.clear()
        client = Client(self.archive.url, "Pressok/test (+nobody)", manners, sleep=lambda _: None)
        return fetch(self.folder, client, **{"types": ("tal", "artiklar"), **more})

    def files(self) -> dict[str, bytes]:
        """Every file that reading the folder as a source would see."""
        paths = (path for path in self.folder.rglob("[!.]*") if path.is_file())
        return {"/" + path.relative_to(self.folder).as_posix(): path.read_bytes() for path in paths}

    def wanted(self) -> dict[str, bytes]:
        """What a whole mirror has."""
        return {path: body for path, body in self.archive.files.items() if path != "/api/latest_updated.json"}


@pytest.fixture
def mirror(archive: Archive, tmp_path: Path) -> Mirror:
    return Mirror(archive, tmp_path / "g0v")
