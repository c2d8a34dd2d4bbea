from pathlib import Path

import pytest

from bench import peers
from bench.corpus import own_judgements
from bench.relevance import p_value
from index.sources import Found, read
from tests.builders import document


def test_two_that_are_equally_good_do_not_differ() -> None:
    assert p_value([0.5, 0.25, 0.75], [0.5, 0.25, 0.75]) == 1


def test_better_on_each_of_six_queries_comes_about_by_chance_twice_in_64() -> None:
    assert p_value([0.75] * 6, [0.5] * 6) == pytest.approx(2 / 64)


@pytest.mark.parametrize("make", [peers.stock_whoosh, peers.fts5])
def test_peers_find_any_word_by_its_stem_best_first(make: peers.Make) -> None:
    documents = [
        document("a", title="Skogen", body="Här finns en älg."),
        document("b", title="Älgar i skogar", body="Två älgar."),
        document("c", title="Havet"),
    ]
    assert make(documents, 10)("älgarna skogen") == ["b", "a"]


def test_our_judged_queries_are_forty_and_many_of_earlier_years() -> None:
    judged = own_judgements()
    wanted = [[i.split(".")[1] for i, grade in grades.items() if grade > 1] for grades in judged.values()]
    assert len(judged) == 40
    assert sum(max(years) < "2022" for years in wanted) >= 5
    assert sum(sorted(years)[len(years) // 2] < "2022" for years in wanted) >= 15
    assert {grade for grades in judged.values() for grade in grades.values()} == {0, 1, 2, 3}


@pytest.mark.corpus
def test_every_release_that_we_judged_is_in_the_corpus(shared: Path) -> None:
    releases = {f.release.id for f in read(shared / "corpus" / "g0v-2014-2024.tar.gz") if isinstance(f, Found)}
    assert not {i for grades in own_judgements().values() for i in grades} - releases
