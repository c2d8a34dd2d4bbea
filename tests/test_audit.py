"""What the audit of the locked packages says, and when it fails."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
VULNERABLE = {"name": "provpaket", "version": "1.0", "vulns": [{"id": "PYSEC-2020-1", "fix_versions": ["1.1"]}]}
SOUND = {"name": "annat", "version": "2.0", "vulns": []}
UNKNOWN = {"name": "eget", "skip_reason": "Dependency not found"}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.mark.parametrize(
    ("said", "status", "lines"),
    [
        (report(SOUND), 0, ["a.lock: no known vulnerabilities"]),
        (
            report(SOUND, VULNERABLE),
            1,
            ["a.lock: 1 known vulnerabilities", "provpaket 1.0: PYSEC-2020-1, mended in 1.1"],
        ),
        (
            report(SOUND, UNKNOWN),
            0,
            ["a.lock: no known vulnerabilities", "a.lock: not audited, because the database does not have them: eget"],
        ),
        ("", 0, ["a.lock: not audited, the database of vulnerabilities can't be reached"]),
    ],
)
def test_only_what_is_known_fails(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: str,
    status: int,
    lines: list[str],
) -> None:
    monkeypatch.setattr(audit, "LOCKS", ("a.lock",))
    monkeypatch.setattr(audit, "_report", lambda lock: said)

    assert audit.main() == status
    assert capsys.readouterr().out.splitlines() == lines


def test_every_lock_file_is_audited(audit: ModuleType) -> None:
    assert set(audit.LOCKS) == {path.name for path in ROOT.glob("*.lock")}
