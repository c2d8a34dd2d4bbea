"""Every fault of docs/reliability.md, in full: ``python -m bench.faults``.

The same tests run with the others, with fewer steps: here runs are killed at each of their steps on files, more sizes
of a full disk are tried, and more bits of the archive flipped. Takes ten minutes to half an hour.
"""

import os
import subprocess
import sys

from bench.corpus import ROOT


def main() -> int:
    """Run them and print their figures."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "tests/reliability"]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "FAULTS": "all"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
