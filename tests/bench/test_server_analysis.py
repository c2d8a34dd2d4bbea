from bench.server_analysis import WAYS, exceptions, joined, rules, settings, word_list
from index.swedish.lexicon import Lexicon

LEXICON = Lexicon.learn({"gatumusik": 3, "gata": 9, "musik": 9, "gatulykta": 1, "lykta": 4})


def test_the_parts_of_compounds_are_those_that_our_lexicon_knows() -> None:
    assert {"gatu", "musik", "lykta"} <= set(word_list(LEXICON))


def test_a_form_that_begins_a_compound_becomes_its_words_stem() -> None:
    assert "gatu => gata" in set(joined(LEXICON))


def test_exceptions_are_lines_of_forms_and_a_stem() -> None:
    assert "advokat, advokaten, advokater, advokaterna => advokat" in set(exceptions())


def test_acronyms_that_mean_other_things_stand_for_nothing() -> None:
    told = set(rules())
    assert "världshälsoorganisationen, who" in told
    assert not any("lo" in rule.split(", ") for rule in told)


def test_every_analyzer_is_made_of_filters_that_are_there() -> None:
    analysis = settings(LEXICON)["analysis"]
    used = {name for one in analysis["analyzer"].values() for name in one["filter"]}
    assert used - {"lowercase"} == analysis["filter"].keys()


def test_each_way_to_ask_is_another_query() -> None:
    assert len({str(way.query("musik på gatan")) for way in WAYS}) == len(WAYS)
