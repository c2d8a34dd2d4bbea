"""A real search cluster for tests: some nodes, each a process of its own, on this machine's loopback alone.

`python -m tests.cluster` starts one by hand; the fixture `cluster` gives one to tests. Needs a JDK and Maven.
"""

from tests.cluster.nodes import Cluster
from tests.cluster.places import ask
from tests.cluster.server import ClusterError

__all__ = ["Cluster", "ClusterError", "ask"]
