"""An update writes what changed into the index that answers; whatever arrives late does no harm."""

import json
from dataclasses import replace
from typing import Any

import pytest

from index.build import forget, update
from index.document import Version
from index.errors import ClusterUnavailable
from index.opensearch.bulk import Sender, Writing
from index.opensearch.catalog import Catalog
from index.opensearch.publisher import version_of
from search.query import Query
from tests.builders import NOW, document, release
from tests.cluster.test_rebuild import STRIDE
from tests.cluster.trial import Trial
from tests.index.files_of_releases import write_lines, write_telling
from tests.reliability.rounds import CHANGED, RELEASES

pytestmark = pytest.mark.cluster
LATER = "2024-05-01T13:00:00Z"


def state(trial: Trial) -> dict[str, Any]:
    """For each document when it was written."""
    return {key: (hit["_version"], hit["_seq_no"]) for key, hit in trial.kept().items()}


def titles(trial: Trial, text: str = "") -> set[str]:
    return {hit.facts.title for hit in trial.engine.search(Query(text)).hits}


def test_only_what_changed_is_written_and_into_the_same_index(trial: Trial) -> None:
    trial.rebuild(0)
    before = state(trial)
    engine = trial.engine
    assert engine.search(Query("varv2")).total == 0
    summary = trial.update(2)
    assert (summary.written, summary.generation, trial.indexes) == (CHANGED, "000001.1", ["000001", "000001-about"])
    after = state(trial)
    assert len(after) == RELEASES
    assert {key for key in after if after[key] != before[key]} == {f"r{n}" for n in range(CHANGED)}
    assert trial.round == 2


def test_the_same_once_more_writes_nothing(trial: Trial) -> None:
    trial.rebuild(0)
    trial.update(2)
    before, published = state(trial), trial.published
    summary = trial.update(2)
    assert (summary.written, summary.generation) == (0, "")
    assert state(trial) == before
    assert replace(trial.published, updated=published.updated) == published
    assert trial.published.updated > published.updated, "that sources were read is told"


def test_an_update_killed_at_any_of_its_steps_leaves_each_release_whole(trial: Trial) -> None:
    """What it had written by then may be seen or not. The next one finishes what it left."""
    trial.rebuild(1)
    number = step = 1
    while trial.run_killed("update", number + 1, step):
        found = trial.engine.search(Query("skolan", size=RELEASES))
        seen = {hit.facts.id: int(hit.facts.title.removeprefix("Skolan varv")) for hit in found.hits}
        assert len(seen) == RELEASES and set(seen.values()) <= set(range(number + 2))
        number, step = number + 1, step + STRIDE
    assert trial.round == number + 1
    print(f"update: killed at {number - 1} of its {step - STRIDE} requests")
    assert step > 10


def test_a_late_message_never_takes_the_place_of_what_is_newer(trial: Trial) -> None:
    trial.publish([document("a", title="Gammal lydelse"), document("b", title="Ska utgå")])
    late = [
        Writing(key, version_of(NOW), json.dumps(hit["_source"]).encode()) for key, hit in sorted(trial.kept().items())
    ]
    trial.publish([document("a", title="Ny lydelse")], afresh=False, gone=["b"], created=LATER)
    Sender(trial.connection).send(trial.published.index, late)
    trial.ask(f"{trial.connection.name}/_refresh", "POST")
    assert titles(trial) == {"Ny lydelse"}
    assert trial.engine.get("b") is None, "what was erased stays erased"


def test_a_clock_that_goes_back_does_not_keep_an_update_out(trial: Trial) -> None:
    trial.publish([document("a", title="Första")], created=LATER)
    trial.publish([document("a", title="Andra")], afresh=False, created=NOW)
    assert titles(trial) == {"Andra"}
    trial.publish([], afresh=False, gone=["a"], created=NOW)
    assert titles(trial) == set()


def test_an_update_that_was_not_finished_is_finished_by_the_next(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything had been written by then, so that nothing is due, but nobody had been told."""
    data, paths = trial.data, [trial.data.path.parent / "a.jsonl"]
    write_lines(paths[0], "Skolan")
    update(data, paths, publishing=trial.publishing)
    engine = trial.engine
    assert engine.suggest("pol") == ()
    write_lines(paths[0], "Skolan", "Polisen växer")

    def fail(*_: object) -> None:
        raise ClusterUnavailable("No node of the cluster can be reached.")

    with monkeypatch.context() as patched, pytest.raises(ClusterUnavailable):
        patched.setattr(Catalog, "renew", fail)
        update(data, paths, publishing=trial.publishing)
    assert update(data, paths, publishing=trial.publishing).generation == "000001.1"
    assert [found.text for found in trial.engine.suggest("pol")]
    assert update(data, paths, publishing=trial.publishing).generation == "", "once is enough"


def test_an_update_can_erase_and_be_found_by_other_ids_and_keeps_earlier_versions(trial: Trial) -> None:
    first = Version(1, NOW, release("a", title="Förr"))
    trial.publish([document("a", title="Nu"), document("b")])
    name = trial.publish(
        [document("a", title="Nu igen")], afresh=False, gone=["b"], created=LATER,
        stand_ins={"a2": "a"}, earlier={"a": [first]},
    )  # fmt: skip
    engine = trial.engine
    assert (name, titles(trial)) == ("000001.1", {"Nu igen"})
    found = engine.get("a2")
    assert found and found.release.id == "a"
    assert engine.versions("a2")[0] == first
    assert engine.get("b") is None


def test_tellings_of_one_release_are_one(trial: Trial) -> None:
    sources = write_telling(trial.data, trial.data.path.parent)
    assert update(trial.data, sources, publishing=trial.publishing).indexed == 1
    (other,) = trial.catalog.stand_ins(trial.published)
    assert trial.engine.get(other) == trial.engine.get("r1") is not None


def test_what_is_forgotten_is_nowhere_in_the_cluster(trial: Trial) -> None:
    lines = write_lines(trial.data.path.parent / "a.jsonl", "Skolan", "Hemligheten")
    for _ in range(2):
        update(trial.data, [lines], publishing=trial.publishing)
        write_lines(lines, "Skolan växer", "Hemligheten")
    assert forget(trial.data, "r1", publishing=trial.publishing)
    assert trial.indexes == ["000002", "000002-about"]
    everything = trial.ask(f"{trial.connection.name}-*/_search?size=1000")
    assert everything["hits"]["total"]["value"] == 3 and "hemlig" not in json.dumps(everything).lower()
    assert "skolan" in json.dumps(everything).lower()
    vocabulary = trial.engine.suggest("hemlig")
    assert vocabulary == ()


def test_after_a_change_of_code_or_tables_everything_is_written_anew(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.rebuild(1)
    monkeypatch.setattr("index.opensearch.publisher.cluster_fingerprint", lambda: "another")
    summary = trial.update(2)
    assert (summary.written, summary.generation) == (RELEASES, "000002.0")
    assert trial.published.fingerprint == "another"


def test_however_many_releases_there_are_the_hash_of_each_is_read(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.rebuild(1)
    every = dict(trial.catalog.digests(trial.published))
    assert len(every) == RELEASES
    for page in (1, 5, RELEASES // 2, RELEASES):
        monkeypatch.setattr("index.opensearch.catalog._PAGE", page)
        assert dict(trial.catalog.digests(trial.published)) == every


def test_an_engine_that_is_open_sees_an_update_at_once(trial: Trial) -> None:
    trial.publish([document("a", title="Skolan", ministers=["Ett Ettsson"])])
    engine = trial.engine
    assert engine.search(Query("skolan")).total == 1
    trial.publish([document("b", title="Skolan igen", ministers=["Två Tvåsson"])], afresh=False, created=LATER)
    assert engine.search(Query("skolan")).total == 2
    profile = engine.profile("minister", "tva-tvasson")
    assert profile is not None and profile.releases == 1
