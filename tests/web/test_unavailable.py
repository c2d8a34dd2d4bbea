"""What page and API say when there is no index to answer from, with the real engine."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.store import DataFolder
from search.local import LocalEngine
from tests.builders import document, publish
from web.app import create_app


def missing(folder: Path) -> None:
    (folder / "CURRENT").unlink()


def foreign(folder: Path) -> None:
    path = DataFolder(folder).current().path / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))


def damaged(folder: Path) -> None:
    next((DataFolder(folder).current().path / "whoosh").glob("*.seg")).write_bytes(b"")


@pytest.mark.parametrize(
    ("harm", "said"),
    [(missing, "There is no index yet"), (foreign, "another version or program"), (damaged, "is damaged")],
)
def test_page_and_api_name_the_command_that_mends_it(tmp_path: Path, harm: Callable[[Path], None], said: str) -> None:
    publish(tmp_path, [document()])
    harm(tmp_path)
    client = create_app(LocalEngine(tmp_path)).test_client()
    for address in ("/", "/?q=skola", "/releases/x", "/readyz"):
        assert client.get(address).status_code == 503
    page = client.get("/?q=skola").text
    assert "pressok rebuild" in page and said in page
    for address in ("search", "releases/x", "releases/x/similar", "suggest?q=x", "status"):
        answer = client.get(f"/api/v1/{address}")
        error = json.loads(answer.data)["error"]
        assert (answer.status_code, error["code"]) == (503, "index_unavailable")
        assert said in error["message"] and "pressok rebuild" in error["message"]
        assert str(tmp_path) not in error["message"], "where things lie is nobody's business"
