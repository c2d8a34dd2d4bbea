"""The rules that hold the house up."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"index": {"index"}, "search": {"search", "index"}, "web": {"web", "search", "index"}}


def modules(part: str) -> list[Path]:
    return sorted((ROOT / part).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name of what is imported"
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_point_one_way(part: str) -> None:
    for path in modules(part):
        ours = set(imports(path)) & MAY_IMPORT.keys()
        assert ours <= MAY_IMPORT[part], f"{path.relative_to(ROOT)} imports {ours - MAY_IMPORT[part]}"


@pytest.mark.parametrize("part", ["index", "search"])
def test_only_web_knows_of_http_and_the_command_line(part: str) -> None:
    for path in modules(part):
        assert not set(imports(path)) & {"flask", "werkzeug", "jinja2", "gunicorn", "click"}, path.relative_to(ROOT)


def test_only_the_parts_for_a_cluster_import_its_client() -> None:
    for part in MAY_IMPORT:
        for path in modules(part):
            if path.relative_to(ROOT).parts[1] != "opensearch":
                assert not set(imports(path)) & {"opensearchpy", "urllib3", "requests"}, path.relative_to(ROOT)


def test_search_never_writes_to_an_index() -> None:
    for path in modules("search"):
        text = path.read_text(encoding="utf-8")
        assert ".writer(" not in text, path.relative_to(ROOT)
        assert "index.publisher" not in text, path.relative_to(ROOT)


def test_every_module_says_what_it_is_for() -> None:
    for part in MAY_IMPORT:
        for path in modules(part):
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.relative_to(ROOT)
