import csv
import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document
from index.sources.items import Found
from index.sources.jsonlines import read as read_lines
from search.engine import Engine
from search.local import LocalEngine
from tests import builders
from tests.web.fake import DOCUMENTS, FakeEngine, NoEngine
from tests.web.html import read
from web.app import create_app
from web.feeds.exports import csv_rows

ClientOf = Callable[[Engine], FlaskClient]
FORMS = ("csv", "jsonl", "ris")


def rows(data: bytes, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_table_has_a_row_for_each_release(client: FlaskClient) -> None:
    response = client.get("/export.csv?q=bostad")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    head, row = rows(response.data)
    assert head[:6] == ["id", "typ", "titel", "första dag", "sista dag", "noggrannhet"]
    assert row == [
        *("p.2018.bostad", "pressmeddelande", "Uppdrag om bostad", "2018-04-12", "2018-04-12", "day"),
        *("Finansdepartementet", "Test Testsson", "Boverket | Skolverket | Trafikverket | Naturvardsverket | Sida", ""),
        *("Det handlar om bostad.", "https://www.regeringen.se/p.2018.bostad/"),
    ]
    assert [r[3:6] for r in rows(client.get("/export.csv?q=titel").data)[1:]] == [["", "", ""]]


def test_a_spreadsheet_of_the_pages_language_opens_it(client: FlaskClient) -> None:
    swedish, english = client.get("/export.csv").data, client.get("/en/export.csv").data
    assert swedish.startswith(b'\xef\xbb\xbf"id";"typ";') and swedish.endswith(b'"\r\n')
    assert english.startswith(b'\xef\xbb\xbf"id","')
    assert rows(english, ",")[1:] == rows(swedish)[1:]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1", "\r=1", " \n=1", "＝1", "－1"])
def test_no_cell_is_computed(client_of: ClientOf, text: str) -> None:
    release = replace(DOCUMENTS[0].release, title=text, summary=text)
    row = rows(client_of(FakeEngine((replace(DOCUMENTS[0], release=release),))).get("/export.csv").data)[1]
    assert row[2] == row[10] == f"'{text.strip()}"


@given(st.text(), st.text(), st.sampled_from(";,"))
def test_whatever_a_release_holds_a_row_has_its_cells(title: str, summary: str, delimiter: str) -> None:
    document = replace(DOCUMENTS[0], release=replace(DOCUMENTS[0].release, title=title, summary=summary))
    written = "".join(csv_rows(["id"], [document, document], delimiter)).encode()
    _, one, other = rows(written, delimiter)
    assert one == other and len(one) == 12
    assert one[2].removeprefix("'").split() == title.removeprefix("'").split()
    assert not one[2].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_lines_are_what_rebuild_reads(client: FlaskClient, tmp_path: Path) -> None:
    response = client.get("/export.jsonl?q=uppdrag&minister=test-testsson")
    assert response.content_type == "application/jsonl"
    assert [Document.from_json(line) for line in response.text.splitlines()] == [DOCUMENTS[0], DOCUMENTS[2]]
    harmless = client.get("/export.jsonl?q=skola").data
    (tmp_path / "a.jsonl").write_bytes(harmless)
    (found,) = read_lines(tmp_path / "a.jsonl", "a.jsonl", "a.jsonl")
    assert isinstance(found, Found) and found.release == DOCUMENTS[1].release
    assert client.get("/en/export.jsonl?q=skola").data == harmless


def test_a_record_for_each_release(client: FlaskClient) -> None:
    response = client.get("/export.ris?q=uppdrag")
    assert response.content_type == "application/x-research-info-systems; charset=utf-8"
    assert response.text.count("\r\nER  - \r\n") == 4
    assert response.text.startswith("TY  - ")


@pytest.mark.parametrize("form", FORMS)
def test_an_export_is_the_whole_result(client_of: ClientOf, form: str) -> None:
    first = DOCUMENTS[0]
    many = tuple(replace(first, release=replace(first.release, id=f"p.{n}")) for n in range(150))
    data = client_of(FakeEngine(many)).get(f"/export.{form}?q=bostad&page=3&size=10").text
    assert data.count("Uppdrag om bostad") == 150


def test_the_newest_come_first_unless_the_address_says_otherwise(client: FlaskClient) -> None:
    def ids(address: str) -> list[str]:
        return [json.loads(line)["release"]["id"] for line in client.get(address).text.splitlines()]

    assert ids("/export.jsonl?q=uppdrag") == ["p.2020.skola", "p.2018.bostad", "p.span", "p.ond"]
    assert ids("/export.jsonl?q=uppdrag&sort=oldest")[:2] == ["p.ond", "p.span"]
    assert ids("/export.jsonl?q=uppdrag&sort=relevance") == [d.release.id for d in DOCUMENTS]


def test_an_export_ends_in_the_generation_that_it_began_in(tmp_path: Path) -> None:
    text = "ord " * 10_000
    builders.publish(tmp_path, [builders.document(f"d{n}", title=f"Den {n}:e", body=text) for n in range(6)])
    client = create_app(LocalEngine(tmp_path)).test_client()
    with client.get("/export.jsonl") as response:
        parts = response.iter_encoded()
        begun = next(parts)
        assert begun.count(b"\n") < 6, "it is sent while it is read"
        for _ in range(3):
            builders.publish(tmp_path, [builders.document("u", title="En annan")])
        assert client.get("/export.jsonl").text.count("\n") == 1
        whole = begun + b"".join(parts)
    assert [json.loads(line)["release"]["title"] for line in whole.splitlines()] == [f"Den {n}:e" for n in range(6)]


def test_hits_can_be_taken_away_and_no_hits_can_not(client: FlaskClient) -> None:
    page = read(client.get("/en/?q=uppdrag&sort=oldest&page=2&size=1").text)
    for name, form in (("CSV", "csv"), ("JSON Lines", "jsonl"), ("RIS", "ris")):
        assert page.link(name) == f"/en/export.{form}?q=uppdrag&sort=oldest"
        assert client.get(page.link(name)).status_code == 200
    assert not [a for a in read(client.get("/?q=xyzzy").text).all("a") if "export" in str(a.attrs["href"])]


@pytest.mark.parametrize("form", FORMS)
def test_what_can_not_be_answered_is_told_before_anything_is_sent(client_of: ClientOf, form: str) -> None:
    assert client_of(FakeEngine()).get(f"/export.{form}?from=x").status_code == 400
    assert client_of(NoEngine()).get(f"/export.{form}").status_code == 503
    assert client_of(FakeEngine()).post(f"/export.{form}").status_code == 405
