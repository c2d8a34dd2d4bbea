import pytest
from flask import url_for
from hypothesis import given
from hypothesis import strategies as st

from search.query import Filters, Query
from tests.web.fake import FakeEngine
from web import params, urls
from web.app import create_app
from web.i18n import languages

_APP = create_app(FakeEngine())


def test_addresses_carry_the_whole_search() -> None:
    query = Query("a&b ö", Filters.of(minister=["x", "y"]), page=2)
    with create_app(FakeEngine()).test_request_context():
        assert urls.search(query) == "/?q=a%26b+%C3%B6&minister=x&minister=y&page=2"
        assert urls.release("p.2018.ö", Query("a")) == "/releases/p.2018.%C3%B6?q=a"
        assert urls.api_search(Query()) == url_for("api.search") == "/api/v1/search"
        assert urls.api_search(query) == url_for("api.search", **params.to_args(query))


@given(st.text(min_size=1), st.text(), st.sampled_from(["", "/press", "/på väg"]), st.sampled_from(["/", "/en/"]))
def test_addresses_are_those_of_the_framework(part: str, text: str, mount: str, path: str) -> None:
    name, query = languages.BLUEPRINTS["en" if path == "/en/" else "sv"], Query(text, Filters.of(minister=["x", text]))
    with _APP.test_request_context(path, environ_overrides={"SCRIPT_NAME": mount.encode().decode("latin-1")}):
        args = params.to_args(query)
        assert urls.search(query) == url_for(f"{name}.search", **args)
        assert urls.release(part, query) == url_for(f"{name}.release", release_id=part, **args)
        assert urls.changes(part) == url_for(f"{name}.changes", release_id=part)
        assert urls.trends([text, part]) == url_for(f"{name}.trends", q=[text, part])


def test_addresses_work_below_a_mount_point() -> None:
    with create_app(FakeEngine()).test_request_context(base_url="http://example.org/press"):
        assert urls.search(Query("a")) == "/press/?q=a"
        assert urls.api_search(Query("a")) == "/press/api/v1/search?q=a"


@pytest.mark.parametrize("url", ["http://a.se/", "https://www.regeringen.se/x?y#z", "HTTPS://a.se"])
def test_the_web_is_a_place_to_go_to(url: str) -> None:
    assert urls.web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", " javascript:alert(1)", "JaVaScRiPt:x", "java\nscript:x", "data:text/html,x", "vbscript:x"),
        *("//a.se", "/x", "http:", "http://[", "ftp://a.se/"),
    ],
)
def test_everything_else_is_not(url: str | None) -> None:
    assert urls.web_address(url) is None


def test_a_host_as_people_say_it() -> None:
    assert urls.host_of("https://www.regeringen.se/x") == "regeringen.se"
