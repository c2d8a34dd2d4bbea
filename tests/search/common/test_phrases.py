from search.common.phrases import frequent_phrases


def test_phrases_of_three_titles_begin_and_end_with_words_that_mean_something() -> None:
    titles = ["Stöd till skolan i Umeå", "Mer stöd till skolan", "Nytt stöd till skolan 2017"]
    assert frequent_phrases(titles) == [("stöd till skolan", 3)]
    assert frequent_phrases(titles[:2]) == []


def test_a_phrase_that_is_mostly_said_in_a_longer_one_is_left_to_that() -> None:
    titles = [f"{start} civilt försvar {end}" for start, end in [("Nytt", "idag")] * 3]
    assert frequent_phrases(titles) == [("Nytt civilt försvar", 3), ("civilt försvar idag", 3)]
    alone = [*titles, *(f"Civilt försvar: {n}" for n in "abcd")]
    assert ("Civilt försvar", 7) in frequent_phrases(alone)


def test_a_phrase_is_counted_once_a_title_and_does_not_reach_over_a_comma() -> None:
    assert frequent_phrases(["Nya vägar, nya vägar"] * 2 + ["Nya, vägar"]) == []
    assert frequent_phrases(["EU-möte i Bryssel", "Möte om 5 procent"] * 1) == []


def test_nothing_gives_nothing() -> None:
    assert frequent_phrases([]) == frequent_phrases(["", "?"]) == []
