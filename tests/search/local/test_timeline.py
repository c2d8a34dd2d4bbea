from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.annotations import DateSpan
from index.arrays.made import Arrays
from index.store import DataFolder
from search.local.snapshot import Snapshot
from search.local.timeline import timeline_of
from search.query import Filters, Query
from search.timeline import Step
from tests.builders import document, month
from tests.oracle import Oracle
from tests.oracle.timeline import timeline
from tests.search.local.snapshots import snapshot_of

SPANS = [
    None, None, month(2020, 1), month(2020, 2), month(2020, 2), month(2021, 12),
    DateSpan(date(2020, 2, 29), date(2020, 2, 29), "day"), DateSpan(date(2020, 3, 1), date(2020, 3, 1), "day"),
    DateSpan(date(2019, 12, 31), date(2020, 1, 1), "span"), DateSpan(date(2019, 11, 5), date(2021, 2, 3), "span"),
    DateSpan(date(2020, 12, 20), date(2020, 12, 31), "span"),
]  # fmt: skip
TITLES = ["Tåg på räls", "Tåg", "Räls", "Buss"]
DOCUMENTS = [
    document(f"d{n}", span=span, title=TITLES[n % len(TITLES)], ministers=["Ett Ettsson"] if n % 3 else [])
    for n, span in enumerate(SPANS * 3)
]


@dataclass(frozen=True)
class Compared:
    snapshot: Snapshot
    oracle: Oracle


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder = tmp_path_factory.mktemp("data")
    snapshot = snapshot_of(folder, DOCUMENTS)
    return Compared(snapshot, Oracle(DOCUMENTS, Arrays.load(DataFolder(folder).current().path).lexicon))


queries = st.builds(
    Query,
    text=st.sampled_from(["", "tåg", "tåg räls", "räls buss", "tåg till:2020-02", "-år:2020", "flyg"]),
    filters=st.builds(
        Filters.of,
        minister=st.sampled_from([[], ["ett-ettsson"]]),
        year=st.lists(st.sampled_from(["2019", "2020", "2021"]), max_size=2),
    ),
    first=st.none() | st.dates(min_value=date(2019, 10, 1), max_value=date(2020, 3, 2)),
    last=st.none() | st.dates(min_value=date(2020, 3, 2), max_value=date(2022, 1, 3)),
)


@given(query=queries, step=st.sampled_from(Step), complete=st.booleans())
@settings(max_examples=150)
def test_it_agrees_with_a_count_day_by_day(compared: Compared, query: Query, step: Step, complete: bool) -> None:
    query = replace(query, verbatim=True)
    rows, undated, total = timeline(compared.oracle, query, step, complete=complete)
    if len(rows) > 400:
        with pytest.raises(ValueError, match="rows"):
            timeline_of(compared.snapshot, query, step, complete=complete)
        return
    found = timeline_of(compared.snapshot, query, step, complete=complete)
    assert [(r.first, r.last, r.certain, r.possible) for r in found.rows] == rows
    assert (found.undated, found.total) == (undated, total)


def test_a_corpus_without_releases_has_no_rows(tmp_path: Path) -> None:
    assert timeline_of(snapshot_of(tmp_path, []), Query(), Step.DAY, complete=False).rows == ()
