from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import clean_line
from search.language import FIELDS, MAX_ATOMS, MAX_PHRASE, correctable, parse, typed_words
from search.query import Scope
from search.tree import AnyOf, During, Phrase, Prefix, Said, Titled, Tree, Valued, Word, atoms, is_reference


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", Tree()),
        ("segregation", Tree((Word("segregation"),))),
        ("skolor polisen", Tree((Word("skol"), Word("polis")))),
        ('"utsatta områden"', Tree((Phrase(("utsatt", "område")),))),
        ("”utsatta områden”", Tree((Phrase(("utsatt", "område")),))),
        ('"skolor"', Tree((Word("skol"),))),
        ("skolor -polisen", Tree((Word("skol"),), (Word("polis"),))),
        ('-"utsatta områden"', Tree((), (Phrase(("utsatt", "område")),))),
        ("skolor OR polisen", Tree((AnyOf((Word("skol"), Word("polis"))),))),
        ("a1 skolor ELLER polisen OR b2", Tree((Word("a1"), AnyOf((Word("skol"), Word("polis"), Word("b2")))))),
        ("kärnkraft*", Tree((Prefix("kärnkraft", "kärnkraft"),))),
        ("och/eller", Tree((Phrase(("och", "ell")),))),
        ("SOU 2017:45", Tree((Word("sou"), Word("2017:45")))),
        ("a-kassa", Tree((Word("akass"),))),
        ("skolor skolor", Tree((Word("skol"),))),
        ("OR", Tree((Word("or"),))),
        ("in*", Tree((Word("in"),))),
        ("citat:skolor", Tree((Said(Word("skol")),))),
        ('Citat:"nya skolor" -citat:polis*', Tree((Said(Phrase(("ny", "skol"))),), (Said(Prefix("polis", "polis")),))),
        ("skolor OR citat:skolor", Tree((AnyOf((Word("skol"), Said(Word("skol")))),))),
        ("citat: skolor", Tree((Word("citat"), Word("skol")))),
    ],
)
def test_what_is_typed_becomes_a_tree(typed: str, tree: Tree) -> None:
    assert parse(typed) == tree


BUSCH, LINDE = Valued("minister", "busch"), Valued("minister", "linde")
TALK = Valued("type", "tal")
Y2016 = During(date(2016, 1, 1), date(2016, 12, 31))


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("titel:skola", Tree((Titled(Word("skol")),))),
        ('TITEL:"nya skolor"', Tree((Titled(Phrase(("ny", "skol"))),))),
        ("title:polis* -titel:skola", Tree((Titled(Prefix("polis", "polis")),), (Titled(Word("skol")),))),
        ("skola OR titel:polis", Tree((AnyOf((Word("skol"), Titled(Word("polis")))),))),
        ("minister:Busch", Tree(conditions=((BUSCH,),))),
        ('minister:"Ebba Busch"', Tree(conditions=((Valued("minister", "ebba-busch"),),))),
        ("minister:”Ebba Busch", Tree(conditions=((Valued("minister", "ebba-busch"),),))),
        ("minister:busch*", Tree(conditions=((BUSCH,),))),
        ("-myndighet:skolverket", Tree(exceptions=(Valued("agency", "skolverket"),))),
        ("departement:finans", Tree(conditions=((Valued("department", "finans"),),))),
        ("område:vård", Tree(conditions=((Valued("category", "vard"),),))),
        ("OMRA\u030aDE:vård", Tree(conditions=((Valued("category", "vard"),),))),
        ("talare:busch", Tree(conditions=((Valued("speaker", "busch"),),))),
        ("typ:tal skola typ:tal", Tree((Word("skol"),), conditions=((TALK,),))),
        ("typ:OR", Tree(conditions=((Valued("type", "or"),),))),
        ("i typ:tal", Tree(conditions=((TALK,),))),  # something else than "i" is asked for
        ("minister:busch OR minister:linde", Tree(conditions=((BUSCH, LINDE),))),
        ("minister:busch ELLER typ:tal polis", Tree((Word("polis"),), conditions=((BUSCH, TALK),))),
        ("skola OR typ:tal", Tree((Word("skol"),), conditions=((TALK,),))),  # a word and a condition: both
        ("skola typ:tal OR polis", Tree((Word("skol"), Word("polis")), conditions=((TALK,),))),
        ("år:2016", Tree(conditions=((Y2016,),))),
        ("-year:2016", Tree(exceptions=(Y2016,))),
        ("år:2016-02", Tree(conditions=((During(date(2016, 2, 1), date(2016, 2, 29)),),))),
        ("från:2016-05", Tree(conditions=((During(date(2016, 5, 1), None),),))),
        ("from:2016-05-25 till:2017", Tree(conditions=(
            (During(date(2016, 5, 25), None),), (During(None, date(2017, 12, 31)),)))),
        ('to:"2017"', Tree(conditions=((During(None, date(2017, 12, 31)),),))),
    ],
)  # fmt: skip
def test_a_field_says_where_or_what(typed: str, tree: Tree) -> None:
    assert parse(typed) == tree


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("minister:", (Word("minister"),)),
        ("minister: busch", (Word("minister"), Word("busch"))),
        ('minister:""', (Word("minister"),)),
        ("minister:🎉", (Word("minister"),)),
        ("titel:*", (Word("titel"),)),
        ("foo:bar", (Phrase(("foo", "bar")),)),
        ("aminister:busch", (Phrase(("aminist", "busch")),)),
        ("från:snart", (Phrase(("från", "snart")),)),
        ("år:2016-13", (Phrase(("år", "2016", "13")),)),
        ("till:0000", (Phrase(("till", "0000")),)),
        ("titel:minister:busch", (Titled(Phrase(("minister", "busch"))),)),
    ],
)
def test_a_field_that_makes_no_sense_is_words(typed: str, clauses: tuple[object, ...]) -> None:
    assert parse(typed) == Tree(clauses)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from(["", "-", "OR "]), st.sampled_from([*FIELDS, "foo"]), st.text(max_size=12))))
def test_whatever_fields_are_typed_give_a_tree(pieces: list[tuple[str, str, str]]) -> None:
    tree = parse(" ".join(f"{before}{name}:{value}" for before, name, value in pieces))
    conditions = [*tree.exceptions, *(one for row in tree.conditions for one in row)]
    assert len(conditions) + len(list(atoms((*tree.required, *tree.excluded)))) <= MAX_ATOMS


def test_words_are_kept_as_they_were_typed() -> None:
    assert [word.typed for word in typed_words("Idé-skolor i EU:s a-kassa")] == ["ideskolor", "i", "eu:s", "akassa"]
    (word, phrase) = parse('Skolorna "Nya Skolor"').required
    assert isinstance(word, Word) and word.typed == "skolorna"
    assert isinstance(phrase, Phrase) and phrase.typed == ("nya", "skolor")


def test_words_without_meaning_are_asked_for_only_when_alone() -> None:
    assert parse("segregation i skolor") == Tree((Word("segregation"), Word("skol")))
    assert parse("och i") == Tree((Word("och"), Word("i")))
    assert parse('"stöd till skolor"').required == (Phrase(("stöd", "till", "skol")),)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ('"skolor', ("skol",)),  # a quotation mark that is never closed
        ("OR skolor", ("skol",)),  # an operator with nothing before it
        ("skolor OR", ("skol",)),
        ("- skolor", ("skol",)),
        ("--skolor", ("skol",)),
        ("*", ()),
        ('""', ()),
        ("🎉", ()),
        ("or skolor", ("or", "skol")),  # operators are written in capitals
    ],
)
def test_operators_that_make_no_sense_are_passed_over(typed: str, terms: tuple[str, ...]) -> None:
    assert tuple(c.term for c in parse(typed).required if isinstance(c, Word)) == terms


@given(st.text(max_size=2000))
def test_whatever_is_typed_gives_a_tree(typed: str) -> None:
    tree = parse(typed)
    for words in atoms((*tree.required, *tree.excluded)):
        assert not isinstance(words, Phrase) or len(words.terms) <= MAX_PHRASE
    assert len(list(atoms((*tree.required, *tree.excluded)))) <= MAX_ATOMS


@given(st.text(alphabet='ab"-* OREL\u200f”', max_size=200))
def test_whatever_operators_are_typed_give_a_tree(typed: str) -> None:
    parse(typed)


def test_a_search_in_quotations_asks_for_every_word_in_them() -> None:
    assert parse("titel:skola typ:tal år:nu", Scope.QUOTES) == Tree(
        (Titled(Word("skol")), Said(Phrase(("år", "nu")))), conditions=((TALK,),)
    )
    assert parse("skolor i -polisen", Scope.QUOTES) == Tree((Said(Word("skol")),), (Said(Word("polis")),))


@pytest.mark.parametrize(
    ("typed", "expected"), [("2017:45", True), ("2024/25:72", True), ("2017", False), ("5,6", False)]
)
def test_the_number_of_a_document_is_known_for_what_it_is(typed: str, expected: bool) -> None:
    (clause,) = parse(typed).required
    assert is_reference(clause) is expected


def test_the_cost_of_a_query_is_bounded() -> None:
    assert len(parse("år:2016 -typ:tal " * 500).conditions) == 1
    assert len(parse(" ".join(f"typ:t{n}" for n in range(500))).conditions) == MAX_ATOMS
    for typed in ("ab " * 500, "abc* " * 500, '"' + "och i " * 500 + '"', "OR".join(f" w{n} " for n in range(500))):
        found = list(atoms(parse(typed).required))
        assert len(found) <= MAX_ATOMS
        assert all(len(words.terms) <= MAX_PHRASE for words in found if isinstance(words, Phrase))


def test_plain_words_may_be_misspelt() -> None:
    typed = 'kärnkrft, (skola) "i citat" -utan titel:ord be* 2017 a-kassa OR citat:ord EU:s'
    assert [typed[start:end] for start, end in correctable(typed)] == ["kärnkrft", "skola"]


@given(st.text())
def test_a_word_that_may_be_misspelt_is_letters(text: str) -> None:
    assert all(clean_line(text)[start:end].isalpha() for start, end in correctable(text))
