import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import Annotations
from index.document import Document, Provenance
from index.release import Link, Period, Release, Term
from index.sources import Found, jsonlines, read
from index.sources.blocks import clean_body
from index.sources.items import Unreadable
from index.text import clean, clean_line
from tests.index.sources.helpers import found, lay_out, rejected

RELEASE = Release(id="tal.2024.01.x", type="tal", title="Ett tal", body="Text.\n\nA\tB\n\tC")

_TEXT = st.text(alphabet=st.sampled_from("aÅ \n\t•–#\u00ad") | st.characters(codec="utf-8"), max_size=40)
_LINE = _TEXT.map(clean_line)
_SOME = _LINE.filter(bool)
_LINKS = st.lists(st.builds(Link, _SOME, st.just("https://example.com/å?b=1")), max_size=2).map(tuple)
_DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
_PERIODS = st.tuples(st.none() | _DAYS, st.none() | _DAYS).map(
    lambda days: Period(*(sorted(days) if all(days) else days))  # type: ignore[type-var]
)
RELEASES = st.builds(
    Release,
    id=st.sampled_from(["tal.2024.01.å-x", "text.0123456789abcdef"]),
    type=_SOME.map(lambda text: clean_line(text.lower())).filter(bool),
    title=_SOME,
    url=st.none() | st.just("https://www.regeringen.se/tal/2024/01/x/"),
    summary=_TEXT.map(clean),
    body=_TEXT.map(clean_body),
    published=st.none() | _DAYS.map(date.isoformat) | st.just("2024-01"),
    updated=st.none() | _DAYS.map(date.isoformat),
    senders=st.lists(_SOME, max_size=2).map(tuple),
    categories=st.lists(_SOME, max_size=2).map(tuple),
    links=_LINKS,
    attachments=_LINKS,
    period=st.none() | _PERIODS,
    terms=st.lists(st.builds(Term, _LINE, _PERIODS), max_size=2).map(tuple),
    contact=_TEXT.map(clean),
)


@given(RELEASES)
def test_a_round_trip_loses_nothing(release: Release) -> None:
    line = Document(release, Annotations(), Provenance("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z")).to_json()

    assert jsonlines.parse(json.loads(line), "x.jsonl") == release
    assert jsonlines.parse(json.loads(json.dumps(release.to_dict())), "x.jsonl") == release


def write(tmp_path: Path, *lines: Any, name: str = "x.jsonl") -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return lay_out(tmp_path, {name: text}) / name


def test_each_release_is_known_by_its_id_wherever_its_line_is(tmp_path: Path) -> None:
    other = replace(RELEASE, id="tal.2024.01.y")
    path = write(tmp_path, RELEASE.to_dict(), "", {"release": other.to_dict(), "annotations": {"from": "us"}})

    assert found(path) == {RELEASE.id: RELEASE, other.id: other}
    assert rejected(path) == {}


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RELEASE.to_dict()).encode()))

    assert found(path) == {RELEASE.id: RELEASE}

    path.write_bytes(path.read_bytes()[:-9])
    assert "can't be read to its end" in rejected(path)["x.jsonl.gz"]


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ({"url": "https://www.regeringen.se/tal/2024/01/x/"}, "tal.2024.01.x"),
        ({"id": None, "url": "http://example.com/y"}, "example.com.y"),
    ],
)
def test_an_id_is_made_from_the_address(tmp_path: Path, fields: dict[str, Any], identity: str) -> None:
    (release,) = found(write(tmp_path, {"type": "tal", "title": "T", **fields})).values()

    assert release.id == identity


def test_without_id_and_address_file_and_title_make_the_id(tmp_path: Path) -> None:
    path = write(tmp_path, *({"type": "tal", "title": title} for title in "ABA"))
    one, two, again = (item.release.id for item in read(path) if isinstance(item, Found))

    assert one.startswith("text.")
    assert one == again != two


def test_text_is_cleaned(tmp_path: Path) -> None:
    (release,) = found(
        write(tmp_path, {"id": "x", "type": "Tal", "title": "En\u00adkel  titel\n", "body": "a\u00a0b\n\n\n\nc\td"})
    ).values()

    assert (release.type, release.title, release.body) == ("tal", "Enkel titel", "a b\n\nc\td")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": ""}, "no title"),
        ({"title": "\u00ad"}, "no title"),
        ({"title": ["x"]}, "title is not text"),
        ({"type": None}, "no type"),
        ({"id": "a/b"}, "slash"),
        ({"id": "a b"}, "slash"),
        ({"id": "a\u0007"}, "slash"),
        ({"id": "a" * 301}, "too long"),
        ({"id": "."}, "is . or .."),
        ({"id": ".."}, "is . or .."),
        ({"id": 7}, "id is not text"),
        ({"url": "javascript:alert(1)"}, "http://"),
        ({"url": "//example.com"}, "http://"),
        ({"published": "2024-13"}, "not a date"),
        ({"updated": "igår"}, "not a date"),
        ({"senders": "Finansdepartementet"}, "senders are not a list"),
        ({"categories": [1]}, "not text"),
        ({"links": [{"name": "x", "url": "javascript:alert(1)"}]}, "does not lead to the web"),
        ({"links": [["x", "https://example.com"]]}, "not a name and a url"),
        ({"attachments": [{"name": None, "url": "https://example.com"}]}, "does not lead to the web"),
        ({"period": "2014-2019"}, "period or terms"),
        ({"period": {"first": "2019-01-01", "last": "2018-01-01"}}, "period or terms"),
        ({"terms": [{"office": "x"}]}, "period or terms"),
        ({"terms": ["x"]}, "not an office"),
        ({"terms": [{"office": 5, "period": None}]}, "not an office"),
        ({"body": "\ud800"}, "half a character"),
        ({"senders": ["\ud800"]}, "half a character"),
        ({"titel": "x"}, "fields that no release has: 'titel'"),
    ],
)
def test_a_bad_release_is_named_with_what_is_wrong(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = write(tmp_path, RELEASE.to_dict(), {**RELEASE.to_dict(), **change}, RELEASE.to_dict() | {"id": "y"})

    assert list(rejected(path)) == ["x.jsonl:2"]
    assert reason in rejected(path)["x.jsonl:2"]
    assert list(found(path)) == [RELEASE.id, "y"]


@pytest.mark.parametrize("line", ["[]", "3", '"x"', "null", '{"release": null}', '{"release": []}'])
def test_json_that_is_no_release_is_refused(tmp_path: Path, line: str) -> None:
    assert "not a release" in rejected(write(tmp_path, line))["x.jsonl:1"]


def test_a_last_line_cut_in_half_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, RELEASE.to_dict(), json.dumps(RELEASE.to_dict())[:50])

    assert "perhaps cut short" in rejected(path)["x.jsonl:2"]
    assert list(found(path)) == [RELEASE.id]


def test_a_line_that_is_too_long_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "x" * 20_000_000, RELEASE.to_dict())

    assert "larger than 2 MB" in rejected(path)["x.jsonl:1"]
    assert list(found(path)) == [RELEASE.id]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\n\0\n\n", "a PNG image"), (b"\0\n\0\n", "binary")]
)
def test_what_is_no_text_is_refused_as_a_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    path = lay_out(tmp_path, {"x.jsonl": content}) / "x.jsonl"

    assert list(rejected(path)) == ["x.jsonl"]
    assert reason in rejected(path)["x.jsonl"]


def test_invalid_utf8_is_named_by_line(tmp_path: Path) -> None:
    path = lay_out(tmp_path, {"x.jsonl": b"\xff\n" + json.dumps(RELEASE.to_dict()).encode()}) / "x.jsonl"

    assert "not UTF-8" in rejected(path)["x.jsonl:1"]
    assert list(found(path)) == [RELEASE.id]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "url", "first", "office"]), inner)
    ),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(RELEASE.to_dict())), _JSON))
def test_any_json_is_a_release_or_is_refused(data: dict[str, Any]) -> None:
    try:
        release = jsonlines.parse({**RELEASE.to_dict(), **data}, "x.jsonl")
    except Unreadable:
        return
    assert Release.from_dict(json.loads(json.dumps(release.to_dict()))) == release
