from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from index.annotations import DateSpan, Entity
from search.engine import Engine
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.html import read
from web.pages import offices


def day(year: int, month: int) -> DateSpan:
    return DateSpan(date(year, month, 1), date(year, month, 1), "day")


@pytest.mark.parametrize(
    ("key", "span", "office"),
    [
        ("magdalena-andersson", day(2016, 5), "finansminister"),
        ("magdalena-andersson", day(2022, 5), "statsminister"),
        ("magdalena-andersson", day(2010, 5), ""),
        ("magdalena-andersson", None, ""),
        ("ebba-busch", day(2023, 5), "energi- och näringsminister"),
        ("ibrahim-baylan", day(2021, 10), "näringsminister"),  # and acting minister for rural affairs
        ("nobody", day(2023, 5), ""),
    ],
)
def test_the_office_is_the_one_held_at_the_time(key: str, span: DateSpan | None, office: str) -> None:
    assert offices.then(key, span) == office


def test_the_latest_office_comes_with_its_term() -> None:
    assert offices.latest("magdalena-andersson") == "statsminister 2021–2022"
    assert offices.latest("nobody") == ""


def test_facets_hits_and_releases_tell_a_minister_s_office(client_of: Callable[[Engine], FlaskClient]) -> None:
    minister = Entity("magdalena-andersson", "Magdalena Andersson")
    first = DOCUMENTS[0]
    told = replace(first, annotations=replace(first.annotations, ministers=(minister,), span=day(2016, 5)))
    client = client_of(FakeEngine((told,)))
    page = read(client.get("/").text)
    assert "Magdalena Andersson (finansminister)" in page.one("article").text
    assert (
        "Magdalena Andersson statsminister 2021–2022"
        in page.one("section", **{"aria-labelledby": "facet-minister"}).text
    )
    release = read(client.get(f"/releases/{first.release.id}").text)
    assert "Magdalena Andersson (finansminister)" in release.text
