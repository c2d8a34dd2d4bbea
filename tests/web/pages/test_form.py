import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.html import read


@pytest.mark.parametrize(
    ("address", "expected", "minister", "department"),
    [
        ("/", "/releases/_", "Minister", "Departement"),
        ("/help", "/releases/_", "Minister", "Departement"),
        ("/en/?q=uppdrag", "/en/releases/_", "Minister", "Ministry"),
    ],
)
def test_the_box_brings_what_suggestions_need_in_its_language(
    client: FlaskClient, address: str, expected: str, minister: str, department: str
) -> None:
    form = read(client.get(address).text).one("form", role="search")
    assert (form.attrs["data-suggest"], form.attrs["data-release"]) == ("/api/v1/suggest", expected)
    words: dict[str, Any] = json.loads(form.attrs["data-words"] or "")
    assert (words["kinds"]["minister"], words["kinds"]["department"]) == (minister, department)
    assert "phrase" not in words["kinds"], "what is only words is shown without a kind"
    assert "#" in words["many"] and "#" not in words["one"]
