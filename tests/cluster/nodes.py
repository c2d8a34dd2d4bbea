"""Start, kill, pause and resume the nodes of a search cluster, each a process of its own."""

import contextlib
import http.client
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cluster.places import Place, ask, free_ports
from tests.cluster.server import ClusterError, command

RANK = {"red": 0, "yellow": 1, "green": 2}


class Cluster:
    """Nodes by number: the first ones hold data and may be cluster manager, the last ones may only coordinate.

    A node that is killed or stopped for a while is not waited for; all are ended when the cluster is closed, and end by
    themselves when the process that started them does.
    """

    def __init__(
        self,
        places: Sequence[Place],
        founders: int,
        heap: str,
        settings: Mapping[str, str] | None = None,
        jvm: Sequence[str] = (),
    ) -> None:
        self._places = tuple(places)
        self._settings = dict(settings or {})
        self._founders = self._places[:founders]
        self._heap, self._jvm = heap, tuple(jvm)
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._stopped: set[int] = set()

    @classmethod
    def start(
        cls,
        folder: Path,
        nodes: int = 3,
        heap: str = "384m",
        *,
        coordinating: int = 0,
        roles: str = "cluster_manager,data,ingest",
        ports: Sequence[int] = (),
        settings: Mapping[str, str] | None = None,
        jvm: Sequence[str] = (),
        timeout: float = 120,
    ) -> Self:
        """Start nodes with these roles and some that only coordinate; return when all have joined.

        folder gets their data and logs. heap is each node's, as -Xmx has it. ports are those for HTTP, free ones where
        none are given. settings are the server's, beside ours, and jvm the JVM's, after ours. timeout is in seconds.
        Raises ClusterError when something is missing or a node doesn't come up.
        """
        count = nodes + coordinating
        free = free_ports(2 * count, ports)
        https = [*ports[:count], *free[count + len(ports) :]]
        kinds = [roles] * nodes + [""] * coordinating
        places = [
            Place(f"node-{i}", folder.absolute() / f"node-{i}", https[i], free[i], kinds[i]) for i in range(count)
        ]
        for place in places:
            if place.folder.exists():
                raise ClusterError(f"{place.folder} is another cluster's, or was left by one: remove it first")
        cluster = cls(places, nodes, heap, settings, jvm)
        try:
            for i in range(count):
                cluster._run(i)
            cluster.wait("green", timeout)
        except BaseException:
            cluster.close()
            raise
        return cluster

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def urls(self) -> list[str]:
        """Every node's address, also of those that don't run."""
        return [place.url for place in self._places]

    @property
    def running(self) -> list[int]:
        """The numbers of the nodes that should answer: neither killed nor stopped for a while."""
        return [i for i in self._processes if i not in self._stopped]

    def url(self, i: int) -> str:
        """One node's address."""
        return self._places[i].url

    def pid(self, i: int) -> int:
        """The number of a node's process."""
        return self._processes[i].pid

    def _run(self, i: int) -> None:
        place = self._places[i]
        place.folder.mkdir(parents=True, exist_ok=True)
        line = command(place.settings(self._founders) | self._settings, self._heap, self._jvm)
        with place.log.open("ab") as log:
            # A session of its own: ctrl-C in a terminal is for us, who then end the nodes.
            self._processes[i] = subprocess.Popen(
                line, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, i: int) -> None:
        """End a node as a crash does: it can't say goodbye. Its data stays."""
        process = self._processes.pop(i)
        self._stopped.discard(i)
        process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()

    def start_again(self, i: int) -> None:
        """Start a killed node with the ports and the data that it had; wait() tells when it has joined."""
        if i in self._processes:
            raise ClusterError(f"node {i} runs: kill it first, or resume it")
        self._run(i)

    def stop_for_a_while(self, i: int) -> None:
        """Let a node hang: its connections stay open, nothing is answered."""
        self._processes[i].send_signal(signal.SIGSTOP)
        self._stopped.add(i)

    def resume(self, i: int) -> None:
        """Let a node that hangs go on; wait() tells when it has joined again."""
        self._processes[i].send_signal(signal.SIGCONT)
        self._stopped.discard(i)

    def mend(self) -> None:
        """Have every node run again, whatever was done to it, and return when all have joined and health is green."""
        for i in range(len(self._places)):
            if i not in self._processes:
                self.start_again(i)
            elif i in self._stopped:
                self.resume(i)
        self.wait("red")
        for patience in (1, 10, 20, 30):
            with contextlib.suppress(ClusterError):
                self.wait("green", patience)
                return
            self._place_at_once()
        self.wait("green")

    def _place_at_once(self) -> None:
        """Have missing copies made now that all nodes are here.

        By itself a cluster waits a minute for a node that may bring one back, even when it came back without, and gives
        up after a few failures; and it may have asked a node what it holds just when that was not ready to answer.
        """
        now = {"index.unassigned.node_left.delayed_timeout": "0"}
        ask(f"{self.url(0)}/_all/_settings?expand_wildcards=all", "PUT", now)
        ask(f"{self.url(0)}/_cluster/reroute?retry_failed=true", "POST")

    def wait(self, status: str = "green", timeout: float = 60) -> None:
        """Return when each running node says that just these have joined, and that health is status or better.

        timeout is in seconds. Raises ClusterError, with the last lines of a log, when that takes longer or when a node
        has ended by itself.
        """
        end = time.monotonic() + timeout
        while late := [i for i in self.running if not self._is_well(i, status)]:
            for i in self.running:
                if (code := self._processes[i].poll()) is not None:
                    self._fail(i, f"ended by itself with {code}")
            if time.monotonic() > end:
                self._fail(late[0], f"was not {status} with {len(self.running)} nodes after {timeout:g} s")
            time.sleep(0.1)

    def _is_well(self, i: int, status: str) -> bool:
        try:
            code, health = ask(f"{self.url(i)}/_cluster/health?local=true", timeout=5)
        except (OSError, http.client.HTTPException):
            return False
        joined = code == 200 and health["discovered_cluster_manager"] and health["number_of_nodes"] == len(self.running)
        return joined and RANK[health["status"]] >= RANK[status]

    def _fail(self, i: int, what: str) -> None:
        place = self._places[i]
        try:
            missing = ask(f"{self.url(i)}/_cluster/allocation/explain", timeout=5)[1]
        except (OSError, http.client.HTTPException):
            missing = "unknown: it does not answer"
        raise ClusterError(
            f"{place.name} {what}; a copy that is missing: {missing}\n"
            f"See {place.log}, which ends:\n{place.last_lines()}"
        )

    def close(self) -> None:
        """End every node and remove its data; the logs stay. May be called again."""
        for i in list(self._processes):
            self.kill(i)
        for place in self._places:
            shutil.rmtree(place.folder, ignore_errors=True)
