"""Start, kill, pause and resume the nodes of a search cluster, each a process of its own."""

import contextlib
import http.client
import json
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tests.cluster.server import ClusterError, command

PORTS = range(20000, 32000)  # below those that the system hands out by itself, so that a killed node's stay free
RANK = {"red": 0, "yellow": 1, "green": 2}

# A node that hangs is missed after two checks of a second each, a killed one at once: its connections break.
SETTINGS = {
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk is no matter of these tests
    "cluster.fault_detection.follower_check.interval": "500ms",
    "cluster.fault_detection.follower_check.timeout": "1s",
    "cluster.fault_detection.follower_check.retry_count": "2",
    "cluster.fault_detection.leader_check.interval": "500ms",
    "cluster.fault_detection.leader_check.timeout": "1s",
    "cluster.fault_detection.leader_check.retry_count": "2",
    "cluster.election.max_timeout": "2s",
    "cluster.publish.timeout": "2s",  # a new manager waits as long for the old one that hangs
    "cluster.nodes.reconnect_interval": "1s",
    "discovery.find_peers_interval": "500ms",
    "discovery.request_peers_timeout": "1s",
    "discovery.probe.connect_timeout": "1s",
    "discovery.probe.handshake_timeout": "1s",
}


def ask(url: str, method: str = "GET", body: object = None, timeout: float = 30) -> tuple[int, Any]:
    """The status and the JSON that a node answers; body, if any, is sent as JSON. No proxy is asked.

    Raises OSError or http.client.HTTPException when the node doesn't answer.
    """
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    try:
        sent = None if body is None else json.dumps(body)
        path = f"{parts.path or '/'}?{parts.query}"
        connection.request(method, path, sent, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None
    finally:
        connection.close()


def _free_ports(count: int, taken: Sequence[int]) -> list[int]:
    """As many ports as asked for that nobody listens on now, none of those taken."""
    free: list[int] = []
    candidates = [port for port in PORTS if port not in taken]
    random.shuffle(candidates)
    for port in candidates:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                free.append(port)
        if len(free) == count:
            return free
    raise ClusterError("no free ports on 127.0.0.1: end what listens there")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node lives, whether or not it runs: these stay when it is killed and started again."""

    name: str
    folder: Path
    http: int
    transport: int
    roles: str  # as node.roles has them; none means that it only coordinates

    @property
    def url(self) -> str:
        """The address for requests, without a slash at its end."""
        return f"http://127.0.0.1:{self.http}"

    @property
    def log(self) -> Path:
        """What the node prints; stays when its data is removed."""
        return self.folder.with_suffix(".log")

    def last_lines(self, count: int = 15) -> str:
        """The end of the log, without the frames of stack traces."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([line for line in lines if not line.startswith("\tat ")][-count:])

    def settings(self, founders: Sequence["Place"]) -> dict[str, str]:
        """What the server is told: who it is, and who makes up the cluster at first."""
        return SETTINGS | {
            "cluster.name": f"test-{founders[0].transport}",
            "cluster.initial_cluster_manager_nodes": ",".join(place.name for place in founders),
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{place.transport}" for place in founders),
            "node.name": self.name,
            "node.roles": self.roles,
            "path.home": str(self.folder),
            "http.port": str(self.http),
            "transport.port": str(self.transport),
        }


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
        free = _free_ports(2 * count, ports)
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
        with contextlib.suppress(OSError):  # what could not be placed several times is not tried again by itself
            ask(f"{self.url(0)}/_cluster/reroute?retry_failed=true", "POST")
        self.wait("green")

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
        raise ClusterError(f"{place.name} {what}; see {place.log}, which ends:\n{place.last_lines()}")

    def close(self) -> None:
        """End every node and remove its data; the logs stay. May be called again."""
        for i in list(self._processes):
            self.kill(i)
        for place in self._places:
            shutil.rmtree(place.folder, ignore_errors=True)
