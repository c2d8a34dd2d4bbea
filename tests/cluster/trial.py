"""A data folder whose releases are published in a cluster, as the commands do it, and what the cluster has of it."""

import multiprocessing
import os
import signal
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from index.build import Publishing, Summary, rebuild, update
from index.document import Document, Version
from index.opensearch.catalog import Catalog, Published
from index.opensearch.connection import Connection
from index.opensearch.publisher import OpenSearchPublisher
from index.opensearch.transport import Punctual
from index.store import DataFolder
from search.opensearch import OpenSearchEngine
from tests.builders import NOW
from tests.cluster.places import ask
from tests.reliability.rounds import asked, write_round

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.reliability.warmed"])


@dataclass(frozen=True)
class Trial:
    """Writes one round after the other (:mod:`tests.reliability.rounds`)."""

    connection: Connection
    data: DataFolder
    patience: float = 60.0

    @property
    def publishing(self) -> Publishing:
        """What publishes the data folder."""
        return partial(OpenSearchPublisher, self.connection, patience=self.patience)

    def rebuild(self, number: int) -> Summary:
        """``pressok rebuild`` of a round."""
        return rebuild(self.data, [self._round(number, all_change=True)], publishing=self.publishing)

    def update(self, number: int) -> Summary:
        """``pressok update`` with a round, in which half of the releases change."""
        return update(self.data, [self._round(number, all_change=False)], publishing=self.publishing)

    def _round(self, number: int, *, all_change: bool) -> Path:
        return write_round(self.data.path.parent / "round.jsonl", number, all_change=all_change)

    def run_killed(self, command: str, number: int, step: int) -> bool:
        """Run a command in a process that is killed when it asks the cluster the so manieth time; whether it was."""
        process = _CONTEXT.Process(target=_run_killed, args=(self, command, number, step))
        process.start()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL), "it failed"
        return process.exitcode != 0

    def publish(
        self,
        documents: Iterable[Document],
        *,
        afresh: bool = True,
        gone: Iterable[str] = (),
        created: str = NOW,
        stand_ins: Mapping[str, str] | None = None,
        earlier: Mapping[str, Sequence[Version]] | None = None,
    ) -> str:
        """Publish documents that no archive has."""
        publisher = OpenSearchPublisher(self.connection, self.data, self.patience)
        publisher.begin(afresh=afresh)
        try:
            for one in documents:
                publisher.add(one, one.release.content_hash(), (earlier or {}).get(one.release.id, ()))
            for release_id in gone:
                publisher.remove(release_id)
            return publisher.publish(created, stand_ins or {})
        except BaseException:
            publisher.discard()
            raise

    @property
    def engine(self) -> OpenSearchEngine:
        """A new engine over what is published."""
        return OpenSearchEngine(self.connection)

    @property
    def round(self) -> int:
        """The round that a new engine answers from."""
        return asked(self.engine)

    @property
    def catalog(self) -> Catalog:
        """The indexes under the name."""
        return Catalog(self.connection)

    @property
    def published(self) -> Published:
        """What is published."""
        found = self.catalog.published()
        assert found
        return found

    @property
    def indexes(self) -> list[str]:
        """The numbers of the indexes under the name, and what stands beside them, in order."""
        return sorted(name.removeprefix(f"{self.connection.name}-") for name in self.catalog.numbers())

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        """What the first node that runs answers."""
        for url in self.connection.urls:
            try:
                return ask(f"{url}/{path}", method, body)[1]
            except ConnectionError:
                continue
        raise AssertionError("no node runs")

    def kept(self) -> dict[str, dict[str, Any]]:
        """Every document of the index that answers, by its id, with its version."""
        found = self.ask(f"{self.connection.name}/_search?size=1000&version=true&seq_no_primary_term=true")
        return {hit["_id"]: hit for hit in found["hits"]["hits"]}


def _run_killed(trial: Trial, command: str, number: int, step: int) -> None:
    # Requests of a few documents, so that there are several of them.
    import index.opensearch.bulk

    index.opensearch.bulk.BYTES = 20_000
    asked_before, done = Punctual.perform_request, 0

    def perform_request(*given: Any, **named: Any) -> Any:
        nonlocal done
        done += 1
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return asked_before(*given, **named)

    Punctual.perform_request = perform_request  # type: ignore[method-assign]
    trial.rebuild(number) if command == "rebuild" else trial.update(number)
