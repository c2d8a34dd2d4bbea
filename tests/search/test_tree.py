from search.tree import (
    AnyOf,
    Meaning,
    Named,
    Phrase,
    Said,
    Titled,
    Word,
    alternatives_of,
    atoms,
    is_reference,
    is_said,
    only_words,
)

WRITTEN = Named(
    ((Word("ivo"),), (Phrase(("inspektion", "för", "vård")), Word("ivo"))), (Meaning("agency", "inspektionen"),)
)


def test_a_word_is_the_same_however_it_was_typed() -> None:
    assert Word("skol", "skolor") == Word("skol", "skolan") == Word("skol")
    assert Phrase(("ny", "skol"), ("nya", "skolor")) == Phrase(("ny", "skol"))
    assert len({Word("skol", "skolor"), Word("skol")}) == 1


def test_the_words_of_a_name_are_those_of_all_its_ways() -> None:
    ivo, whole = Word("ivo"), Phrase(("inspektion", "för", "vård"))
    assert alternatives_of(WRITTEN) == (ivo, whole)
    assert list(atoms((Word("vård"), WRITTEN, Said(Word("skol"))))) == [Word("vård"), ivo, whole, Word("skol")]


def test_only_a_clause_without_alternatives_has_words_of_its_own() -> None:
    assert only_words(Titled(Word("skol"))) == Word("skol")
    assert only_words(AnyOf((Word("skol"), Word("polis")))) is None
    assert only_words(WRITTEN) is None


def test_a_name_is_no_quotation_and_no_number_of_a_document() -> None:
    assert not is_said(WRITTEN)
    assert not is_reference(Named(((Word("2017:45"),),), ()))
