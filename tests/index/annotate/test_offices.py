import pytest

from index.annotate.offices import find_offices, ministers_for, offices_of

TAILS = ministers_for(["minister för civilt försvar", "statsminister"])


@pytest.mark.parametrize(
    ("title", "offices"),
    [
        ("Statsminister", {"statsminister"}),
        ("energi- och näringsminister", {"energiminister", "näringsminister"}),
        ("EU- och handelsminister", {"eu-minister", "handelsminister"}),
        ("kultur-, idrotts- och demokratiminister", {"kulturminister", "idrottsminister", "demokratiminister"}),
        (
            "jämställdhets- och biträdande arbetsmarknadsminister",
            {"jämställdhetsminister", "biträdande arbetsmarknadsminister"},
        ),
        ("vice statsminister", {"vice statsminister"}),
        ("minister för högre utbildning och forskning", {"minister för högre utbildning och forskning"}),
        ("", set()),
    ],
)
def test_a_title_is_taken_apart_into_its_offices(title: str, offices: set[str]) -> None:
    assert offices_of(title) == offices


def test_offices_are_found_in_a_text_with_their_inflection() -> None:
    text = "I dag träffar arbetsmarknads- och integrationsministern EU-ministerns gäster och ett statsråd."
    found = [(text[o.start : o.end], o.definite, o.genitive) for o in find_offices(text, TAILS)]
    assert found == [
        ("arbetsmarknads- och integrationsministern", True, False),
        ("EU-ministerns", True, True),
        ("statsråd", False, False),
    ]


def test_the_minister_for_something_is_one_office() -> None:
    (office,) = find_offices("Ministern för civilt försvar kommer.", TAILS)
    assert office.offices == {"minister för civilt försvar"}


def test_words_that_hold_minister_are_no_offices() -> None:
    assert not list(find_offices("Ministern, ministerrådet, ministermötet, administrera, statsrådsmiddag.", TAILS))
