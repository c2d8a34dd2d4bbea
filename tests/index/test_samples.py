"""The sample releases: true to the model, plain text, in our own words, and about releases that exist."""

import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

import index
from index.release import Release
from index.text import clean
from search.local import LocalEngine
from search.query import Query

SAMPLES = Path(index.__file__).parent / "samples" / "releases.jsonl"
LINES = SAMPLES.read_text(encoding="utf-8").splitlines()
RELEASES = [Release.from_dict(json.loads(line)) for line in LINES]

SITE = "https://www.regeringen.se/"
RUN = 8  # words; shorter runs are names of offices and agencies that anybody must write the same way
SPEECH = re.compile(r"^\s*[-–—]|[„“”\"»«]|\b(säger|sade)\b", re.MULTILINE | re.IGNORECASE)
CONTACT = re.compile(r"@|\b0\d{1,3}-\d|\+46")

Words = tuple[str, ...]


def prose(release: Release) -> tuple[str, str, str]:
    return release.title, release.summary, release.body


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts(part)


def runs(text: str, size: int = RUN) -> Iterator[Words]:
    words = re.findall(r"\w+", clean(text).casefold())
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def test_there_are_at_least_a_hundred_and_each_year_has_six() -> None:
    years = [release.published[:4] for release in RELEASES if release.published]
    assert len(RELEASES) >= 100
    assert min(years.count(str(year)) for year in range(2014, 2025)) >= 6
    assert set(years) == {str(year) for year in range(2014, 2025)}


def test_they_are_spread_over_governments_ministers_and_agencies(sample_data: Path) -> None:
    page = LocalEngine(sample_data).search(Query())
    ministers = {value.value for value in page.facets["minister"]}
    assert len(ministers) >= 25
    assert {"stefan-lofven", "magdalena-andersson", "ulf-kristersson"} <= ministers
    assert len(page.facets["agency"]) >= 35
    assert len(page.facets["department"]) >= 12


def test_ids_are_unique_and_say_the_same_as_the_address() -> None:
    assert len({release.id for release in RELEASES}) == len(RELEASES)
    for release in RELEASES:
        assert release.url is not None
        assert release.url.removeprefix(SITE).strip("/").split("/") == release.id.split(".", 3)


def test_press_releases_are_published_in_the_month_of_their_address() -> None:
    for release in RELEASES:
        if release.type == "pressmeddelande":
            assert release.published == "-".join(release.id.split(".")[1:3])


@pytest.mark.parametrize("line", LINES, ids=[release.id for release in RELEASES])
def test_a_line_is_what_the_model_writes(line: str) -> None:
    assert json.dumps(Release.from_dict(json.loads(line)).to_dict(), ensure_ascii=False) == line


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.id)
def test_a_notice_is_clean_complete_and_quotes_nobody(release: Release) -> None:
    assert [text for text in texts(astuple(release)) if clean(text) != text] == []
    assert all(prose(release))
    assert [text for text in prose(release) if SPEECH.search(text) or CONTACT.search(text)] == []


def test_segregation_and_everyday_topics_can_be_found() -> None:
    written = [" ".join(prose(release)).casefold() for release in RELEASES]
    for topic in ("skol", "polis", "ukraina", "nato", "elstöd", "kärnkraft", "covid-19", "a-kassa", "e20"):
        assert any(topic in text for text in written), topic
    assert sum("segregation" in text for text in written) >= 3
    assert any("delegationen mot segregation" in text for text in written)


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, str]:
    """The corpus: the text of each page and list by its path without ``.md``."""
    found = {}
    with tarfile.open(shared / "corpus" / "g0v-2014-2024.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                found[member.name.removeprefix("./").removesuffix(".md")] = file.read().decode("utf-8")
    return found


def page_of(release: Release, pages: dict[str, str]) -> str:
    assert release.url is not None
    path = release.url.removeprefix(SITE).strip("/")
    [text] = [text for name, text in pages.items() if name == path or name.endswith("/" + path)]
    return text


@pytest.mark.corpus
def test_every_notice_is_about_a_release_of_the_corpus_under_a_title_of_our_own(pages: dict[str, str]) -> None:
    for release in RELEASES:
        theirs = page_of(release, pages).splitlines()[0]
        assert set(runs(release.title, 6)).isdisjoint(runs(theirs, 6))
        assert clean(theirs.removeprefix("#")) != release.title


@pytest.mark.corpus
def test_no_run_of_words_is_taken_from_the_corpus(pages: dict[str, str]) -> None:
    ours = {run for release in RELEASES for text in prose(release) for run in runs(text)}
    shared_runs = [run for text in pages.values() for run in runs(text) if run in ours]
    assert shared_runs == []
