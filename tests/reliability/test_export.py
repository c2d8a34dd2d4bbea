"""What is exported and rebuilt gives the same answers: ids, order, scores, facets."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpus import own_judgements
from index.build import rebuild
from index.store import DataFolder
from search.evaluation import read_judgements
from search.local import LocalEngine
from search.page import Page
from search.query import Query, Sort
from tests.web.cli.running import pressok


def answer(page: Page) -> object:
    """All that an answer tells but how long it took."""
    hits = [(hit.facts, hit.score, hit.snippet, hit.in_title) for hit in page.hits]
    facets = {facet: list(values) for facet, values in page.facets.items()}
    return replace(page, took_ms=0.0, hits=(), facets={}), hits, facets


def exported_and_rebuilt(data: Path, folder: Path) -> LocalEngine:
    assert pressok("export", "--output", folder / "all.jsonl", "--data", data).exit_code == 0
    rebuild(DataFolder(folder / "again"), [folder / "all.jsonl"])
    return LocalEngine(folder / "again")


def compare(one: LocalEngine, other: LocalEngine, queries: list[str]) -> None:
    for text in ["", *queries]:
        for sort in Sort:
            query = Query(text, sort=sort, size=100)
            assert answer(one.search(query)) == answer(other.search(query)), (text, sort)


def test_the_samples_exported_and_rebuilt_give_the_same_answers(sample_data: Path, tmp_path: Path) -> None:
    queries = list(own_judgements())
    assert len(queries) == 40
    compare(LocalEngine(sample_data), exported_and_rebuilt(sample_data, tmp_path), queries)


@pytest.mark.corpus
def test_the_corpus_exported_and_rebuilt_gives_the_same_answers(
    corpus_data: Path, shared: Path, tmp_path: Path
) -> None:
    queries = list(read_judgements(shared / "relevance" / "qrels.tsv"))
    assert len(queries) == 32
    compare(LocalEngine(corpus_data), exported_and_rebuilt(corpus_data, tmp_path), queries)
