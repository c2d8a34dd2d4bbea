"""The table of agencies against the releases of the corpus."""

import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from index.text import clean
from tests.index.data.test_agencies import (
    ROOT,
    SMALL_TOO,
    UNAVOIDABLE,
    Row,
    by_key,
    names,
    rows,
    sure_acronyms,
)

CORPUS = ROOT.parent / "shared" / "corpus" / "g0v-2014-2024.tar.gz"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.exists(), reason=f"{CORPUS} is not there"),
]


@cache
def releases() -> tuple[tuple[str, str], ...]:
    """The month (``2018-04``) and the text of every page of the corpus."""
    return tuple(pages())


def pages() -> Iterator[tuple[str, str]]:
    with tarfile.open(CORPUS) as tar:
        for member in tar:
            month = re.search(r"/(\d{4})/(\d\d)/[^/]+\.md$", member.name)
            page = month and tar.extractfile(member)
            if month and page:
                yield f"{month[1]}-{month[2]}", clean(page.read().decode("utf-8"))


def pattern_of(row: Row) -> re.Pattern[str]:
    """Matches the row's names with a capital and its sure acronyms, also in the genitive."""
    forms = [f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in names(row)]
    forms += map(re.escape, sure_acronyms(row))
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?::?s)?(?!\w)")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@cache
def postings() -> dict[str, set[int]]:
    """Where in :func:`releases` each word stands."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, (_, text) in enumerate(releases()):
        for word in words_of(text):
            found[word].add(number)
    return found


def candidates(row: Row) -> set[int]:
    """The releases that have all the words of one of the row's names."""
    where = postings()
    spelled = [words_of(name) for name in names(row) + sure_acronyms(row)]
    return set().union(
        *(set.intersection(*(where.get(w, set()) | where.get(f"{w}s", set()) for w in s)) for s in spelled)
    )


@cache
def months_of_mentions() -> dict[str, list[str]]:
    """For each key the months of the releases that name it, whatever they mean by it."""
    mentions: dict[str, list[str]] = {}
    for row in rows():
        pattern = pattern_of(row)
        there = (releases()[number] for number in sorted(candidates(row)))
        mentions[row["key"]] = [month for month, text in there if pattern.search(text)]
    return mentions


def test_the_150_agencies_most_named_have_a_first_day_or_a_note() -> None:
    most = sorted(months_of_mentions().items(), key=lambda item: -len(item[1]))[:150]
    assert len(most[-1][1]) >= 5
    assert [key for key, _ in most if not by_key()[key]["start"] and not by_key()[key]["note"]] == []


def test_agencies_are_announced_before_their_first_day_but_not_known_by_name() -> None:
    """Utbetalningsmyndigheten was named in 11 releases while it was planned; a wrong day would give many more."""
    for key, months in months_of_mentions().items():
        start = by_key()[key]["start"][:7]
        early = [month for month in months if start and month < start]
        if key != "polismyndigheten":  # "Polisen" meant another body before
            assert len(early) <= 12, f"{key}: {early}"


def test_no_name_of_one_word_is_written_small_more_often_than_with_a_capital() -> None:
    same = SMALL_TOO | UNAVOIDABLE
    # Not the end of "Post- och telestyrelsen".
    count = Counter(word for _, text in releases() for word in re.findall(r"(?<!- och )\b\w+", text))
    for name in (name for row in rows() for name in names(row) if name.isalpha() and name not in same):
        assert count[name.lower()] <= max(count[name], 1), name
