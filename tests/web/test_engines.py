import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index.errors import SettingsError
from index.opensearch.connection import Connection
from index.publisher import WhooshPublisher
from index.store import DataFolder
from search.local import LocalEngine
from web.engines import connection_for, engine_for, publishing_for
from web.settings import Settings

CLUSTER = {"PRESSOK_ENGINE": "opensearch", "PRESSOK_OPENSEARCH_URL": "https://node1:9200,https://node2:9200"}


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the parts for a cluster are made of; they are put aside."""
    made: list[tuple[Any, ...]] = []

    def maker(name: str) -> Callable[..., None]:
        return lambda *given: made.append((name, *given))

    for module, name in (
        ("search.opensearch", "OpenSearchEngine"),
        ("index.opensearch.publisher", "OpenSearchPublisher"),
    ):
        monkeypatch.setitem(sys.modules, module, SimpleNamespace(**{name: maker(name)}))
    return made


def test_the_index_in_the_data_folder_answers_unless_told_otherwise(tmp_path: Path, told: list[Any]) -> None:
    settings = Settings(data=tmp_path)
    assert isinstance(engine_for(settings), LocalEngine)
    assert isinstance(publishing_for(settings)(DataFolder(tmp_path)), WhooshPublisher)
    assert not told


def test_a_cluster_answers_when_the_settings_say_so(tmp_path: Path, told: list[Any]) -> None:
    settings = Settings.from_env(CLUSTER | {"PRESSOK_DATA": str(tmp_path)})
    folder = DataFolder(tmp_path)
    engine_for(settings)
    publishing_for(settings)(folder)
    cluster = Connection(("https://node1:9200", "https://node2:9200"))
    assert told == [("OpenSearchEngine", cluster), ("OpenSearchPublisher", cluster, folder)]


def test_every_setting_of_the_cluster_reaches_it(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()
    more = {
        "PRESSOK_OPENSEARCH_USER": "pressok",
        "PRESSOK_OPENSEARCH_PASSWORD": "hem ligt",
        "PRESSOK_OPENSEARCH_CA": str(tmp_path / "ca.pem"),
        "PRESSOK_OPENSEARCH_INDEX": "press",
        "PRESSOK_OPENSEARCH_SHARDS": "3",
        "PRESSOK_OPENSEARCH_REPLICAS": "2",
        "PRESSOK_OPENSEARCH_TIMEOUT": "2.5",
    }
    assert connection_for(Settings.from_env(CLUSTER | more)) == Connection(
        urls=("https://node1:9200", "https://node2:9200"),
        user="pressok",
        password="hem ligt",
        ca=tmp_path / "ca.pem",
        name="press",
        shards=3,
        replicas=2,
        timeout=2.5,
    )


def test_by_default_the_connection_is_as_the_settings_say() -> None:
    assert connection_for(Settings.from_env(CLUSTER)) == Connection(Settings.from_env(CLUSTER).opensearch_url)
    with pytest.raises(SettingsError, match="Set PRESSOK_OPENSEARCH_URL"):
        connection_for(Settings())
