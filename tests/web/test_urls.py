import pytest
from flask import url_for

from search.query import Filters, Query
from tests.web.fake import FakeEngine
from web import params, urls
from web.app import create_app


def test_addresses_carry_the_whole_search() -> None:
    query = Query("a&b ö", Filters.of(minister=["x", "y"]), page=2)
    with create_app(FakeEngine()).test_request_context():
        assert urls.search(query) == "/?q=a%26b+%C3%B6&minister=x&minister=y&page=2"
        assert urls.release("p.2018.ö", Query("a")) == "/releases/p.2018.%C3%B6?q=a"
        assert urls.api_search(Query()) == url_for("api.search") == "/api/v1/search"
        assert urls.api_search(query) == url_for("api.search", **params.to_args(query))


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
