import json
from pathlib import Path

from bench.copies import copy, moved, write_copies
from index.sources import Found, read
from tests.builders import release

FIRST, LAST = "2016-05", "2024-12-31"


def test_a_copy_has_an_id_an_address_and_a_day_of_its_own() -> None:
    one = release("pressmeddelanden.2018.04.a", url="https://example.org/a/", published="2018-04-12")
    other = copy(one, 2, FIRST, LAST)
    assert (other.id, other.url, other.published) == (
        "pressmeddelanden.2018.04.a.2",
        "https://example.org/a/?copy=2",
        "2018-04-18",
    )
    assert copy(one, 0, FIRST, LAST) is one


def test_dates_stay_within_the_corpus() -> None:
    assert moved("2018-04", 3, FIRST, LAST) == "2018-07"
    assert moved("2018-11", 3, FIRST, LAST) == "2019-02"
    assert moved("2024-11", 3, FIRST, LAST) == "2024-08"
    assert moved("2024-12-31", 1, FIRST, LAST) == "2024-12-30"
    assert moved("2024-12-31", 1, "2024-12-31", LAST) == "2024-12-31"


def test_copies_are_releases_that_a_rebuild_reads(tmp_path: Path) -> None:
    path = tmp_path / "copies.jsonl"
    releases = [release("a", published="2018-04"), release("b", url="https://example.org/b/")]
    assert write_copies(path, releases, 3) == 6
    found = [item.release for item in read(path) if isinstance(item, Found)]
    assert len({r.id for r in found}) == 6
    assert len({json.dumps(r.url) for r in found}) == 6  # the first copy of a has no address
