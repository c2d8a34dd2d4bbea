import gzip
import zlib
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web.middleware import compression
from web.middleware.compression import packed

GZIP = {"Accept-Encoding": "gzip"}
LONG = "Ett uppdrag. " * 500


def app_that_answers(response: Response) -> FlaskClient:
    app = Flask(__name__)
    compression.register(app)
    app.add_url_rule("/", view_func=lambda: response)
    return app.test_client()


@pytest.mark.parametrize("address", ["/", "/help", "/api/v1/search", "/api/v1/openapi.json", "/static/x/css/base.css"])
def test_text_is_packed_and_says_the_same(client: FlaskClient, address: str) -> None:
    with client.get(address) as plain, client.get(address, headers=GZIP) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.data) < len(plain.data) / 2
        assert gzip.decompress(answer.data) == plain.data
        assert "Content-Encoding" not in plain.headers
        assert answer.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("asked", "is_packed"),
    [
        ("gzip, deflate, br", True),
        ("*", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("gzip;q=0", False),
        ("*, gzip;q=0", False),
        ("gzip;q=0.5, identity", False),
        ("br", False),
        ("", False),
    ],
)
def test_the_client_decides(client: FlaskClient, asked: str, is_packed: bool) -> None:
    answer = client.get("/help", headers={"Accept-Encoding": asked})
    assert ("Content-Encoding" in answer.headers) is is_packed


def test_the_tag_stays_and_leads_to_304(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", headers=GZIP)
    assert answer.headers["ETag"] == client.get("/api/v1/search").headers["ETag"]
    again = client.get("/api/v1/search", headers={**GZIP, "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data, "Content-Encoding" in again.headers) == (304, b"", False)


def test_a_file_that_is_packed_has_a_weak_tag(client: FlaskClient) -> None:
    with client.get("/static/x/css/base.css") as plain, client.get("/static/x/css/base.css", headers=GZIP) as answer:
        assert answer.headers["ETag"] == f"W/{plain.headers['ETag']}"
        assert "Accept-Ranges" not in answer.headers
        tag = answer.headers["ETag"]
    with client.get("/static/x/css/base.css", headers={**GZIP, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    asked, answer = (client.open("/help", method=method, headers=GZIP) for method in ("HEAD", "GET"))
    assert (asked.data, asked.headers["Content-Length"]) == (b"", answer.headers["Content-Length"])
    assert asked.headers["Content-Encoding"] == "gzip"


def test_what_is_short_or_a_picture_or_packed_already_is_left_alone(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers
    with client.get("/static/x/icon.svg", headers=GZIP) as icon:
        assert "Content-Encoding" not in icon.headers and "Vary" not in icon.headers
    png = Response(bytes(5000), mimetype="image/png")
    assert app_that_answers(png).get("/", headers=GZIP).data == bytes(5000)
    other = Response(LONG, mimetype="text/plain", headers={"Content-Encoding": "br"})
    assert app_that_answers(other).get("/", headers=GZIP).text == LONG


@pytest.mark.parametrize(
    "kind",
    ["application/atom+xml", "application/opensearchdescription+xml", "application/jsonl", "text/csv", "text/html"],
)
def test_every_kind_of_text_is_packed(kind: str) -> None:
    answer = app_that_answers(Response(LONG, mimetype=kind)).get("/", headers=GZIP)
    assert gzip.decompress(answer.data).decode() == LONG


def test_what_is_streamed_is_packed_as_it_comes_and_closed() -> None:
    log: list[str] = []

    def rows() -> Iterator[str]:
        try:
            for number in range(2000):
                log.append(f"made {number}")
                yield f"{number} {LONG[:200]}\n"
        finally:
            log.append("closed")

    client = app_that_answers(Response(rows(), mimetype="text/csv"))
    with client.get("/", headers=GZIP, buffered=False) as answer:
        assert "Content-Length" not in answer.headers
        stream = iter(answer.response)
        unpacker = zlib.decompressobj(31)
        text = unpacker.decompress(next(stream)) + unpacker.decompress(next(stream))
        assert text.startswith(b"0 Ett uppdrag.")
        assert len(log) < 1000, "the first rows are sent before the last are made"
        text += b"".join(map(unpacker.decompress, stream))
    assert (text.count(b"\n"), log[-1]) == (2000, "closed")


@given(st.lists(st.binary()))
def test_pieces_unpack_to_the_whole(parts: list[bytes]) -> None:
    assert gzip.decompress(b"".join(packed(parts))) == b"".join(parts)
