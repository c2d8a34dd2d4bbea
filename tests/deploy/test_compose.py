"""deploy/compose.yaml as far as it can be tried without a container engine."""

import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.conftest import ROOT
from web.settings import TABLE, Settings

DEPLOY = ROOT / "deploy"
TEXT = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NODES = ("node1", "node2", "node3")
OURS = ("web1", "web2", "update")
# Of https://github.com/compose-spec/compose-spec, those that this file has a use for; a slip of the pen is none.
KEYS = {
    *("name", "services", "networks", "volumes", "configs", "secrets"),
    *("image", "build", "command", "entrypoint", "environment", "profiles", "restart", "depends_on", "user"),
    *("networks", "network_mode", "ports", "volumes", "tmpfs", "configs", "secrets", "healthcheck", "logging"),
    *("cap_drop", "cap_add", "security_opt", "read_only", "pids_limit", "mem_limit", "ulimits", "stop_grace_period"),
}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secrets")
    subprocess.run([DEPLOY / "secrets.sh", folder], check=True, capture_output=True)
    return folder


def sources(service: dict[str, Any], kind: str) -> list[str]:
    """The names of what a service is given of a kind."""
    return [one if isinstance(one, str) else one["source"] for one in service.get(kind, ())]


def test_every_key_is_one() -> None:
    known = {key for key in COMPOSE if not key.startswith("x-")}
    assert known.union(*SERVICES.values()) <= KEYS


@pytest.mark.parametrize("kind", ["configs", "secrets", "networks"])
def test_what_services_are_given_is_declared_and_nothing_is_declared_in_vain(kind: str) -> None:
    given = {name for service in SERVICES.values() for name in sources(service, kind)}
    assert given == COMPOSE[kind].keys()


def test_volumes_are_declared() -> None:
    mounted = {one.split(":")[0] for service in SERVICES.values() for one in service.get("volumes", ())}
    assert mounted == COMPOSE["volumes"].keys()


def test_every_file_is_there_or_made_by_the_script(secrets: Path) -> None:
    for row in (*COMPOSE["configs"].values(), *COMPOSE["secrets"].values()):
        path = Path(row["file"])
        assert (secrets / path.name if path.parent.name == "secrets" else DEPLOY / path).is_file(), path


def test_no_secret_stands_in_the_file_and_none_in_an_environment() -> None:
    for service in SERVICES.values():
        assert not [name for name in service.get("environment", {}) if re.search("PASSWORD|TOKEN|SECRET", name)]
    assert {str(Path(row["file"]).parent) for row in COMPOSE["secrets"].values()} == {"secrets"}


def test_each_service_has_the_secrets_that_it_needs_and_no_other() -> None:
    own = {name: set(sources(service, "secrets")) for name, service in SERVICES.items()}
    assert own == {
        **{node: {"ca", f"{node}-certificate", f"{node}-key"} for node in NODES},
        **{name: {"ca", "pressok-web"} for name in ("web1", "web2")},
        **{name: {"ca", "admin-certificate", "admin-key"} for name in ("admin", "roles")},
        "update": {"ca", "pressok-update"},
        "proxy": {"proxy-certificate", "proxy-key"},
        "snapshots": set(),
    }


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_and_can_be_read(name: str, secrets: Path) -> None:
    told = {key: value for key, value in SERVICES[name]["environment"].items() if key != "TMPDIR"}
    assert told.keys() <= {row.name for row in TABLE}
    read = {key: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for key, value in told.items()}
    here = {"PRESSOK_OPENSEARCH_CA": str(secrets / "ca.pem"), "PRESSOK_URL": "https://pressok.example.org"}
    settings = Settings.from_env(read | here | {"PRESSOK_OPENSEARCH_PASSWORD": "hemligt"})
    assert settings.engine == "opensearch"
    assert settings.opensearch_url == tuple(f"https://{node}:9200" for node in NODES)
    assert settings.opensearch_user == next(one for one in sources(SERVICES[name], "secrets") if one != "ca")


@pytest.mark.parametrize("name", OURS)
def test_the_password_comes_from_its_file_and_arguments_stay_whole(name: str, tmp_path: Path) -> None:
    service = SERVICES[name]
    user = service["environment"]["PRESSOK_OPENSEARCH_USER"]
    (tmp_path / user).write_text("hemligt\n")
    program = tmp_path / "pressok"
    program.write_text('#!/bin/sh\necho "$PRESSOK_OPENSEARCH_PASSWORD" "$#" "$@"\n')
    program.chmod(0o700)
    line = [part.replace("$$", "$").replace("/run/secrets", str(tmp_path)) for part in service["entrypoint"]]
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "PRESSOK_OPENSEARCH_USER": user}
    said = subprocess.run([*line, "update", "a b"], env=environment, check=True, capture_output=True, text=True).stdout
    assert said == "hemligt 2 update a b\n"


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_has_privileges(name: str) -> None:
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service.get("cap_add", []) == (["CHOWN"] if name == "snapshots" else [])
    assert not service.keys() & {"privileged", "pid", "ipc", "devices"}
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert service.get("profiles") or {"healthcheck", "depends_on"} & service.keys()
    assert service.get("profiles") or {"mem_limit", "pids_limit"} <= service.keys()


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_what_faces_the_public_or_reads_sources_writes_nowhere_else(name: str) -> None:
    assert SERVICES[name]["read_only"]


def test_only_the_proxy_can_be_reached_and_only_who_fetches_reaches_out() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    networks = COMPOSE["networks"]
    open_ones = {name for name, row in networks.items() if not row.get("internal")}
    outside = {name for name, service in SERVICES.items() if open_ones & set(service.get("networks", ()))}
    assert outside == {"proxy", "update"}
    for node in NODES:
        assert SERVICES[node]["networks"] == ["nodes"]
    assert "nodes" not in SERVICES["proxy"]["networks"]


def test_the_servers_are_of_the_version_that_tests_run() -> None:
    space = "{http://maven.apache.org/POM/4.0.0}"
    pinned = {
        ElementTree.parse(ROOT / "tests" / "cluster" / name).findtext(f".//{space}dependency/{space}version")
        for name in ("pom.xml", "security.xml")
    }
    images = {row["image"] for row in SERVICES.values() if row["image"].startswith("opensearch")}
    assert len(pinned) == len(images) == 1
    (version,), (image,) = pinned, images
    assert image == f"opensearchproject/opensearch:{version.rpartition('.')[0]}"


def test_each_node_has_its_own_name_data_and_certificate() -> None:
    for node in NODES:
        service = SERVICES[node]
        assert service["environment"]["node.name"] == node
        assert f"{node}:/usr/share/opensearch/data" in service["volumes"]
        assert COMPOSE["secrets"][f"{node}-certificate"] == {"file": f"secrets/{node}.pem"}
    told = yaml.safe_load((DEPLOY / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    assert told["discovery.seed_hosts"] == told["cluster.initial_cluster_manager_nodes"] == list(NODES)


def test_nodes_find_what_they_are_told_where_they_are_told() -> None:
    told = yaml.safe_load((DEPLOY / "opensearch" / "opensearch.yml").read_text(encoding="utf-8"))
    files = {value for key, value in told.items() if key.endswith("_filepath")}
    given = {one["target"] for one in SERVICES["node1"]["secrets"]}
    assert {f"/usr/share/opensearch/config/{name}" for name in files} == given
    assert told["path.repo"] == [one.split(":")[1] for one in SERVICES["node1"]["volumes"] if "snapshots" in one]
