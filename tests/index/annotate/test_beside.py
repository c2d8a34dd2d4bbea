import pytest

from index.annotate.beside import is_former, is_staff, named_holders, written_name
from index.annotate.mentions import Hit, NameIndex
from index.annotate.offices import OfficeHit, find_offices, ministers_for

TAILS = ministers_for([])
NAMES = NameIndex(["Test Testsson", "Prov Provberg"])


def offices(text: str) -> list[OfficeHit]:
    return list(find_offices(text, TAILS))


def holders(text: str) -> list[str]:
    names: list[Hit] = list(NAMES.find(text))
    found = named_holders(text, offices(text), names, lambda hit, office: False)
    return [hit.name.split()[0] if hit else "-" for hit in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("skolminister Test Testsson och jaktminister Prov Provberg", ["Test", "Prov"]),
        ("Test Testsson, skolminister, Prov Provberg, jaktminister", ["Test", "Prov"]),
        ("skolminister och jaktminister Test Testsson", ["Test", "Test"]),
        ("Test Testsson, skolminister och jaktminister", ["Test", "Test"]),
        ("skolministern, Test Testsson, kommer", ["Test"]),
        ("skolministern och jaktminister Test Testsson", ["-", "Test"]),
        ("Test Testsson, skolministern och andra", ["-"]),  # a list that goes on
        ("skolministerns gäst Test Testsson", ["-"]),
    ],
)
def test_names_and_offices_that_stand_beside_each_other(text: str, expected: list[str]) -> None:
    assert holders(text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("skolminister Ny Nyman kommer", "Ny Nyman"),
        ("skolministern, Ny Nyman, kommer", "Ny Nyman"),
        ("Ny Nyman (N), skolminister, Prov Provberg", "Ny Nyman"),
        ("skolminister Ny Nymans tal, som Ny Nyman höll", "Ny Nyman"),
        ("skolminister Ny af Nyman kommer", None),
        ("skolministern kommer", None),
    ],
)
def test_a_name_is_written_beside_an_office(text: str, name: str | None) -> None:
    found = written_name(text, offices(text)[0])
    assert (found and found[2]) == name


def test_staff_and_the_past() -> None:
    text = "statssekreteraren hos skolministern"
    assert is_staff(text, offices(text)[0])
    assert not is_staff("skolministern kommer", offices("skolministern kommer")[0])
    assert is_former("den tidigare skolministern", len("den tidigare "))
    assert not is_former("den nya skolministern", len("den nya "))
