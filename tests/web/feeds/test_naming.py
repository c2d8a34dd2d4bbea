import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.web.fake import FakeEngine
from web.app import create_app


@pytest.mark.parametrize(
    ("address", "plain", "full"),
    [
        ("/export.csv", "pressok.csv", "press%C3%B6k.csv"),
        ("/export.ris?q=skola&year=2017&page=2", "pressok-skola-2017.ris", "press%C3%B6k%20skola%202017.ris"),
        (
            "/export.jsonl?q=Å/..\\x:%22y%22%0d%0aZ",
            "pressok-a-x-y-z.jsonl",
            "press%C3%B6k%20%C3%85%20..%20x%20y%20Z.jsonl",
        ),
    ],
)
def test_a_file_is_named_after_the_search(client: FlaskClient, address: str, plain: str, full: str) -> None:
    told = client.get(address).headers["Content-Disposition"]
    assert told == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{full}"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=500), st.sampled_from(["csv", "jsonl", "ris"]))
def test_whatever_is_searched_for_there_is_a_name_for_the_file(text: str, form: str) -> None:
    told = create_app(FakeEngine()).test_client().get(f"/export.{form}", query_string={"q": text}).headers
    assert told["Content-Disposition"].isascii() and len(told["Content-Disposition"]) < 1200
