"""The tables of ministers and departments, held against themselves, against known facts and the corpus."""

import csv
import io
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from index.text import key_of

ROOT = Path(__file__).parents[3]
CORPUS = ROOT.parent / "shared" / "corpus" / "g0v-2014-2024.tar.gz"
MINISTERS = ["key", "name", "office", "department", "start", "end", "note"]
DEPARTMENTS = ["key", "name", "start", "end", "successors", "aliases", "note"]
DAY = timedelta(days=1)

Row = dict[str, str]


def read(name: str) -> tuple[date, list[str], list[Row]]:
    """The day a table is true of, its header and its rows."""
    first, *rest = (ROOT / "index" / "data" / name).read_text("utf-8").splitlines()
    stated = re.match(r"# true of (\d{4}-\d\d-\d\d)\b", first)
    assert stated, f"{name} must begin with '# true of YYYY-MM-DD'"
    reader = csv.DictReader(rest)
    return date.fromisoformat(stated[1]), list(reader.fieldnames or ()), list(reader)


TRUE_OF, MINISTER_HEADER, TERMS = read("ministers.csv")
DEPARTMENTS_TRUE_OF, DEPARTMENT_HEADER, DEPARTMENT_ROWS = read("departments.csv")


def term_of(row: Row) -> tuple[date, date]:
    """The first day and the first day that is no more part of it: a term ends on the day of leaving."""
    return _days(row["start"], row["end"])


@cache
def _days(start: str, end: str) -> tuple[date, date]:
    return date.fromisoformat(start), date.fromisoformat(end) if end else date.max


def existence_of(row: Row) -> tuple[date, date]:
    """As :func:`term_of`, for a department, whose end is the last day."""
    start, end = term_of(row)
    return start, end if end == date.max else end + DAY


def offices_in(title: str) -> set[str]:
    """The offices that a title joins: "energi- och näringsminister" is two."""
    parts = [title] if " för " in title else re.split(r", | och ", title)
    return {part.removesuffix("-") + "minister" if part.endswith("-") else part for part in parts}


def overlap(one: Row, other: Row) -> bool:
    """Whether there is a day in both terms."""
    return max(term_of(one)[0], term_of(other)[0]) < min(term_of(one)[1], term_of(other)[1])


def may_share(one: Row, other: Row) -> bool:
    """Whether a note explains why two persons had the same office: one acted, or they shared it."""
    return one["note"].startswith("acting") or f"shared with {other['name']}" in one["note"]


def problems_of(row: Row, departments: Iterable[Row]) -> Iterator[str]:
    """What is wrong with one row of the ministers."""
    start, end = term_of(row)
    if not row["name"].strip() or row["key"] != key_of(row["name"]):
        yield f"key and name do not agree: {row}"
    if not re.fullmatch(
        r"((vice |biträdande )?(EU-|[a-zåäö, -])*minister( för [a-zåäö -]+)?|.*ställföreträdare)", row["office"]
    ):
        yield f"not an office as releases write it: {row}"
    if not date(1991, 10, 4) <= start < end or start > TRUE_OF or TRUE_OF < end < date.max:
        yield f"no such term: {row}"
    periods = [existence_of(d) for d in departments if d["key"] == row["department"]]
    if not any(first <= start and end <= last for first, last in periods):
        yield f"the department did not exist all the time: {row}"


def conflicts(rows: Iterable[Row]) -> Iterator[str]:
    """Offices held by two persons at once without a note that explains it, and terms stated twice."""
    for one, other in combinations(rows, 2):
        if not overlap(one, other) or not offices_in(one["office"]) & offices_in(other["office"]):
            continue
        if one["name"] == other["name"]:
            if one["office"] == other["office"]:
                yield f"twice: {one} {other}"
        elif not may_share(one, other) and not may_share(other, one):
            yield f"two at once: {one} {other}"


def holders(office: str, day: str) -> set[str]:
    """Who held ``office`` on ``day``."""
    on = date.fromisoformat(day)
    return {r["name"] for r in TERMS if office in offices_in(r["office"]) and term_of(r)[0] <= on < term_of(r)[1]}


def term(
    office: str, start: str, end: str, name: str = "Test Testsson", department: str = "justitiedepartementet"
) -> Row:
    """A row for the tests of the checks."""
    return dict(zip(MINISTERS, [key_of(name), name, office, department, start, end, ""], strict=True))


def test_headers_and_days_are_as_specified() -> None:
    assert MINISTER_HEADER == MINISTERS
    assert DEPARTMENT_HEADER == DEPARTMENTS
    assert TRUE_OF == DEPARTMENTS_TRUE_OF
    assert all(None not in row and None not in row.values() for row in TERMS + DEPARTMENT_ROWS)


def test_ministers_are_sorted_by_start_and_name() -> None:
    assert sorted(TERMS, key=lambda row: (row["start"], row["name"])) == TERMS


def test_every_row_is_sound() -> None:
    assert [problem for row in TERMS for problem in problems_of(row, DEPARTMENT_ROWS)] == []


def test_no_office_is_held_by_two_persons_at_once() -> None:
    assert list(conflicts(TERMS)) == []


@pytest.mark.parametrize(
    "bad",
    [
        term("finansminister", "2016-01-01", "2017-01-01", name=""),
        term("finansminister", "2016-01-01", "2017-01-01") | {"key": "annan"},
        term("Finansminister", "2016-01-01", "2017-01-01"),
        term("finansminister", "2017-01-01", "2016-01-01"),
        term("finansminister", "2016-01-01", "2016-01-01"),
        term("finansminister", "1990-01-01", "1992-01-01"),
        term("finansminister", "2016-01-01", "2999-01-01"),
        term("finansminister", "2016-01-01", "2017-01-01", department="testdepartementet"),
        term("finansminister", "2014-10-03", "2016-01-01", department="miljo-och-energidepartementet"),
        term("finansminister", "2018-01-01", "", department="miljo-och-energidepartementet"),
    ],
)
def test_a_bad_row_is_noticed(bad: Row) -> None:
    assert list(problems_of(bad, DEPARTMENT_ROWS))


def test_two_at_once_are_noticed_unless_a_note_explains_it() -> None:
    one = term("energi- och näringsminister", "2016-01-01", "2017-01-01")
    other = term("energiminister", "2016-12-31", "2018-01-01", name="Prova Provsson")
    assert list(conflicts([one, other]))
    assert not list(conflicts([one, other | {"start": "2017-01-01"}]))
    assert not list(conflicts([one, other | {"note": "acting, during leave"}]))
    assert not list(conflicts([one | {"note": "shared with Prova Provsson"}, other]))
    assert list(conflicts([one, one]))


def test_departments_are_sound() -> None:
    for row in DEPARTMENT_ROWS:
        start, end = existence_of(row)
        assert row["name"] and row["key"] == key_of(row["name"])
        assert start < end and (end == date.max or end - DAY <= TRUE_OF)
        assert bool(row["successors"]) == bool(row["end"]), f"ends without a successor, or the reverse: {row}"


def test_a_department_exists_once_at_a_time() -> None:
    for one, other in combinations(DEPARTMENT_ROWS, 2):
        if one["key"] == other["key"]:
            first, second = sorted([existence_of(one), existence_of(other)])
            assert first[1] <= second[0], f"two periods of {one['key']} meet"


def test_successors_were_there_when_a_department_ended() -> None:
    for row in DEPARTMENT_ROWS:
        after = existence_of(row)[1]
        for key in filter(None, row["successors"].split("|")):
            periods = [existence_of(d) for d in DEPARTMENT_ROWS if d["key"] == key]
            assert any(first <= after < last for first, last in periods), f"{key} after {row['key']}"


@pytest.mark.parametrize(
    "office", ["statsminister", "finansminister", "utrikesminister", "justitieminister", "försvarsminister"]
)
def test_the_great_offices_were_never_vacant(office: str) -> None:
    held_until = date(1991, 10, 4)
    for start, end in sorted(term_of(row) for row in TERMS if office in offices_in(row["office"])):
        assert start <= held_until, f"nobody from {held_until} to {start}"
        held_until = max(held_until, end)
    assert held_until > TRUE_OF


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("1991-10-04", "Carl Bildt"),
        ("1994-10-06", "Carl Bildt"),
        ("1994-10-07", "Ingvar Carlsson"),
        ("1996-03-22", "Göran Persson"),
        ("2001-09-11", "Göran Persson"),
        ("2006-10-05", "Göran Persson"),
        ("2006-10-06", "Fredrik Reinfeldt"),
        ("2014-10-02", "Fredrik Reinfeldt"),
        ("2014-10-03", "Stefan Löfven"),
        ("2021-11-29", "Stefan Löfven"),
        ("2021-11-30", "Magdalena Andersson"),
        ("2022-10-17", "Magdalena Andersson"),
        ("2022-10-18", "Ulf Kristersson"),
        ("2026-09-24", "Ulf Kristersson"),
    ],
)
def test_prime_ministers(day: str, name: str) -> None:
    assert holders("statsminister", day) == {name}


@pytest.mark.parametrize(
    ("office", "day", "name"),
    [
        ("finansminister", "2016-06-01", "Magdalena Andersson"),
        ("finansminister", "2022-01-01", "Mikael Damberg"),
        ("samordningsminister", "2018-06-01", "Ibrahim Baylan"),
        ("energiminister", "2015-06-01", "Ibrahim Baylan"),
        ("energiminister", "2019-02-01", "Anders Ygeman"),
        ("näringsminister", "2019-02-01", "Ibrahim Baylan"),
        ("näringsminister", "2023-02-01", "Ebba Busch"),
        ("utrikesminister", "2003-09-10", "Anna Lindh"),
        ("utrikesminister", "2019-09-10", "Ann Linde"),
        ("utrikesminister", "2024-09-10", "Maria Malmer Stenergard"),
        ("försvarsminister", "2017-07-28", "Peter Hultqvist"),
        ("vice statsminister", "2015-01-01", "Åsa Romson"),
        ("vice statsminister", "2018-01-01", "Isabella Lövin"),
        ("migrationsminister", "2018-01-01", "Heléne Fritzon"),
        ("civilminister", "2015-10-21", "Ardalan Shekarabi"),
        ("bostadsminister", "2016-05-01", "Per Bolund"),
        ("utbildningsminister", "2024-10-01", "Johan Pehrson"),
        ("arbetsmarknadsminister", "2025-07-01", "Johan Britz"),
        ("sjukvårdsminister", "2025-10-01", "Elisabet Lann"),
        ("minister för civilt försvar", "2023-01-01", "Carl-Oskar Bohlin"),
    ],
)
def test_who_held_an_office(office: str, day: str, name: str) -> None:
    assert holders(office, day) == {name}


@pytest.mark.parametrize(
    ("office", "start", "end", "department"),
    [
        ("samordnings- och energiminister", "2016-05-25", "2019-01-21", "statsradsberedningen"),
        ("näringsminister", "2019-01-21", "2021-11-30", "naringsdepartementet"),
        ("skolminister", "2005-01-01", "2006-10-06", "utbildnings-och-kulturdepartementet"),
    ],
)
def test_the_terms_of_one_minister(office: str, start: str, end: str, department: str) -> None:
    found = [r for r in TERMS if r["key"] == "ibrahim-baylan" and (r["office"], r["start"]) == (office, start)]
    assert [(r["end"], r["department"]) for r in found] == [(end, department)]


def test_a_term_is_parted_where_the_department_changed() -> None:
    found = [r for r in TERMS if r["key"] == "ebba-busch" and r["office"] == "energi- och näringsminister"]
    assert [(r["department"], r["end"]) for r in found] == [
        ("naringsdepartementet", "2023-01-01"),
        ("klimat-och-naringslivsdepartementet", ""),
    ]


def stated_senders() -> Iterator[tuple[str, date, date]]:
    """Each person whom the corpus's lists state as a sender, with the days of publication and last change."""
    known = {row["name"] for row in DEPARTMENT_ROWS} | {"Regeringen", "Regeringskansliet"}
    with tarfile.open(CORPUS) as tar:
        texts = {m.name: tar.extractfile(m) for m in tar if m.name.endswith(".json")}
        lists = {name: json.load(io.BytesIO(file.read())) for name, file in texts.items() if file}
    codes = next(content for name, content in lists.items() if name.endswith("codes.json"))
    for name, records in lists.items():
        for record in records if not name.endswith("codes.json") else ():
            published = date.fromisoformat(record["published"])
            updated = date.fromisoformat(record["updated"] or record["published"])
            senders = (codes[code] for code in record["senders"])
            yield from ((sender, published, updated) for sender in senders if sender not in known)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not in ../shared")
def test_every_stated_sender_was_in_office() -> None:
    near = timedelta(days=14)
    terms: dict[str, list[tuple[date, date]]] = {}
    for row in TERMS:
        start, end = term_of(row)
        terms.setdefault(row["name"], []).append((start - near, end if end == date.max else end + near))
    senders = list(stated_senders())
    missing = {
        (name, published)
        for name, published, updated in senders
        if not any(start <= updated and published <= end for start, end in terms.get(name, ()))
    }
    assert len(senders) > 1000
    assert missing == set()
