"""The systemd unit: what it shuts off, what systemd itself says of it, and that a read-only system is enough."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import document, publish
from tests.web.test_server import free_port, get, wait

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "deploy" / "pressok.service"


def settings(unit: Path = UNIT) -> dict[str, list[str]]:
    """The values of each setting of a unit, in order."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("User", "pressok"), ("NoNewPrivileges", "yes"), ("CapabilityBoundingSet", ""), ("PrivateUsers", "yes")),
        *(("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"), ("PrivateDevices", "yes")),
        *(("MemoryDenyWriteExecute", "yes"), ("RestrictNamespaces", "yes"), ("ProtectKernelTunables", "yes")),
        *(("SystemCallArchitectures", "native"), ("UMask", "0077")),
    ],
)
def test_the_unit_runs_without_privileges_on_a_read_only_system(name: str, value: str) -> None:
    assert settings()[name] == [value]


def test_nothing_can_be_written() -> None:
    assert not {"ReadWritePaths", "StateDirectory", "BindPaths", "RuntimeDirectory"} & settings().keys()


@pytest.mark.parametrize("name", ["User", "WorkingDirectory", "Environment", "EnvironmentFile"])
def test_it_reads_what_the_nightly_update_writes(name: str) -> None:
    assert settings()[name] == settings(UNIT.with_name("pressok-update.service"))[name]


def test_the_unit_waits_for_gunicorn_to_end() -> None:
    assert int(settings()["TimeoutStopSec"][0]) > 30  # web.server gives answers that long


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_finds_no_fault_with_it(tmp_path: Path) -> None:
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text(encoding="utf-8").replace("/srv/pressok/.venv/bin/pressok", sys.executable))
    checked = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    exposed = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(unit)]  # tenths, of 100 at worst
    assert subprocess.run(exposed, stdout=subprocess.DEVNULL, check=False).returncode == 0


READ_ONLY = [
    *("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"),
    'mount --bind "$0" "$0" && for m in / "$0"; do mount -o remount,bind,ro "$m"; done && ! touch "$0/x" && exec "$@"',
]


def can_mount() -> bool:
    """Whether this machine lets us see the file system otherwise than it is."""
    tried = [*READ_ONLY[:-1], "mount -o remount,bind,ro /"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="no mount namespaces here")
def test_it_serves_from_a_read_only_system(tmp_path: Path) -> None:
    publish(tmp_path, [document("a", title="Möte om segregation")])
    bind = f"127.0.0.1:{free_port()}"
    serve = [
        sys.executable,
        "-c",
        "from web.cli.main import main; main()",
        "serve",
        "--bind",
        bind,
        "--data",
        str(tmp_path),
    ]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PRESSOK_")}
    nowhere = subprocess.DEVNULL
    with subprocess.Popen([*READ_ONLY, str(tmp_path), *serve], stderr=nowhere, stdout=nowhere, env=clean) as process:
        try:
            wait(f"http://{bind}/healthz", process)
            assert "Möte om".encode() in get(f"http://{bind}/?q=segregation")
        finally:
            process.terminate()
            process.wait(20)
