"""Names in queries, by the project's own tables, over labels as a generation has them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotate.tables import Tables
from index.synonyms import synonyms
from index.text import key_of
from search.language import parse, together, typed_words
from search.naming import MOST_OFFERS, ORDINARY, NameBook, meaningful
from search.page import Offer
from search.tree import Clause, Meaning, Named, Phrase, Tree, Word


def by_key(*names: str) -> dict[str, str]:
    return {key_of(name): name for name in names}


LABELS = {
    "minister": by_key(
        *("Magdalena Andersson", "Mikael Damberg", "Ibrahim Baylan", "Anna Ekström", "Mats Persson", "Lena Ek"),
        *(
            "Ebba Busch",
            "Margot Wallström",
            "Malin Provqvist",
            "Morgan Johansson",
            "Anna Johansson",
            "Alice Bah Kuhnke",
        ),
    ),
    "agency": by_key(
        *("Myndigheten för samhällsskydd och beredskap", "Brottsförebyggande rådet", "Arbetsförmedlingen", "Sida"),
        *("Inspektionen för vård och omsorg", "Säkerhetspolisen", "Polismyndigheten", "Skolverket", "Provverket"),
        *("Havs- och vattenmyndigheten", "Statens kriminaltekniska laboratorium", "Kriminalvården"),
    ),
    "department": by_key("Utrikesdepartementet", "Miljö- och energidepartementet"),
    "year": by_key("1989", "2016", "2018", "2019", "2022"),
}
BOOK = NameBook.of(LABELS)
NAMES = [name for names in LABELS.values() for name in names.values()]


def read(text: str) -> tuple[Clause, ...]:
    return BOOK.read(parse(text)).required


def named(text: str) -> Named:
    (clause,) = read(text)
    assert isinstance(clause, Named), clause
    return clause


def values(text: str) -> set[tuple[str, str]]:
    return {(meaning.facet, meaning.key) for meaning in named(text).meanings}


def labels(text: str) -> list[str]:
    return [offer.label for offer in BOOK.offers(text)]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("MSB", "Myndigheten för samhällsskydd och beredskap"),
        ("Brå", "Brottsförebyggande rådet"),
        ("IVO", "Inspektionen för vård och omsorg"),
        ("AF", "Arbetsförmedlingen"),
        ("Säpo", "Säkerhetspolisen"),
    ],
)
def test_an_acronym_finds_its_agency_and_the_other_way_round(short: str, full: str) -> None:
    whole = together(typed_words(full))
    assert whole in {words for way in named(short).ways for words in way}
    for typed in (short, short.lower(), f"{short}:s", full, full.upper(), f"{full}s"):
        assert values(typed) == {("agency", key_of(full))}
        assert labels(typed) == [full]


@pytest.mark.parametrize(("full", "short"), [("Brottsförebyggande rådet", "Brå"), ("Säkerhetspolisen", "Säpo")])
def test_a_full_name_is_met_by_the_acronym(full: str, short: str) -> None:
    assert meaningful(short) in named(full).ways


@pytest.mark.parametrize("typed", ["SKR", "SKL", "Sveriges Kommuner och Regioner", "Sveriges Kommuner och Landsting"])
def test_an_organisation_that_is_no_agency_is_all_its_names(typed: str) -> None:
    others = {"SKR", "SKL", "Sveriges Kommuner och Regioner", "Sveriges Kommuner och Landsting"} - {typed}
    found = named(typed)
    assert found.ways[0] == meaningful(typed)
    assert set(found.ways[1:]) == {(together(typed_words(name)),) for name in others}
    assert not found.meanings and not labels(typed)


def test_what_was_typed_is_the_first_way() -> None:
    assert named("inspektionen för vård och omsorg").ways[0] == tuple(map(Word, ("inspektion", "vård", "omsorg")))
    assert named("ivo").ways == (
        (Word("ivo"),),
        (Phrase(tuple(w.term for w in typed_words("inspektionen för vård och omsorg"))),),
    )


def test_a_former_name_finds_the_agency_too() -> None:
    assert values("Myndigheten för civilt försvar") == values("MCF") == values("MSB")


def test_an_ambiguous_acronym_gives_way_and_is_no_way_of_writing_the_full_name() -> None:
    assert values("Statens kriminaltekniska laboratorium") and not named("SKL").meanings
    assert meaningful("AF") not in named("Arbetsförmedlingen").ways


def test_a_name_of_one_word_is_known_as_it_is_written_only() -> None:
    assert values("polisen") == {("agency", "polismyndigheten")}
    assert values("Sida") == {("agency", "sida")}
    for typed in ("polis", "poliser", "sidor", "kriminalvård"):
        assert read(typed) == parse(typed).required


@pytest.mark.parametrize("typed", ["hav", "pm", "ek", "Persson", "bo", "och", "av", "skolverk", "Johansson", "1989"])
def test_what_means_other_things_is_no_name(typed: str) -> None:
    assert not any(isinstance(clause, Named) for clause in read(typed))


def test_what_means_other_things_is_written_as_it_is_compared() -> None:
    assert all(word == typed_words(word)[0].typed for word in ORDINARY)


def test_the_longest_name_wins() -> None:
    assert values("Miljö- och energidepartementet") == {("department", "miljo-och-energidepartementet")}
    assert ("minister", "magdalena-andersson") in values("statsministern") - values("vice statsministern")
    magdalena, energy = read("Magdalena Andersson energi")
    assert isinstance(magdalena, Named) and energy == Word(typed_words("energi")[0].term)


def test_a_genitive_of_two_letters_has_a_colon() -> None:
    assert values("säpos") == values("Säpo") and values("MSBs") == values("MSB:s") == values("MSB")
    assert isinstance(read("LO:s")[0], Named)
    assert read("los") == parse("los").required


def test_people_are_known_by_full_name_and_by_a_surname_of_their_own() -> None:
    for typed in ("Ibrahim Baylan", "ibrahim baylans", "Baylan", "baylans"):
        assert named(typed).meanings == (Meaning("minister", "ibrahim-baylan"),)
    assert values("Bah Kuhnke") == values("Kuhnke") == {("minister", "alice-bah-kuhnke")}
    assert values("Morgan Johansson") == {("minister", "morgan-johansson")}
    assert values("Lena Ek") == {("minister", "lena-ek")}


def test_what_stands_in_no_table_is_known_by_its_label() -> None:
    assert values("Provqvist") == {("minister", "malin-provqvist")}
    assert values("Provverket") == {("agency", "provverket")}


def test_an_office_finds_its_holders_at_their_time() -> None:
    held = named("finansministern").meanings
    assert held == named("finansminister").meanings
    assert Meaning("minister", "magdalena-andersson", date(2014, 10, 3), date(2021, 11, 29)) in held
    assert Meaning("minister", "mikael-damberg", date(2021, 11, 30), date(2022, 10, 17)) in held


@pytest.mark.parametrize("typed", ["utbildningsministern", "ministern för utbildning", "minister för utbildning"])
def test_an_office_can_be_described(typed: str) -> None:
    assert Meaning("minister", "anna-ekstrom", date(2019, 1, 21), date(2022, 10, 17)) in named(typed).meanings


def test_an_office_and_a_year_are_two_clauses() -> None:
    for typed in ("finansministern 2016", "2016 finansministern"):
        assert {clause.ways for clause in read(typed) if isinstance(clause, Named)} == {
            *(named("finansministern").ways, named("2016").ways)
        }
    assert named("2016").meanings == (Meaning("year", "2016"),)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("finansministern 2016", ["Magdalena Andersson", "2016"]),
        ("Ibrahim Baylan 2018", ["Ibrahim Baylan", "2018"]),
        ("bostäder 2018 baylan", ["2018", "Ibrahim Baylan"]),
        ("finansministern 2022", ["2022"]),  # two held it
        ("finansministern", []),
        ("UD", ["Utrikesdepartementet"]),
        ("skolverket och skolverket", ["Skolverket"]),
        ("Baylan -Busch minister:busch", ["Ibrahim Baylan"]),
        ("segregation i skolan", []),
        ("", []),
    ],
)
def test_filters_are_offered_for_the_names(typed: str, offered: list[str]) -> None:
    assert labels(typed) == offered


def test_an_offer_says_which_filter_it_is() -> None:
    assert BOOK.offers("baylan") == (Offer("minister", "ibrahim-baylan", "Ibrahim Baylan"),)


def test_few_filters_are_offered() -> None:
    assert len(BOOK.offers("Baylan Busch Damberg Wallström Ekström Kuhnke MSB 2018")) == MOST_OFFERS


def test_who_does_not_occur_is_not_offered() -> None:
    book = NameBook.of({**LABELS, "minister": {}})
    assert [offer.label for offer in book.offers("finansministern 2016")] == ["2016"]


def test_only_plain_words_are_names() -> None:
    for typed in ('"Ibrahim Baylan"', "citat:Baylan", "titel:MSB", "Baylan ELLER Busch", "msb*", "-MSB"):
        assert BOOK.read(parse(typed)) == parse(typed)


def test_a_name_that_says_no_more_than_its_words_is_left_alone() -> None:
    assert "Alkoholinspektionen" in {body.entity.name for body in Tables.load().agencies}
    assert read("Alkoholinspektionen") == parse("Alkoholinspektionen").required


def test_words_that_were_not_kept_as_typed_are_compared_by_their_terms() -> None:
    assert isinstance(BOOK.read(Tree((Word("msb"),))).required[0], Named)


def back(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses with every name as it was typed."""
    return tuple(c for clause in clauses for c in (clause.ways[0] if isinstance(clause, Named) else (clause,)))


PIECES = st.sampled_from(
    [*NAMES, *(name for row in synonyms() for name in row), "finansministern", "i", '"', "-", "OR"]
)


@given(st.lists(PIECES | st.text(max_size=8)).map(" ".join))
def test_whatever_is_typed_keeps_every_word(text: str) -> None:
    tree = parse(text)
    found = BOOK.read(tree)
    assert back(found.required) == tree.required
    assert (found.excluded, found.conditions, found.exceptions) == (tree.excluded, tree.conditions, tree.exceptions)
    for clause in found.required:
        assert not isinstance(clause, Named) or (clause.ways[1:] or clause.meanings)
    assert len(BOOK.offers(text)) <= MOST_OFFERS


@given(st.sampled_from([name for name in NAMES if name != "1989"]))
def test_every_label_is_a_name_in_any_case(name: str) -> None:
    for typed in (name, name.lower(), name.upper()):
        assert name in labels(typed)


def test_every_office_of_the_tables_is_known() -> None:
    titles = {holding.office for holding in Tables.load().holdings} - {"statsråd"}
    assert [title for title in sorted(titles) if not all(isinstance(c, Named) for c in read(title))] == []
