from dataclasses import replace
from pathlib import Path

import pytest

from index.text import fold
from search.local import LocalEngine
from search.profile import PROFILED, history_of, offices_of
from search.query import Filters, Query
from search.timeline import Step, drawable, interval_of, step_for

MANY = 30  # releases: of so many, there is enough to say


@pytest.fixture(scope="module")
def engine(corpus_data: Path) -> LocalEngine:
    return LocalEngine(corpus_data)


@pytest.mark.corpus
def test_everyone_with_many_releases_has_a_profile_without_their_names(engine: LocalEngine) -> None:
    facets = engine.search(Query()).facets
    names = {part for value in facets["minister"] for part in fold(value.label).split()}
    for facet in PROFILED:
        for value in [value for value in facets[facet] if value.count >= MANY]:
            profile = engine.profile(facet, value.value)
            assert profile is not None
            assert profile.releases == value.count
            assert 5 <= len(profile.words) <= 24, value
            assert not {fold(word.text) for word in profile.words} & names
            assert profile.first is not None and profile.last is not None
            assert profile.first.first <= profile.last.first


@pytest.mark.corpus
def test_what_goes_together_is_what_the_facets_say(engine: LocalEngine) -> None:
    profile = engine.profile("agency", "skolverket")
    assert profile is not None
    facets = engine.search(Query(filters=Filters.of(agency=["skolverket"]))).facets
    assert list(profile.together["minister"]) == list(facets["minister"])[:8]
    assert list(profile.together["category"]) == list(facets["category"])[:8]


@pytest.mark.corpus
def test_the_tables_tell_of_all_ministers_and_departments(engine: LocalEngine) -> None:
    facets = engine.search(Query()).facets
    assert all(offices_of(value.value) for value in facets["minister"] if value.count >= MANY)
    assert all(history_of("department", value.value) for value in facets["department"] if value.count >= MANY)


@pytest.mark.corpus
@pytest.mark.parametrize("text", ["", "kärnkraft", "stöd till ukraina", "citat:klimat", "från:2020 skola"])
def test_the_rows_of_a_timeline_are_the_hits_of_their_days(engine: LocalEngine, text: str) -> None:
    status = engine.status()
    for query in (Query(text), Query(text, Filters.of(year=["2023"])), Query(text, Filters.of(type=["artikel"]))):
        drawn = drawable(query, status)
        interval = interval_of(query, status)
        assert interval is not None
        for row in engine.timeline(drawn, step_for(*interval)).rows:
            found = engine.search(replace(drawn, first=row.first, last=row.last)).total
            assert row.certain + row.possible == found


@pytest.mark.corpus
def test_what_is_related_shares_a_minister_and_stands_on_its_side_of_time(engine: LocalEngine) -> None:
    found = 0
    for document in list(engine.export(Query(filters=Filters.of(year=["2023"]))))[::25]:
        related = engine.related(document.release.id)
        own, ministers = document.annotations.span, {m.id for m in document.annotations.ministers}
        assert related is not None and own is not None
        for hits, sign in ((related.earlier, -1), (related.later, 1)):
            spans = [hit.facts.span for hit in hits]
            middles = [span.middle for span in spans if span]
            assert middles == sorted(middles) and len(middles) == len(hits) <= 3
            assert all((middle - own.middle) * sign > 0 for middle in middles)
            assert all(ministers & {m.id for m in hit.facts.ministers} for hit in hits)
            found += len(hits)
    assert found > 100


@pytest.mark.corpus
def test_by_days_the_whole_corpus_is_too_much(engine: LocalEngine) -> None:
    with pytest.raises(ValueError, match="take a longer step"):
        engine.timeline(Query(), Step.DAY)
