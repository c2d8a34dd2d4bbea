"""docs/scale-out.md names what there is: services, files, settings, versions, permissions."""

import re
from pathlib import Path

import yaml

from search.opensearch import facets, matching, profile, similar
from tests.conftest import ROOT
from web.settings import TABLE

TEXT = (ROOT / "docs" / "scale-out.md").read_text(encoding="utf-8")
SERVICES = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
VALUED = {"--entrypoint", "-v"}  # options of `docker compose run` that take a value


def services_named() -> set[str]:
    """The services that the commands of the page run, build, start, stop or restart."""
    found = set()
    for kind, rest in re.findall(r"docker compose (run|build|up|stop|restart)\b([^`;|&\n]*)", TEXT):
        words = rest.replace("\\", "").split("#")[0].split()
        named = [word for n, word in enumerate(words) if word[0] != "-" and not (n and words[n - 1] in VALUED)]
        found |= set(named[:1] if kind == "run" else named)
    return found


def test_commands_name_services_that_there_are() -> None:
    assert {"web1", "node1", "update", "admin", "roles", "snapshots", "proxy"} <= services_named() <= SERVICES.keys()


def test_settings_and_files_are_there() -> None:
    # NODE_HEAP and the like are the file's own.
    assert {name for name in re.findall(r"PRESSOK_[A-Z_]+", TEXT) if name[-1] != "_"} <= {row.name for row in TABLE}
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    for name in re.findall(r"`(NODE_[A-Z]+)`", TEXT):
        assert f"${{{name}:-" in compose
    for name in re.findall(r"`((?:deploy|tests)/[\w./-]+)`", TEXT):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\(([\w./-]+)\)", TEXT):
        assert (ROOT / "docs" / name).exists(), name


def test_the_version_told_is_the_one_that_is_run() -> None:
    (told,) = re.findall(r"Tests run with ([\d.]+) on Java", TEXT)
    assert SERVICES["node1"]["image"] == f"opensearchproject/opensearch:{told}"


def test_every_permission_is_told() -> None:
    roles = yaml.safe_load((ROOT / "deploy" / "opensearch" / "roles.yml").read_text(encoding="utf-8"))
    rows = {row.split("|")[1].strip(" `"): row for row in TEXT.splitlines() if row.startswith("| `pressok-")}
    for name, row in rows.items():
        cluster, index = (re.findall(r"`([^`]+)`", cell) for cell in row.split("|")[3:5])
        assert cluster == roles[name]["cluster_permissions"]
        assert index == roles[name]["index_permissions"][0]["allowed_actions"]
    assert rows.keys() == roles.keys() - {"_meta"}


def test_the_numbers_told_are_those_of_the_code() -> None:
    steps = ", ".join(map(str, matching._DISTANCES[:-1]))
    assert f"the same in five steps ({steps} words, same section)" in TEXT
    assert len(matching._DISTANCES) == 5
    assert f"the {facets._MOST_SPEAKERS} with most" in TEXT
    assert f"its {similar._CANDIDATES} most promising ones" in TEXT
    assert f"the {profile._PROPOSED:,} that the cluster proposes" in TEXT


def test_who_moves_finds_the_page() -> None:
    for name in ("README.md", "docs/operations.md"):
        assert "scale-out.md" in (ROOT / name).read_text(encoding="utf-8")
    assert Path(ROOT / "docs" / "scale-out.md").is_file()
