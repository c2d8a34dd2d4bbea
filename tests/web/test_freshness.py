from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.page import Status
from tests.web.fake import FakeEngine, NoEngine

ClientOf = Callable[[Engine], FlaskClient]
TOLD = "Senaste dokument: 1 februari 2020. Uppdaterat 3 januari 2024."


@dataclass
class Updated(FakeEngine):
    """An engine whose sources were read at ``at``."""

    at: str | None = "2024-01-03T11:00:00Z"
    newest: str | None = "2020-02-01"

    def status(self) -> Status:
        return replace(super().status(), updated=self.at, newest=self.newest)


@pytest.mark.parametrize("address", ["/", "/?q=uppdrag", "/releases/p.span", "/help", "/nowhere"])
def test_every_page_says_how_fresh_it_is(client: FlaskClient, address: str) -> None:
    assert TOLD in client.get(address).text


def test_what_is_not_known_is_not_said(client_of: ClientOf) -> None:
    assert "Senaste dokument" not in client_of(Updated(newest=None)).get("/").text
    assert "Uppdaterat" not in client_of(NoEngine()).get("/").text


def test_the_status_says_how_fresh_it_is(client: FlaskClient) -> None:
    told = client.get("/api/v1/status").get_json()
    assert (told["newest"], told["updated"]) == ("2020-02-01", "2024-01-03T11:00:00Z")


@pytest.mark.parametrize(
    ("address", "at", "same"),
    [
        ("/", "2024-01-03T12:00:00Z", True),  # the page says the day
        ("/", "2024-01-04T11:00:00Z", False),
        ("/api/v1/status", "2024-01-03T12:00:00Z", False),  # the status says the time
    ],
)
def test_an_answer_that_says_it_was_updated_is_not_taken_for_the_one_before(
    client_of: ClientOf, address: str, at: str, same: bool
) -> None:
    engine = Updated()
    client = client_of(engine)
    tag = client.get(address).headers["ETag"]
    engine.at = at
    again = client.get(address, headers={"If-None-Match": tag})
    assert again.status_code == (304 if same else 200)
