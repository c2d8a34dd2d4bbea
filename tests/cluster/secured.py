"""Two nodes with TLS and users: with the settings, users, roles and certificates that deploy/ gives its nodes."""

import http.client
import json
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.opensearch.connection import Connection
from tests.cluster.places import free_ports
from tests.cluster.server import ClusterError, command, security

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
NODES = ("node1", "node2")
ROLES = "_plugins/_security/api/roles"


@dataclass(frozen=True)
class Secured:
    """A cluster to which nobody comes without a certificate or a password.

    ``secrets`` has them; ``security`` is a folder with the users and roles that it began with.
    """

    secrets: Path
    security: Path
    ports: tuple[int, ...]

    def connection(self, user: str, **more: Any) -> Connection:
        """As whom Pressök asks it."""
        password = (self.secrets / f"{user}.password").read_text(encoding="ascii").strip()
        urls = tuple(f"https://localhost:{port}" for port in self.ports)
        return Connection(urls, user, password, self.secrets / "ca.pem", timeout=30.0, **more)

    def administer(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """The status and the JSON that the cluster answers to who has the administrator's certificate."""
        context = ssl.create_default_context(cafile=self.secrets / "ca.pem")
        context.load_cert_chain(self.secrets / "admin.pem", self.secrets / "admin.key")
        connection = http.client.HTTPSConnection("localhost", self.ports[0], timeout=30, context=context)
        sent = None if body is None else json.dumps(body)
        try:
            connection.request(method, f"/{path}", sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def _is_up(self) -> bool:
        try:
            status, health = self.administer("GET", "_cluster/health")
            roles, _ = self.administer("GET", ROLES)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            return False
        return (status, roles, status == 200 and health["number_of_nodes"]) == (200, 200, len(NODES))

    def wait(self, processes: list[subprocess.Popen[bytes]], logs: Path, timeout: float = 120) -> None:
        """Return when all nodes have joined and know the users. Raises ClusterError when that takes too long."""
        end = time.monotonic() + timeout
        while not self._is_up():
            if time.monotonic() > end or any(process.poll() is not None for process in processes):
                raise ClusterError(f"The nodes with TLS did not come up; see *.log in {logs}")
            time.sleep(0.2)


def _configure(home: Path, node: str, secrets: Path) -> None:
    """Lay out a node's folder config as deploy/compose.yaml does: over the plugin's own, which the image has."""
    config = home / "config"
    (config / "certs").mkdir(parents=True)
    shutil.copytree(security() / "config", config / "opensearch-security")
    shutil.copy(DEPLOY / "opensearch" / "opensearch.yml", config)
    for name, called in (("ca.pem", "ca.pem"), (f"{node}.pem", "node.pem"), (f"{node}.key", "node.key")):
        shutil.copy(secrets / name, config / "certs" / called)
    for source in (*(DEPLOY / "opensearch").glob("*.yml"), secrets / "internal_users.yml"):
        if source.name != "opensearch.yml":
            shutil.copy(source, config / "opensearch-security")


def _settings(home: Path, node: str, ports: list[int]) -> dict[str, str]:
    """What is otherwise here than in containers: one machine, and no memory to lock."""
    http_port, transport = ports[2 * NODES.index(node) :][:2]
    return {
        "path.home": str(home),
        "node.name": node,
        "network.host": "127.0.0.1",
        "http.port": str(http_port),
        "transport.port": str(transport),
        "discovery.seed_hosts": f"127.0.0.1:{ports[1]}",
        "cluster.initial_cluster_manager_nodes": NODES[0],
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "bootstrap.memory_lock": "false",
        "path.repo": str(home.parent / "snapshots"),
    }


@contextmanager
def secured(folder: Path) -> Iterator[Secured]:
    """Two nodes, with secrets made anew; they are ended afterwards. Raises ClusterError when they can't be had."""
    secrets = folder / "secrets"
    subprocess.run([DEPLOY / "secrets.sh", secrets], check=True, capture_output=True)
    ports = free_ports(2 * len(NODES), ())
    cluster = Secured(secrets, folder / NODES[0] / "config" / "opensearch-security", tuple(ports[::2]))
    with ExitStack() as ends:
        processes = []
        for node in NODES:
            _configure(folder / node, node, cluster.secrets)
            line = command(_settings(folder / node, node, ports), "384m", secured=True)
            log = ends.enter_context((folder / f"{node}.log").open("wb"))
            process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True)
            ends.enter_context(process)
            ends.callback(process.kill)
            processes.append(process)
        cluster.wait(processes, folder)
        yield cluster
