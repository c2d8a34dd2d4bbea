"""What deploy/ gives a cluster – certificates, users, roles – is enough for Pressök, and no more than it needs."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.errors import ClusterRefused, PressokError
from index.opensearch.bulk import Sender, Writing
from index.opensearch.connection import Connection, translated
from index.opensearch.publisher import OpenSearchPublisher
from index.store import DataFolder
from search.opensearch import OpenSearchEngine
from search.query import Query
from tests.builders import NOW, document, month
from tests.cluster.secured import DEPLOY, ROLES, Secured, secured
from tests.cluster.server import security_tool

pytestmark = pytest.mark.cluster
LATER = "2024-05-02T12:00:00Z"
DECLARED: dict[str, Any] = yaml.safe_load((DEPLOY / "opensearch" / "roles.yml").read_text(encoding="utf-8"))
BODY = "Anna Ek säger: Mer vatten i sjön. Det gäller segregation och vattenbruk."


RELEASES = tuple(
    document(
        f"a{n}",
        title="Möte om segregation",
        body=BODY,
        span=month(2016, n + 1),
        ministers=["Anna Ek"],
        agencies=["Sjöverket"],
        quotes=[("Anna Ek", "Mer vatten i sjön.")],
    )
    for n in range(4)
)


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    with secured(tmp_path_factory.mktemp("secured")) as started:
        yield started


def index_all(writer: Connection, folder: Path) -> None:
    """A rebuild, another one, and an update that changes a release and removes one."""
    for time, afresh in ((NOW, True), (NOW, True), (LATER, False)):
        publisher = OpenSearchPublisher(writer, DataFolder(folder))
        try:
            index(publisher, time, afresh=afresh)
        finally:
            publisher.discard()


def index(publisher: OpenSearchPublisher, time: str, *, afresh: bool) -> None:
    publisher.begin(afresh=afresh)
    for one in RELEASES if afresh else RELEASES[:1]:
        publisher.add(one, one.release.content_hash() + time, ())
    if not afresh:
        publisher.remove("a3")
    publisher.publish(time, {})
    publisher.note_update(time)
    publisher.remove_old()
    assert publisher.holds("a0")


def ask_all(reader: Connection) -> None:
    """What an engine is asked."""
    engine = OpenSearchEngine(reader)
    engine.prepare()
    assert engine.search(Query("segregation citat:vatten")).total == 3
    assert engine.get("a0")
    assert engine.similar("a0")
    related = engine.related("a1")
    assert related
    assert related.later or related.earlier
    assert engine.profile("minister", "anna-ek")
    assert len(list(engine.export(Query("")))) == 3
    assert engine.suggest("segr")


def everything(secure: Secured, folder: Path, name: str = "pressok") -> None:
    index_all(secure.connection("pressok-update", shards=2, name=name), folder)
    ask_all(secure.connection("pressok-web", name=name))


def test_one_user_indexes_another_answers_and_no_view_stays_open(secure: Secured, tmp_path: Path) -> None:
    everything(secure, tmp_path)
    _, nodes = secure.administer("GET", "_nodes/stats/indices/search")
    views = [node["indices"]["search"]["point_in_time_current"] for node in nodes["nodes"].values()]
    assert views == [0, 0]
    assert secure.administer("GET", "_cluster/health")[1]["status"] == "green"


PERMISSIONS = [
    (role, where, action)
    for role in ("pressok-reads", "pressok-writes")
    for where, actions in (
        ("cluster", DECLARED[role]["cluster_permissions"]),
        ("index", DECLARED[role]["index_permissions"][0]["allowed_actions"]),
    )
    for action in actions
    # Without this one nothing fails, but views stay open, as the test above would see.
    if action != "indices:data/read/point_in_time/delete"
]


def without(role: str, where: str, action: str) -> dict[str, Any]:
    """A role that lacks one permission."""
    told = {key: value for key, value in DECLARED[role].items() if key != "reserved"}
    (rows,) = told["index_permissions"]
    cluster = [one for one in told["cluster_permissions"] if (where, one) != ("cluster", action)]
    actions = [one for one in rows["allowed_actions"] if (where, one) != ("index", action)]
    return {"cluster_permissions": cluster, "index_permissions": [{**rows, "allowed_actions": actions}]}


@pytest.mark.parametrize(("role", "where", "action"), PERMISSIONS)
def test_each_permission_is_needed(secure: Secured, tmp_path: Path, role: str, where: str, action: str) -> None:
    name = "pressok-" + "".join(letter for letter in action if letter.isalpha())
    try:
        assert secure.administer("PUT", f"{ROLES}/{role}", without(role, where, action))[0] == 200
        with pytest.raises((PressokError, AssertionError)):
            everything(secure, tmp_path, name)
    finally:
        assert secure.administer("PUT", f"{ROLES}/{role}", without(role, "", ""))[0] == 200


@pytest.mark.parametrize(
    ("user", "method", "path"),
    [
        ("pressok-web", "DELETE", "/pressok-000001"),
        ("pressok-web", "PUT", "/pressok-000009"),
        ("pressok-web", "POST", "/pressok/_doc"),
        ("pressok-web", "POST", "/pressok/_close"),
        ("pressok-web", "GET", "/*/_search"),
        *((user, "PUT", "/other") for user in ("pressok-web", "pressok-update")),
        *((user, "GET", "/.opendistro_security/_search") for user in ("pressok-web", "pressok-update")),
        *((user, "PUT", "/_cluster/settings") for user in ("pressok-web", "pressok-update")),
        *((user, "GET", "/_snapshot") for user in ("pressok-web", "pressok-update")),
        *((user, "GET", f"/{ROLES}") for user in ("pressok-web", "pressok-update")),
    ],
)
def test_what_else_they_ask_is_refused(secure: Secured, user: str, method: str, path: str) -> None:
    bodies = {"/pressok/_doc": {"id": "a"}, "/_cluster/settings": {"transient": {"cluster.max_shards_per_node": 1}}}
    with pytest.raises(ClusterRefused, match="may not do this"), translated():
        secure.connection(user).client().transport.perform_request(method, path, body=bodies.get(path))


def test_a_wrong_password_is_told(secure: Secured) -> None:
    stranger = replace(secure.connection("pressok-web"), password="fel")
    with pytest.raises(ClusterRefused, match="does not know PRESSOK_OPENSEARCH_USER"), translated():
        stranger.client().indices.get_mapping(index="pressok")


def test_an_unknown_authority_is_told(secure: Secured) -> None:
    with pytest.raises(ClusterRefused, match="PRESSOK_OPENSEARCH_CA"), translated():
        replace(secure.connection("pressok-web"), ca=None).client().indices.get_mapping(index="pressok")


def test_what_is_late_makes_no_index(secure: Secured) -> None:
    with pytest.raises(PressokError):
        Sender(secure.connection("pressok-update")).send("pressok-000000", [Writing("a", 1, b'{"id": "a"}')])
    assert secure.administer("HEAD", "pressok-000000")[0] == 404


def test_what_was_snapshotted_can_be_put_back(secure: Secured, tmp_path: Path) -> None:
    name = "pressok-kept"
    index_all(secure.connection("pressok-update", name=name), tmp_path)
    kept = {"indices": f"{name}-*", "include_global_state": False}
    location = {"type": "fs", "settings": {"location": "pressok"}}
    assert secure.administer("PUT", "_snapshot/pressok", location)[0] == 200
    status, made = secure.administer("PUT", "_snapshot/pressok/one?wait_for_completion=true", kept)
    assert (status, made["snapshot"]["state"]) == (200, "SUCCESS")
    assert secure.administer("DELETE", f"{name}-000002,{name}-000002-about")[0] == 200
    assert secure.administer("POST", "_snapshot/pressok/one/_restore?wait_for_completion=true", kept)[0] == 200
    ask_all(secure.connection("pressok-web", name=name))


def test_changed_files_are_told_to_a_cluster_as_compose_does_it(secure: Secured, tmp_path: Path) -> None:
    told = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["roles"]["command"]
    folder = tmp_path / "security"
    shutil.copytree(secure.security, folder)
    (folder / "roles.yml").write_text("_meta: {type: roles, config_version: 2}\n", encoding="utf-8")
    there = {
        "--hostname=node1": "--hostname=localhost",
        "--configdir=config/opensearch-security": f"--configdir={folder}",
        "/run/secrets/ca": str(secure.secrets / "ca.pem"),
        "/run/secrets/admin-certificate": str(secure.secrets / "admin.pem"),
        "/run/secrets/admin-key": str(secure.secrets / "admin.key"),
    }
    arguments = [there.get(one, one) for one in told] + [f"--port={secure.ports[0]}"]
    try:
        subprocess.run(security_tool("SecurityAdmin", *arguments), check=True, capture_output=True)
        with pytest.raises(ClusterRefused), translated():
            secure.connection("pressok-web").client().indices.get_mapping(index="pressok")
    finally:
        arguments[1] = f"--configdir={secure.security}"
        subprocess.run(security_tool("SecurityAdmin", *arguments), check=True, capture_output=True)
    ask_all(secure.connection("pressok-web"))
