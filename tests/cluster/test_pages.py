"""Pages, API and files are the same from a cluster as from the index in a data folder, in a real browser too."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from selenium.webdriver import Keys

from index.build import rebuild
from index.opensearch.connection import Connection
from index.opensearch.publisher import OpenSearchPublisher
from index.store import DataFolder
from search.local import LocalEngine
from search.opensearch import OpenSearchEngine
from tests.cluster import Cluster, ask
from tests.web.browser.conftest import require_chromium
from tests.web.browser.doing import click, in_place, one, press, text, texts, until
from tests.web.browser.page_types import EVERY_PAGE
from tests.web.chromium import browsing, serving
from web.app import create_app

pytestmark = pytest.mark.cluster

RELEASE = "artiklar.2015.08.prisbasbeloppet-faststallt"
ANSWERS = (
    "/api/v1/search?q=myndighet&size=5&page=2",
    "/api/v1/search?q=%22regeringen+föreslår%22+-skatt&agency=trafikverket&from=2014&to=2020",
    "/api/v1/search?q=titel:uppdrag+OR+skol*&sort=oldest",
    "/api/v1/search?q=segergation",
    "/api/v1/suggest?q=reg",
    f"/api/v1/releases/{RELEASE}",
    f"/api/v1/releases/{RELEASE}/similar",
)
FILES = ("/export.csv?q=myndighet", "/export.jsonl?q=a&type=tal", "/feed.atom?q=skola", "/suggest.json?q=reg")


@pytest.fixture(scope="module")
def local(sample_data: Path) -> FlaskClient:
    return create_app(LocalEngine(sample_data)).test_client()


@pytest.fixture(scope="module")
def engine(cluster: Cluster, sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSearchEngine]:
    """The same releases, from the same archive, published in the cluster."""
    folder = tmp_path_factory.mktemp("published")
    shutil.copy(sample_data / "archive.sqlite", folder)
    connection = Connection(tuple(cluster.urls), name="samples", replicas=1, timeout=10.0)
    rebuild(DataFolder(folder), [], publishing=partial(OpenSearchPublisher, connection))
    yield OpenSearchEngine(connection)
    ask(f"{cluster.url(0)}/samples-*", "DELETE")


@pytest.fixture(scope="module")
def clustered(engine: OpenSearchEngine) -> FlaskClient:
    return create_app(engine).test_client()


def told(client: FlaskClient, address: str) -> tuple[int, str]:
    """What is answered, without the moments at which it was made."""
    answer = client.get(address)
    return answer.status_code, re.sub(r'<time datetime="[^"]*T[^"]*">[^<]*</time>', "<time>", answer.text)


@EVERY_PAGE
def test_every_page_is_the_same(local: FlaskClient, clustered: FlaskClient, address: str) -> None:
    assert told(clustered, address) == told(local, address)


def comparable(answer: Any) -> Any:
    """An answer of the API without its time, the name of what answered, and the scores, which are told to be near."""
    if isinstance(answer, dict):
        return {key: comparable(one) for key, one in answer.items() if key not in {"took_ms", "generation", "score"}}
    return [comparable(one) for one in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_of_the_api_is_the_same(local: FlaskClient, clustered: FlaskClient, address: str) -> None:
    expected, given = (client.get(address) for client in (local, clustered))
    assert given.status_code == expected.status_code == 200
    expected, given = json.loads(expected.data), json.loads(given.data)
    assert given.keys() == expected.keys()
    assert comparable(given) == comparable(expected)
    if "/search" in address and "sort=" not in address:
        scores = [[hit["score"] for hit in answer["hits"]] for answer in (given, expected)]
        assert scores[0] == pytest.approx(scores[1], rel=0.01)


@pytest.mark.parametrize("address", FILES)
def test_every_file_is_the_same(local: FlaskClient, clustered: FlaskClient, address: str) -> None:
    assert told(clustered, address) == told(local, address)


def test_a_reader_types_narrows_and_goes_back_in_a_browser(engine: OpenSearchEngine, tmp_path: Path) -> None:
    require_chromium()
    with serving(engine) as site, browsing(tmp_path, "--window-size=1280,1600", scripts=True) as browser:
        browser.get(site)
        one(browser, "#q").send_keys("naturv")
        until(browser, lambda: texts(browser, "#suggestions:not([hidden]) [role=option]"))
        assert texts(browser, "#suggestions [role=option]")[0].startswith("Naturvårdsverket Myndighet ")
        one(browser, "#q").clear()
        one(browser, "#q").send_keys("myndighet")
        with in_place(browser):
            press(browser, Keys.ENTER)
        found, second = text(browser, "h1"), "[aria-labelledby=facet-type] li:nth-child(2) a"
        promised = text(browser, f"{second} .count").split()[0]
        with in_place(browser):
            click(browser, second)
        assert text(browser, "h1").split()[0] == promised
        with in_place(browser):
            browser.back()
        assert text(browser, "h1") == found
        assert texts(browser, ".hits mark")
        assert not browser.get_log("browser")  # type: ignore[no-untyped-call]
