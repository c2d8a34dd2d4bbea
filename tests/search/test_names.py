import pytest

from search.names import is_called


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("busch", True),
        ("ebba-busch", True),
        ("eb-bu", True),
        ("b", True),
        ("busch-ebba", False),
        ("usch", False),
        ("ebba-busch-thor", False),
    ],
)
def test_the_beginnings_of_words_beside_each_other_are_a_name(typed: str, expected: bool) -> None:
    assert is_called(typed, "ebba-busch", "Ebba Busch") is expected


def test_a_key_is_a_name_too() -> None:
    assert is_called("ebba-busch-thor", "ebba-busch-thor", "Ebba Busch")
    assert is_called("sodertorn", "x", "Södertörns tingsrätt")
