from bench.queries import LONGEST, bare, drawn, meaningful

TITLES = ["Stöd till skogen i norr", "Nya älgar räknade i hela landet under hösten", "Och till i"]


def test_the_same_titles_give_the_same_queries_in_whatever_order() -> None:
    assert drawn(TITLES, 10) == drawn(TITLES[::-1], 10)
    assert drawn(TITLES, 10) != drawn(TITLES, 10, seed=1)


def test_queries_are_different_and_one_to_five_words_in_a_row_of_a_title() -> None:
    found = drawn(TITLES, 12)
    titles = [" ".join(meaningful(title)) for title in TITLES]
    assert len(set(found)) == len(found) == 12
    assert {len(query.split()) for query in found} <= set(range(1, LONGEST + 1))
    assert all(any(query in title for title in titles) for query in found)


def test_queries_are_as_short_as_asked_for() -> None:
    assert {len(query.split()) for query in drawn(TITLES, 12, longest=1)} == {1}


def test_a_peer_is_not_asked_for_stop_words_unless_there_is_nothing_else() -> None:
    assert bare("stöd till a-kassan i norr") == "stöd a-kassan norr"
    assert bare("till") == "till"


def test_titles_without_words_give_no_queries() -> None:
    assert drawn(["–", ""], 3) == []
