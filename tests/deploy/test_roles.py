"""The two roles of deploy/opensearch/roles.yml allow each call that the code makes.

Which permission a call takes is the table here; ``tests/cluster/test_secured.py`` holds it against real nodes, in which
the roles are enough and none of their permissions can be missed.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

SEARCH = "indices:data/read/search"
BULK = "indices:data/write/bulk"
CALLS = {
    "bulk": {BULK, f"{BULK}*", "indices:data/write/index", "indices:data/write/delete"},
    "create_pit": {"indices:data/read/point_in_time/create"},
    "delete_pit": {"indices:data/read/point_in_time/delete"},
    "exists": {"indices:data/read/get"},
    "get": {"indices:data/read/get"},
    "index": {"indices:data/write/index", BULK, f"{BULK}*"},
    "indices.create": {"indices:admin/create"},
    "indices.delete": {"indices:admin/delete"},
    "indices.get": {"indices:admin/get"},
    "indices.get_mapping": {"indices:admin/mappings/get"},
    "indices.put_mapping": {"indices:admin/mapping/put"},
    "indices.refresh": {"indices:admin/refresh*"},
    "indices.update_aliases": {"indices:admin/aliases"},
    "msearch": {"indices:data/read/msearch", SEARCH},
    "search": {SEARCH},
}
READS = {"search/opensearch": {"_published", "_answering", "lexicon", "stand_ins", "_told", "published", "answering"}}
"""What search/opensearch takes of the catalog, which lies in index/opensearch: these methods only read."""


def calls(folder: str) -> Iterator[tuple[Path, str, str]]:
    """Every method that is called of a client of opensearch-py: file, function and method (``indices.create``)."""
    for path in sorted((ROOT / folder).glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from ((path, function.name, method) for method in methods(function))


def methods(function: ast.FunctionDef) -> Iterator[str]:
    """What is called as ``client.X``, ``self._client(…).X`` or ``self.connection.client(…).X``."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names, root = [], node.func
            while isinstance(root, ast.Attribute):
                names.append(root.attr)
                root = root.value  # type: ignore[assignment]
            is_made = isinstance(root, ast.Call) and ast.unparse(root.func).endswith((".client", "._client"))
            if is_made or (isinstance(root, ast.Name) and root.id == "client"):
                yield ".".join(reversed(names))


@cache
def role(name: str) -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "deploy/opensearch/roles.yml").read_text(encoding="utf-8"))
    return told[name]


def allowed(*names: str) -> set[str]:
    return {
        action
        for name in names
        for rows in (
            role(name)["cluster_permissions"],
            *(row["allowed_actions"] for row in role(name)["index_permissions"]),
        )
        for action in rows
    }


INDEXING, ANSWERING = list(calls("index/opensearch")), list(calls("search/opensearch"))


def test_calls_are_found() -> None:
    assert {"indices.create", "bulk", "indices.update_aliases"} <= {method for _, _, method in INDEXING}
    assert {"search", "msearch", "create_pit", "delete_pit", "get"} == {method for _, _, method in ANSWERING}


@pytest.mark.parametrize("method", sorted({method for _, _, method in (*INDEXING, *ANSWERING)}))
def test_every_call_is_in_the_table_and_who_indexes_may_make_it(method: str) -> None:
    assert method in CALLS, "say in CALLS which permissions it takes, and allow them in deploy/opensearch/roles.yml"
    assert CALLS[method] <= allowed("pressok-reads", "pressok-writes")


def test_who_answers_may_do_what_answering_takes() -> None:
    read = {method for _, function, method in INDEXING if function in READS["search/opensearch"]}
    assert read == {"indices.get_mapping", "get"}
    for method in {method for _, _, method in ANSWERING} | read:
        assert CALLS[method] <= allowed("pressok-reads"), method


def test_nothing_is_allowed_that_no_call_takes() -> None:
    assert allowed("pressok-reads", "pressok-writes") == set().union(*CALLS.values())
    assert set(CALLS) == {method for _, _, method in (*INDEXING, *ANSWERING)}


@pytest.mark.parametrize("name", ["pressok-reads", "pressok-writes"])
def test_only_our_indexes_are_meant(name: str) -> None:
    assert [row["index_patterns"] for row in role(name)["index_permissions"]] == [["pressok", "pressok-*"]]
    assert not any("*" in action.removesuffix("*") for action in allowed(name))


def test_each_user_has_its_roles_and_nobody_else_has_any() -> None:
    mapping = yaml.safe_load((ROOT / "deploy/opensearch/roles_mapping.yml").read_text(encoding="utf-8"))
    users = {name: row["users"] for name, row in mapping.items() if name != "_meta"}
    assert users == {"pressok-reads": ["pressok-web", "pressok-update"], "pressok-writes": ["pressok-update"]}
