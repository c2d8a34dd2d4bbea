"""What deploy/secrets.sh makes: certificates that verify, random passwords, and nothing that others can read."""

import base64
import hashlib
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

SCRIPT = ROOT / "deploy" / "secrets.sh"
NODES = ("node1", "node2", "node3")
DAY = 24 * 60 * 60

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deploy") / "secrets"
    run(SCRIPT, folder)
    return folder


@pytest.mark.parametrize("name", [*NODES, "admin", "proxy"])
def test_each_certificate_is_of_our_authority_and_its_key_is_its_own(secrets: Path, name: str) -> None:
    run("openssl", "verify", "-CAfile", secrets / "ca.pem", secrets / f"{name}.pem")
    of_certificate = run("openssl", "x509", "-in", secrets / f"{name}.pem", "-noout", "-pubkey")
    assert of_certificate == run("openssl", "pkey", "-in", secrets / f"{name}.key", "-pubout")
    run("openssl", "x509", "-in", secrets / f"{name}.pem", "-noout", "-checkend", str(700 * DAY))


@pytest.mark.parametrize("node", NODES)
def test_a_node_is_called_by_its_name_and_is_server_and_client(secrets: Path, node: str) -> None:
    for purpose in ("sslserver", "sslclient"):
        verify = ("openssl", "verify", "-CAfile", secrets / "ca.pem", "-purpose", purpose)
        run(*verify, *(("-verify_hostname", node) if purpose == "sslserver" else ()), secrets / f"{node}.pem")
    with pytest.raises(subprocess.CalledProcessError):
        run("openssl", "verify", "-CAfile", secrets / "ca.pem", "-verify_hostname", "node9", secrets / f"{node}.pem")


@pytest.mark.parametrize("name", [*NODES, "admin"])
def test_names_are_those_that_the_nodes_are_told(secrets: Path, name: str) -> None:
    told = yaml.safe_load((ROOT / "deploy" / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    key = "plugins.security.authcz.admin_dn" if name == "admin" else "plugins.security.nodes_dn"
    subject = run("openssl", "x509", "-in", secrets / f"{name}.pem", "-noout", "-subject", "-nameopt", "RFC2253")
    assert subject.strip().removeprefix("subject=") in told[key]


def test_who_administers_is_no_server_and_the_authority_nobody_else(secrets: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        run("openssl", "verify", "-CAfile", secrets / "ca.pem", "-purpose", "sslserver", secrets / "admin.pem")
    assert "CA:TRUE, pathlen:0" in run("openssl", "x509", "-in", secrets / "ca.pem", "-noout", "-text")


def test_nobody_else_reads_them(secrets: Path) -> None:
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert stat.S_IMODE((secrets / "ca.key").stat().st_mode) == 0o600
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_passwords_are_random_and_the_nodes_know_their_hashes(secrets: Path, tmp_path: Path) -> None:
    users = yaml.safe_load((secrets / "internal_users.yml").read_text(encoding="utf-8"))
    assert users.keys() == {"_meta", "pressok-web", "pressok-update"}
    passwords = {user: (secrets / f"{user}.password").read_text().strip() for user in users if user != "_meta"}
    run(SCRIPT, tmp_path / "others")
    others = {(tmp_path / "others" / f"{user}.password").read_text().strip() for user in passwords}
    assert len({*passwords.values(), *others}) == 4
    for user, password in passwords.items():
        assert re.fullmatch("[0-9a-f]{64}", password)
        _, kind, told, salt, key = users[user]["hash"].split("$")
        count, bits = divmod(int(told), 1 << 32)
        made = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), count, bits // 8)
        assert (kind, base64.b64decode(key)) == ("3", made)


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def remove_certificate(folder: Path) -> None:
    (folder / "node2.pem").unlink()


def remove_password(folder: Path) -> None:
    (folder / "pressok-web.password").unlink()


def let_certificate_run_out(folder: Path) -> None:
    ends = ("openssl", "x509", "-in", folder / "node2.pem", "-signkey", folder / "node2.key", "-days", "30")
    run(*ends, "-out", folder / "node2.pem")


@pytest.mark.parametrize(
    ("change", "renewed"),
    [
        (lambda folder: None, set()),
        (remove_certificate, {"node2.pem", "node2.key"}),
        (remove_password, {"pressok-web.password", "internal_users.yml"}),
        (let_certificate_run_out, {"node2.pem", "node2.key"}),
    ],
)
def test_only_what_is_missing_or_runs_out_is_made_anew(
    secrets: Path, tmp_path: Path, change: Callable[[Path], None], renewed: set[str]
) -> None:
    folder = tmp_path / "secrets"
    shutil.copytree(secrets, folder)
    before = state(folder)
    change(folder)
    run(SCRIPT, folder)
    after = state(folder)
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} == renewed
    run("openssl", "verify", "-CAfile", folder / "ca.pem", folder / "node2.pem")
