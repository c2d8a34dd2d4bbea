"""Run a cluster by hand until ctrl-C: python -m tests.cluster [--ports 9201 9202 9203] [--heap 512m] …"""

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.cluster.nodes import Cluster
from tests.cluster.server import ClusterError


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.cluster", description="Run a search cluster until ctrl-C.")
    parser.add_argument("--nodes", type=int, default=3, help="nodes that hold data (3)")
    parser.add_argument("--coordinating", type=int, default=0, help="further nodes that only coordinate (0)")
    parser.add_argument("--heap", default="384m", help="of each node (384m)")
    parser.add_argument("--ports", type=int, nargs="*", default=[], help="for HTTP (free ones)")
    parser.add_argument("--folder", type=Path, help="for data, which goes at the end, and logs (a temporary one)")
    return parser.parse_args()


def _resident(pid: int) -> str:
    """How much memory a process takes, as Linux tells it."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(line.split(maxsplit=1)[1] for line in status.splitlines() if line.startswith("VmRSS"))


def _run(told: argparse.Namespace, folder: Path) -> None:
    began = time.monotonic()
    with Cluster.start(folder, told.nodes, told.heap, coordinating=told.coordinating, ports=told.ports) as cluster:
        for i, url in enumerate(cluster.urls):
            print(f"{url}  process {cluster.pid(i)}, {_resident(cluster.pid(i))} resident")
        print(f"All joined after {time.monotonic() - began:.1f} s. Logs: {folder}. Ctrl-C ends them.", flush=True)
        signal.pause()


def main() -> None:
    """Start, tell the addresses, wait for ctrl-C or a polite end."""
    told = _arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tempfile.TemporaryDirectory() as spare:
            _run(told, told.folder or Path(spare))
    except KeyboardInterrupt:
        print("Ended.")
    except ClusterError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
