import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.addresses import absolute, id_of_path, id_of_url, is_web, page_path


def test_the_id_is_the_path_with_dots() -> None:
    assert id_of_url("https://www.regeringen.se/artiklar/2018/04/en-nyhet/") == "artiklar.2018.04.en-nyhet"
    assert id_of_url("https://g0v.se/artiklar/2018/04/en-nyhet") == "artiklar.2018.04.en-nyhet"
    assert id_of_path("/artiklar/2018/04/strategi-2.0") == "artiklar.2018.04.strategi-2.0"


def test_the_id_at_another_site_carries_its_name() -> None:
    assert id_of_url("https://example.com/a/b?c=1") == "example.com.a.b-c-1"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:C:/x.pdf", "mailto:a@example.com", "http://[", ""])
def test_what_is_not_of_the_web_is_no_page(address: str) -> None:
    assert page_path(address) is None


def test_an_address_without_a_host_is_the_sites_own() -> None:
    assert absolute("/a/b c\n") == "https://www.regeringen.se/a/b%20c"
    assert absolute("http://example.com/å") == "http://example.com/å"
    assert absolute("data:text/plain,x") is None


@given(st.text(alphabet=st.sampled_from("ah:/?#.%å \\<") | st.characters(codec="utf-8"), max_size=30))
def test_every_absolute_address_is_one_of_the_web(text: str) -> None:
    url = absolute(text)

    assert url is None or is_web(url)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=400))
def test_an_id_never_has_a_slash_or_a_space(text: str) -> None:
    identity = id_of_path(text)

    assert len(identity) <= 300
    assert "/" not in identity
    assert not any(char.isspace() for char in identity)
