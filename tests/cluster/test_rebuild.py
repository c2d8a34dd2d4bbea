"""A rebuild is seen whole or not at all, whatever becomes of it."""

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from index.errors import ClusterRefused, ClusterUnavailable, ForeignGeneration, PressokError, WriterBusy
from index.opensearch.bulk import Item, Sender
from index.opensearch.catalog import Catalog
from index.opensearch.publisher import OpenSearchPublisher
from search.local import LocalEngine
from search.query import Query, Sort
from tests.builders import document, publish
from tests.cluster import Cluster, ask
from tests.cluster.trial import Trial
from tests.reliability.rounds import asked
from tests.search.contract import DOCUMENTS, ids

pytestmark = pytest.mark.cluster
STRIDE = 1 if os.environ.get("FAULTS") == "all" else 4  # one run is killed at every so manieth of its requests


@contextmanager
def watching(trial: Trial) -> Iterator[tuple[list[int], set[int]]]:
    """Somebody who searches and looks at the alias all the while: the rounds of the answers, how many it stands for."""
    engine, rounds, stood_for, failed, done = trial.engine, [trial.round], set[int](), [], threading.Event()

    def look(what: Any) -> None:
        try:
            while not done.wait(0.01):
                what()
        except BaseException as error:
            failed.append(error)

    name = trial.connection.name
    threads = [
        threading.Thread(target=look, args=(lambda: rounds.append(asked(engine)),)),
        threading.Thread(target=look, args=(lambda: stood_for.add(len(trial.ask(f"{name}/_alias"))),)),
    ]
    for thread in threads:
        thread.start()
    try:
        yield rounds, stood_for
    finally:
        done.set()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]
    assert rounds == sorted(rounds), "a reader went back to an earlier index"


def test_readers_pass_from_one_whole_index_to_the_next(trial: Trial) -> None:
    trial.rebuild(1)
    with watching(trial) as (rounds, stood_for):
        for number in range(2, 6):
            trial.rebuild(number)
        while rounds[-1] < 5:  # what is new is looked for once a second
            threading.Event().wait(0.05)
    assert stood_for == {1}, "the alias is moved in one action"
    assert len(set(rounds)) > 2, "the reader saw next to nothing"


def test_what_answered_before_stays_until_the_next_run(trial: Trial) -> None:
    for number in (1, 2):
        trial.rebuild(number)
    assert trial.indexes == ["000001", "000001-about", "000002", "000002-about"]
    trial.rebuild(3)
    assert trial.indexes == ["000002", "000002-about", "000003", "000003-about"]
    assert trial.published.index.endswith("-000003")


def test_a_rebuild_killed_at_any_of_its_steps_leaves_whole_answers(trial: Trial) -> None:
    trial.rebuild(1)
    number = step = 1
    while trial.run_killed("rebuild", number + 1, step):
        assert trial.round in (1, *range(number, number + 2)), "it dies before it is published, or just after"
        number, step = number + 1, step + STRIDE
    assert trial.round == number + 1, "what said that it was done is there"
    print(f"rebuild: killed at {number - 1} of its {step - STRIDE} requests")
    assert step > 20
    trial.rebuild(number + 2)
    assert len(trial.indexes) == 4, "the next run removes what the killed ones left"


def test_what_a_killed_run_left_is_removed_by_the_next(trial: Trial) -> None:
    trial.rebuild(1)
    step = 12
    while len(trial.indexes) < 4:
        assert trial.run_killed("rebuild", 2, step)
        step += 1
    assert (trial.indexes[2:], trial.round) == (["000002", "000002-about"], 1)
    trial.update(3)
    assert trial.indexes == ["000001", "000001-about"]


def test_a_run_that_fails_leaves_nothing(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.rebuild(1)
    monkeypatch.setattr("index.opensearch.bulk.BYTES", 20_000)
    sent, usual = [0], Sender._once

    def fail_later(self: Sender, index: str, chunk: list[Item]) -> list[Item]:
        sent[0] += 1
        if sent[0] == 3:
            raise ZeroDivisionError
        return usual(self, index, chunk)

    monkeypatch.setattr(Sender, "_once", fail_later)
    with pytest.raises(ZeroDivisionError):
        trial.rebuild(2)
    assert (trial.indexes, trial.round) == (["000001", "000001-about"], 1)


def test_nothing_is_published_when_something_is_missing(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    trial.rebuild(1)
    usual = Sender.send

    def lose_one(self: Sender, index: str, items: Iterable[Item]) -> None:
        usual(self, index, list(items)[1:])

    monkeypatch.setattr(Sender, "send", lose_one)
    with pytest.raises(ClusterUnavailable, match=r"holds 11 releases instead of 12\. Run the command again"):
        trial.rebuild(2)
    assert (trial.indexes, trial.round) == (["000001", "000001-about"], 1)


def test_an_index_that_another_process_removed_is_not_published(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cluster makes an index by itself of what it is sent, in which nothing would be found."""
    trial.rebuild(1)
    usual = Sender.send

    def remove_first(self: Sender, index: str, items: Iterable[Item]) -> None:
        trial.ask(index, "DELETE")
        usual(self, index, items)

    monkeypatch.setattr(Sender, "send", remove_first)
    with pytest.raises(WriterBusy, match="another pressok process"):
        trial.rebuild(2)
    assert (trial.indexes, trial.round) == (["000001", "000001-about"], 1)


@pytest.mark.parametrize("silent", [False, True])
def test_when_only_the_answer_to_moving_the_alias_is_lost_the_new_index_answers(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, silent: bool
) -> None:
    """With ``silent`` the cluster can't say afterwards either: the run fails, and must not take away what answers."""
    from opensearchpy import ConnectionError as Lost
    from opensearchpy.client.indices import IndicesClient

    trial.rebuild(1)
    usual, moved = IndicesClient.update_aliases, []

    def lose_answer(self: IndicesClient, **given: Any) -> None:
        usual(self, **given)
        moved.append(True)
        raise Lost("N/A", "the node was killed", None)

    def say(self: Catalog) -> tuple[str, ...]:
        if moved and silent:
            raise ClusterUnavailable("No node of the cluster can be reached.")
        return tuple(sorted(self._answering()))

    with monkeypatch.context() as patched:
        patched.setattr(IndicesClient, "update_aliases", lose_answer)
        patched.setattr(Catalog, "answering", property(say))
        if silent:
            with pytest.raises(ClusterUnavailable):
                trial.rebuild(2)
        else:
            trial.rebuild(2)
    assert trial.round == 2


def test_what_another_program_made_is_refused_and_a_rebuild_takes_its_place(trial: Trial) -> None:
    name = trial.connection.name
    trial.rebuild(1)
    trial.ask(name + "-000001", "DELETE")
    trial.ask(f"{name}-theirs", "PUT", {"aliases": {name: {}}})
    with pytest.raises(ForeignGeneration, match=r"not made by this version .* Run 'pressok rebuild'"):
        trial.engine.search(Query("skolan"))
    trial.update(1)  # there is nothing that it could build upon
    assert (trial.round, trial.published.index) == (1, f"{name}-000001")
    assert f"{name}-theirs" in trial.ask(f"{name}-theirs"), "what is not ours stays"


def test_an_alias_of_two_indexes_is_refused_and_a_rebuild_mends_it(trial: Trial) -> None:
    trial.rebuild(1)
    trial.rebuild(2)
    name = trial.connection.name
    trial.ask("_aliases", "POST", {"actions": [{"add": {"index": f"{name}-000001", "alias": name}}]})
    with pytest.raises(ForeignGeneration, match="stands for several indexes"):
        trial.engine.search(Query("skolan"))
    trial.rebuild(3)
    assert (trial.round, trial.published.index) == (3, f"{name}-000003")


def test_an_index_where_the_alias_is_to_be_is_refused_before_anything_is_done(trial: Trial, cluster: Cluster) -> None:
    name = trial.connection.name
    trial.ask(f"{name}/_doc/1?refresh=true", "PUT", {"text": "Någon annans"})
    try:
        for ask_it in (lambda: trial.engine.search(Query("skolan")), lambda: trial.rebuild(1)):
            with pytest.raises(ClusterRefused, match=r"choose another name in PRESSOK_OPENSEARCH_INDEX"):
                ask_it()
        assert trial.indexes == []
        assert trial.ask(f"{name}/_count")["count"] == 1
    finally:
        ask(f"{cluster.url(0)}/{name}", "DELETE")


def test_a_publisher_says_what_is_published(trial: Trial) -> None:
    publisher = OpenSearchPublisher(trial.connection, trial.data)
    assert (publisher.is_published, publisher.is_ours, publisher.signature()) == (False, False, None)
    with pytest.raises(PressokError, match="Run 'pressok rebuild SOURCE…'"):
        publisher.counts()
    trial.rebuild(1)
    first = publisher.signature()
    assert (publisher.is_published, publisher.is_ours, publisher.counts()) == (True, True, {"releases": 12})
    trial.update(2)
    assert publisher.signature() not in (None, first)
    assert publisher.holds("r3") and not publisher.holds("r99")


def test_both_engines_find_the_same(trial: Trial) -> None:
    more = [document(f"m{n}", title=f"Skolor i län {n}", body="Polisen och skolan. " * n) for n in range(1, 30)]
    documents = [*DOCUMENTS, *more]
    trial.publish(documents)
    publish(trial.data.path, documents)
    cluster, local = trial.engine, LocalEngine(trial.data.path)
    for text in ("", "skolan", "polisen skolan", "segregation OR tåg", "minister:baylan", "citat:spår", '"i län"'):
        for sort in Sort:
            query = Query(text, sort=sort, size=50)
            assert ids(cluster.search(query)) == ids(local.search(query)), (text, sort)
            assert [d.release.id for d in cluster.export(query)] == [d.release.id for d in local.export(query)]
