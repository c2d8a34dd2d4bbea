import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import MAX_ATOMS, MAX_PHRASE, parse
from search.query import Scope
from search.tree import AnyOf, Phrase, Prefix, Said, Tree, Word, atoms, is_reference


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", Tree()),
        ("segregation", Tree((Word("segregation"),))),
        ("skolor polisen", Tree((Word("skol"), Word("polis")))),
        ('"utsatta områden"', Tree((Phrase(("utsat", "områd")),))),
        ("”utsatta områden”", Tree((Phrase(("utsat", "områd")),))),
        ('"skolor"', Tree((Word("skol"),))),
        ("skolor -polisen", Tree((Word("skol"),), (Word("polis"),))),
        ('-"utsatta områden"', Tree((), (Phrase(("utsat", "områd")),))),
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
        ('Citat:"nya skolor" -citat:polis*', Tree((Said(Phrase(("nya", "skol"))),), (Said(Prefix("polis", "polis")),))),
        ("skolor OR citat:skolor", Tree((AnyOf((Word("skol"), Said(Word("skol")))),))),
        ("citat: skolor", Tree((Word("cit"), Word("skol")))),
    ],
)
def test_what_is_typed_becomes_a_tree(typed: str, tree: Tree) -> None:
    assert parse(typed) == tree


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
    assert parse("skolor i -polisen", Scope.QUOTES) == Tree((Said(Word("skol")),), (Said(Word("polis")),))


@pytest.mark.parametrize(
    ("typed", "expected"), [("2017:45", True), ("2024/25:72", True), ("2017", False), ("5,6", False)]
)
def test_the_number_of_a_document_is_known_for_what_it_is(typed: str, expected: bool) -> None:
    (clause,) = parse(typed).required
    assert is_reference(clause) is expected


def test_the_cost_of_a_query_is_bounded() -> None:
    for typed in ("ab " * 500, "abc* " * 500, '"' + "och i " * 500 + '"', "OR".join(f" w{n} " for n in range(500))):
        found = list(atoms(parse(typed).required))
        assert len(found) <= MAX_ATOMS
        assert all(len(words.terms) <= MAX_PHRASE for words in found if isinstance(words, Phrase))
