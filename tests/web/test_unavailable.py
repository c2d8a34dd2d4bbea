"""What page and API say when there is no index to answer from."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.document import Document
from index.errors import ClusterRefused, ClusterUnavailable, IndexUnavailable
from index.opensearch.connection import Connection, translated
from index.store import DataFolder
from search.engine import Engine
from search.local import LocalEngine
from search.page import Page
from search.query import Query
from tests.builders import document, publish
from tests.index.opensearch.node import answering
from tests.web.fake import FakeEngine
from web.app import create_app
from web.server import InTime

ClientOf = Callable[[Engine], FlaskClient]


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


class Out(FakeEngine):
    """An engine whose cluster does not answer."""

    def __init__(self, error: IndexUnavailable) -> None:
        super().__init__()
        self.error = error

    def search(self, *_: object, **__: object) -> Any:
        raise self.error

    get = similar = suggest = status = export = search


SECRET = "the node at 10.1.2.3"


@pytest.mark.parametrize("address", ["search", "releases/x", "releases/x/similar", "suggest?q=x", "status"])
def test_the_api_says_when_to_ask_a_cluster_again(client_of: ClientOf, address: str) -> None:
    answer = client_of(Out(ClusterUnavailable(SECRET))).get(f"/api/v1/{address}")
    error = json.loads(answer.data)["error"]
    assert (answer.status_code, error["code"]) == (503, "temporarily_unavailable")
    assert "Retry-After" in error["message"] and SECRET not in error["message"]
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(
    ("address", "title", "advice"),
    [
        ("/?q=skola", "Sökningen svarar inte just nu", "Försök igen om en liten stund."),
        ("/en/releases/x", "The search is not answering at the moment", "Try again in a little while."),
    ],
)
def test_a_page_asks_for_patience_with_a_cluster(client_of: ClientOf, address: str, title: str, advice: str) -> None:
    answer = client_of(Out(ClusterUnavailable(SECRET))).get(address)
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert f"<h1>{title}</h1>" in answer.text and advice in answer.text
    assert "pressok rebuild" not in answer.text and SECRET not in answer.text


def test_nobody_is_asked_to_wait_for_what_somebody_has_to_mend(
    client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(Out(ClusterRefused(SECRET)))
    for address in ("/", "/api/v1/search"):
        answer = client.get(address)
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, False)
        assert "The log of the service says why" in answer.text and SECRET not in answer.text
    assert SECRET in caplog.text
    assert (client.get("/readyz").status_code, client.get("/healthz").status_code) == (503, 200)


class Asking(FakeEngine):
    """An engine that asks a cluster for every search and every release."""

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.client = connection.client()

    def search(self, query: Query) -> Page:
        with translated():
            self.client.search(index="pressok", body={})
        return super().search(query)

    def get(self, release_id: str) -> Document | None:
        with translated():
            self.client.get(index="pressok", id=release_id)
        return super().get(release_id)


def test_a_slow_cluster_keeps_nobody_waiting_for_longer_than_it_may() -> None:
    with answering() as node:
        app = create_app(Asking(Connection((node.url,), timeout=30)))
        app.wsgi_app = InTime(app.wsgi_app, 0.6)
        client = app.test_client()
        assert client.get("/readyz").status_code == 200
        node.pause = 0.4  # so that the first question is answered in time, and the second is not
        for address, status in (("/readyz", 503), ("/healthz", 200), ("/api/v1/search", 200)):
            start = time.monotonic()
            assert client.get(address).status_code == status
            assert time.monotonic() - start < 1.2
