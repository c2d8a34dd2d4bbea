from hypothesis import given
from hypothesis import strategies as st

from index.annotate.mentions import NameIndex

INDEX = NameIndex(["Brottsförebyggande rådet", "Brottsoffermyndigheten", "Statens va-nämnd", "Rådet"], ["Brå", "FRA"])


def found(text: str) -> list[str]:
    return [hit.name for hit in INDEX.find(text)]


def test_names_are_found_in_one_pass_in_order() -> None:
    text = "Brå är Brottsförebyggande rådet. Statens VA-nämnd och BROTTSOFFERMYNDIGHETEN är andra."
    assert found(text) == ["Brå", "Brottsförebyggande rådet", "Statens va-nämnd", "Brottsoffermyndigheten"]


def test_the_hit_spans_the_genitive() -> None:
    text = "Enligt Brottsförebyggande rådets och FRA:s rapporter"
    assert [text[hit.start : hit.end] for hit in INDEX.find(text)] == ["Brottsförebyggande rådets", "FRA:s"]


def test_acronyms_have_their_case_and_names_their_capital() -> None:
    assert found("Fra brå BRÅ FRAN rådet") == []


def test_a_name_that_begins_in_lower_case_is_found_in_either() -> None:
    index = NameIndex(["länsstyrelsen", "arbetsgruppen mot hot", "Rådet"])
    text = "Länsstyrelsens, länsstyrelsen, länsstyrelsernas, rådet, Arbetsgruppen mot hot"
    assert [text[hit.start : hit.end] for hit in index.find(text)] == [
        "Länsstyrelsens",
        "länsstyrelsen",
        "Arbetsgruppen mot hot",
    ]


@given(st.text(), st.sampled_from(["Brå", "Rådet", "FRA"]), st.text())
def test_a_name_between_blanks_is_found_whatever_stands_around_it(before: str, name: str, after: str) -> None:
    text = f"{before} . {name} . {after}"
    place = len(before) + 3
    assert any(hit.start == place and hit.name == name for hit in INDEX.find(text))
