import json
from pathlib import Path

import pytest

from tests.builders import release
from tests.web.cli.running import BODY


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "releases.jsonl"
    rows = [
        release("a", title="Möte om segregation", body=BODY, published="2018-04", url="https://example.se/a"),
        release("b", title="Nya poliser", published="2022-06", url="https://example.se/b"),
    ]
    path.write_text("".join(json.dumps(row.to_dict()) + "\n" for row in rows), encoding="utf-8")
    return path
