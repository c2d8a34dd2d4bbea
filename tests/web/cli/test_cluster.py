"""Every command, when something else than the data folder is what answers."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.index.shelf import Shelf, ShelfPublisher
from tests.web.cli.running import pressok
from tests.web.fake import FakeEngine


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch, data: Path) -> Shelf:
    """What stands for the cluster."""
    found = Shelf()

    def engine(connection: object) -> FakeEngine:
        return FakeEngine(tuple(document for _, document in (found.published or {}).values()))

    publisher = SimpleNamespace(OpenSearchPublisher=lambda connection, folder: ShelfPublisher(found))
    monkeypatch.setitem(sys.modules, "index.opensearch.publisher", publisher)
    monkeypatch.setitem(sys.modules, "search.opensearch", SimpleNamespace(OpenSearchEngine=engine))
    monkeypatch.setenv("PRESSOK_ENGINE", "opensearch")
    monkeypatch.setenv("PRESSOK_OPENSEARCH_URL", "http://node1:9200")
    monkeypatch.setenv("PRESSOK_DATA", str(data))
    return found


def test_releases_go_to_the_cluster_and_are_found_there(shelf: Shelf, data: Path, lines: Path) -> None:
    assert pressok("rebuild", lines).exit_code == 0
    assert shelf.titles == {"Möte om segregation", "Nya poliser"}
    assert json.loads(pressok("search", "--json", "segregation").stdout)["total"] == 1
    assert "Nya poliser" in pressok("search", "poliser").stdout
    assert len(pressok("export").stdout.splitlines()) == 2
    assert not (data / "CURRENT").exists()


def test_the_status_is_the_cluster_s(shelf: Shelf, lines: Path) -> None:
    pressok("rebuild", lines)
    told = json.loads(pressok("status", "--json").stdout)
    assert (told["releases"], told["up_to_date"]) == (2, True)
    assert "verified: it holds what the archive gives" in pressok("status", "--verify").stdout
    assert shelf.published
    shelf.published.popitem()
    result = pressok("status", "--verify")
    assert (result.exit_code, "Run 'pressok update'" in result.stderr) == (2, True)


def test_updates_and_forgetting_reach_the_cluster(shelf: Shelf, data: Path, lines: Path, tmp_path: Path) -> None:
    pressok("rebuild", lines)
    folder = tmp_path / "inkorg"
    folder.mkdir()
    (folder / "broar.txt").write_text("Pressmeddelande\nBroar ska byggas\nEn bro.", encoding="utf-8")
    assert pressok("update", folder).exit_code == 0
    (folder / "tunnlar.txt").write_text("Pressmeddelande\nTunnlar ska byggas\nEn tunnel.", encoding="utf-8")
    assert pressok("watch", folder, "--once", "--settled", "0.01").exit_code == 0
    assert len(shelf.titles) == 4
    assert pressok("forget", "a").exit_code == 0
    assert shelf.titles == {"Nya poliser", "Broar ska byggas", "Tunnlar ska byggas"}
    assert not (data / "CURRENT").exists()


def test_judgements_are_measured_by_what_the_cluster_finds(shelf: Shelf, lines: Path, tmp_path: Path) -> None:
    pressok("rebuild", lines)
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("query\tid\tgrade\nsegregation\ta\t3\n", encoding="utf-8")
    assert "nDCG@10, judged releases only: 1.000" in pressok("evaluate", qrels).stdout


def test_a_cluster_that_is_out_of_reach_is_told_in_one_line(shelf: Shelf, data: Path, lines: Path) -> None:
    shelf.is_reached = False
    result = pressok("rebuild", lines)
    assert (result.exit_code, result.stderr) == (2, "pressok: The shelf can't be reached.\n")
    assert not data.exists()


@pytest.mark.parametrize(
    ("step", "is_reached", "left"),
    [
        ("publish", True, "nothing was published"),
        ("publish", False, "the cluster does not say what is published"),
        ("note_update", True, "the index had been published already"),
    ],
)
def test_an_interruption_is_told_with_what_it_left(
    shelf: Shelf, lines: Path, monkeypatch: pytest.MonkeyPatch, step: str, is_reached: bool, left: str
) -> None:
    pressok("rebuild", lines)

    def interrupt(*_: object) -> None:
        shelf.is_reached = is_reached
        raise KeyboardInterrupt

    monkeypatch.setattr(ShelfPublisher, step, interrupt)
    result = pressok("rebuild", lines)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2,
        f"pressok: interrupted; {left}. Run it again to finish.",
    )


def test_a_cluster_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESSOK_ENGINE", "opensearch")
    result = pressok("search", "skola")
    assert (result.exit_code, "Set PRESSOK_OPENSEARCH_URL" in result.stderr) == (2, True)
