from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.html import read

STATIC = Path(__file__).parent.parent.parent / "web" / "static"


def test_the_page_brings_its_own_style_script_and_icon(client: FlaskClient) -> None:
    page = read(client.get("/").text)
    named = [n.attrs["href"] or "" for n in page.all("link") if n.attrs["rel"] in ("stylesheet", "icon")]
    named += [n.attrs["src"] or "" for n in page.all("script")]
    assert len(named) >= 3
    for address in named:
        with client.get(address) as response:
            assert response.status_code == 200
            assert response.mimetype in ("text/css", "image/svg+xml", "text/javascript")
            assert "immutable" in response.headers["Cache-Control"]
            assert "no-cache" not in response.headers["Cache-Control"], "it would be asked for on every page"


def test_a_file_of_another_version_is_the_newest_but_not_to_be_kept(client: FlaskClient) -> None:
    with client.get("/static/old/css/base.css") as response:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/static/x/none.css", "/static/x/../app.py", "/static/x/%2e%2e/app.py"])
def test_nothing_else_is_given_out(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda p: p.name)
def test_a_style_asks_nothing_of_anyone_else(path: Path) -> None:
    assert "url(" not in path.read_text()
    assert "@import" not in path.read_text()
