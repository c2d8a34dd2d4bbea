import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.build import Summary
from index.errors import AnalysisError
from index.store import DataFolder
from index.swedish.analysis import words
from index.swedish.dictionary import parse
from index.swedish.lexicon import Lexicon, learn
from index.swedish.stems import term_of
from index.text import flat, fold

TABLE = Path(__file__).parent.parent / "data" / "splits.csv"


def rows() -> list[tuple[str, int, tuple[str, ...]]]:
    """Common words of the releases, how many releases have them, and their parts; checked by hand."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["word"], int(row["count"]), tuple(row["parts"].split())) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """What is learnt from the words of the table and their parts alone."""
    counts = Counter[str]()
    for word, count, parts in rows():
        counts[word] += count
        counts.update(dict.fromkeys(parts, max(count, 20)))
    # Parts of the examples below, forms of a verb, and more words that begin as words of the table do.
    counts.update(dict.fromkeys(["kyrka", "herde", "gata", "arbete", "elpris", "sänkning", "sänka", "sänker"], 20))
    counts.update(["justitiekansler", "kansler", "gängbrott", "brott", "gängmiljö", "miljö"])
    return Lexicon.learn(counts)


@pytest.mark.parametrize(("word", "count", "parts"), rows(), ids=[row[0] for row in rows()])
def test_common_words_are_taken_apart_as_checked_by_hand(
    lexicon: Lexicon, word: str, count: int, parts: tuple[str, ...]
) -> None:
    assert lexicon.split(word) == parts


def test_the_table_has_two_hundred_words() -> None:
    assert len({word for word, _, _ in rows()}) >= 200
    assert sum(not parts for _, _, parts in rows()) >= 60


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("medborgarskapskraven", ("medborgarskap", "kraven")),  # s between, the last as it stands
        ("kyrkoherde", ("kyrka", "herde")),
        ("gatuarbete", ("gata", "arbete")),
        ("barnavård", ("barn", "vård")),
        ("arbetsgivare", ("arbete", "givare")),
        ("nattåg", ("natt", "tåg")),  # three t written as two
        ("arbetsmarknadsminister", ("arbetsmarknad", "minister")),  # as few parts as can be
    ],
)
def test_letters_that_link_belong_to_no_part(lexicon: Lexicon, word: str, parts: tuple[str, ...]) -> None:
    assert lexicon.split(word) == parts


def test_a_compound_is_found_by_its_parts_and_by_those_that_stand_together(lexicon: Lexicon) -> None:
    assert set(lexicon.parts("elprisstöd")) == {term_of(part) for part in ("el", "pris", "stöd", "elpris")}


def test_a_compound_in_a_compound_is_found_by_its_own_parts_too(lexicon: Lexicon) -> None:
    assert set(lexicon.parts("arbetsmarknadsminister")) == {"arbetsmarknad", "minister", "arbet", "marknad"}


def test_a_word_that_is_no_compound_has_no_parts(lexicon: Lexicon) -> None:
    assert lexicon.parts("regeringen") == ()


def test_nouns_and_verbs_of_one_sense_know_each_other(lexicon: Lexicon) -> None:
    assert lexicon.related(term_of("sänkningen")) == (term_of("sänker"),)
    assert lexicon.related(term_of("sänker")) == (term_of("sänkningen"),)


def test_an_ending_alone_makes_no_verb() -> None:
    assert Lexicon.learn({"tidning": 9, "tid": 9, "tider": 9}).related(term_of("tidning")) == ()


def test_a_word_of_the_releases_begins_compounds_when_it_keeps_company() -> None:
    met = {
        "hbtqi": 9,
        "hbtqifrågor": 2,
        "hbtqipersoner": 2,
        "hbtqistrategi": 2,
        "frågor": 9,
        "personer": 9,
        "strategi": 9,
    }
    assert Lexicon.learn(met).split("hbtqipersoner") == ("hbtqi", "personer")
    alone = {word: n for word, n in met.items() if word != "hbtqistrategi"}
    assert Lexicon.learn(alone).split("hbtqipersoner") == ()


def test_a_word_more_frequent_than_its_parts_is_one_word() -> None:
    dictionary = parse("2\nsko/X\nlan/Y\n")
    assert learn({"skolan": 1, "sko": 40, "lan": 40}, dictionary).split("skolan") == ()  # "lan" never ends a compound
    dictionary = parse("2\nsko/X\nlov/Y\n")
    assert learn({"skolov": 10, "sko": 40, "lov": 40}, dictionary).split("skolov") == ("sko", "lov")
    assert learn({"skolov": 1000, "sko": 40, "lov": 40}, dictionary).split("skolov") == ()


def test_the_dictionary_says_in_which_form_a_word_joins() -> None:
    dictionary = parse("5\nkyrka/AEGY\nkyrko/UXZ\nskatt/Y\nutbildning/vY\nBergström/A\n")
    assert dictionary.joining == {"kyrko": "kyrka", "utbildnings": "utbildning"}
    assert dictionary.ending == {"kyrka", "skatt", "utbildning"}
    assert dictionary.names == {"bergström"}


def test_what_is_learnt_does_not_depend_on_the_order_of_the_words() -> None:
    counts = {"skattefusk": 3, "skatt": 9, "fusk": 4, "sänkning": 2, "sänka": 2, "sänks": 1}
    assert Lexicon.learn(counts).to_json() == Lexicon.learn(dict(reversed(counts.items()))).to_json()


def test_json_loses_nothing(lexicon: Lexicon) -> None:
    assert Lexicon.from_json(lexicon.to_json()) == lexicon


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 0}', '{"format": 1}', "null"])
def test_anything_else_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(AnalysisError, match="pressok rebuild"):
        Lexicon.from_json(text)


@given(st.text(st.sampled_from("abdeklnorstvåäö"), max_size=70) | st.text(max_size=20))
def test_any_text_is_split_into_parts_of_itself(text: str) -> None:
    small = _small()
    word = fold(text)
    parts = small.split(word)
    assert len(parts) != 1
    assert not parts or word.endswith(parts[-1])
    assert term_of(word) not in small.parts(word)
    assert bool(parts) == bool(small.parts(word))


def _small() -> Lexicon:
    words_of_it = ("barn", "bok", "land", "vård", "stöd", "lån", "ansvar")
    return learn(dict.fromkeys(words_of_it, 5), parse("0\n" + "\n".join(f"{word}/vXY" for word in words_of_it)))


@pytest.mark.corpus
def test_the_same_holds_for_what_is_learnt_from_the_corpus(corpus_run: tuple[Path, Summary]) -> None:
    counts = Counter[str]()
    with Archive.open(DataFolder(corpus_run[0]).archive, "ro") as archive:
        for release, _ in archive.present(archive.digests()):
            text = "\n".join((release.title, release.summary, flat(release.body)))
            counts.update({fold(word.text) for word in words(text)})
    start = time.perf_counter()
    lexicon = Lexicon.learn(counts)
    learnt = time.perf_counter()
    wrong = {word: found for word, _, parts in rows() if (found := lexicon.split(word)) != parts}
    for word in counts:
        lexicon.split(word)
    assert wrong == {}
    assert learnt - start < 15
    assert time.perf_counter() - learnt < 10  # 70,000 words; a second on a machine that does nothing else
