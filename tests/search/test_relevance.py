"""How well the real releases are ranked: the goals of the judged queries, which ``bench.relevance`` looks into."""

from pathlib import Path

import pytest

from bench.corpus import judgements
from search.evaluation import evaluate, ranking
from search.local import LocalEngine
from search.query import Filters, Query

GOAL = 0.94
FOUND_NOTHING_BY_ALL_STEMS = [
    "Nato medlemskap ratificering",
    "pressstöd mediestöd",
    "skattefusk välfärdsbrott",
    "Säpo säkerhetshot",
]
PRESS_RELEASES = Filters.of(type=["pressmeddelande"])


@pytest.mark.corpus
def test_the_judged_queries_are_ranked_as_well_as_promised(corpus_data: Path) -> None:
    assert evaluate(ranking(LocalEngine(corpus_data), PRESS_RELEASES), judgements()).ndcg_judged >= GOAL


@pytest.mark.corpus
@pytest.mark.parametrize("text", FOUND_NOTHING_BY_ALL_STEMS)
def test_what_stems_alone_find_nothing_for_is_found(corpus_data: Path, text: str) -> None:
    graded = judgements()[text]
    best = ranking(LocalEngine(corpus_data), PRESS_RELEASES)(text)[:10]
    assert any(graded.get(release_id, 0) >= 1 for release_id in best)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("språkkrav för medborgarskap", "medborgarskap"),
        ("generaldirektör Försäkringskassan utsedd", "försäkringskassan"),
    ],
)
def test_so_is_what_nobody_judged(corpus_data: Path, text: str, named: str) -> None:
    hits = LocalEngine(corpus_data).search(Query(text, PRESS_RELEASES, size=10)).hits
    assert any(named in hit.facts.title.lower() for hit in hits)
