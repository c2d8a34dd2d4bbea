"""Where the nodes of a search cluster live, what they are told, and how they are asked."""

import http.client
import json
import random
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.cluster.server import ClusterError

PORTS = range(20000, 32000)  # below those that the system hands out by itself, so that a killed node's stay free

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
    # A request for a copy can be lost where a node is just coming up; the copy is asked for again after so long.
    "indices.recovery.recovery_activity_timeout": "5s",
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


def free_ports(count: int, taken: Sequence[int]) -> list[int]:
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
