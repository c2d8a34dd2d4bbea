"""Compares what the lock files name with the public database of known vulnerabilities, by pip-audit.

Ends with 1 when something is known. Where the database can't be reached, or does not know a package, that is said and
is no failure: a change must be possible without a network, and on the day a vulnerability becomes known nothing that
was changed is the cause.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCKS = ("requirements.lock", "requirements-opensearch.lock", "requirements-dev.lock", "requirements-bench.lock")
_OPTIONS = ("--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off")
_PATIENCE = 300  # seconds


@dataclass(frozen=True, slots=True)
class Audit:
    """What is known of the packages in a lock file: a line for each vulnerability, and what could not be looked up."""

    lock: str
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    reached: bool = True

    def lines(self) -> Iterator[str]:
        """What to say of it."""
        if not self.reached:
            yield f"{self.lock}: not audited, the database of vulnerabilities can't be reached"
            return
        yield f"{self.lock}: {len(self.known) or 'no'} known vulnerabilities"
        yield from self.known
        if self.unknown:
            yield f"{self.lock}: not audited, because the database does not have them: {', '.join(self.unknown)}"


def read(lock: str, report: str) -> Audit:
    """What pip-audit's JSON says; it says nothing when it could not ask."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return Audit(lock, reached=False)
    found = [(package, one) for package in packages for one in package.get("vulns", ())]
    return Audit(
        lock,
        tuple(f"{p['name']} {p['version']}: {v['id']}, {_mended(v)}" for p, v in found),
        tuple(package["name"] for package in packages if "skip_reason" in package),
    )


def _mended(found: Mapping[str, Any]) -> str:
    return f"mended in {', '.join(found['fix_versions']) or 'no version'}"


def _report(lock: Path) -> str:
    command = [sys.executable, "-m", "pip_audit", *_OPTIONS, "--requirement", str(lock)]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False).stdout  # noqa: S603
    except subprocess.TimeoutExpired:
        return ""


def main() -> int:
    """Audit every lock file of the project; 1 when a vulnerability is known."""
    root = Path(__file__).parent.parent
    audits = [read(lock, _report(root / lock)) for lock in LOCKS]
    sys.stdout.writelines(f"{line}\n" for audit in audits for line in audit.lines())
    return int(any(audit.known for audit in audits))


if __name__ == "__main__":
    sys.exit(main())
