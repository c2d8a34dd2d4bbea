import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import MAX_CLAUSES, parse
from search.tree import AnyOf, Phrase, Prefix, Tree, Word


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
    assert len(tree.required) <= MAX_CLAUSES and len(tree.excluded) <= MAX_CLAUSES


@given(st.text(alphabet='ab"-* OREL\u200f”', max_size=200))
def test_whatever_operators_are_typed_give_a_tree(typed: str) -> None:
    parse(typed)
