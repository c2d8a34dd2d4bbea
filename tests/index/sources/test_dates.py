import pytest

from index.sources.dates import is_iso, month_of, stated


@pytest.mark.parametrize(
    ("text", "iso"),
    [("1 maj 2018", "2018-05-01"), ("Maj 2018", "2018-05"), ("2018-05-01", "2018-05-01"), ("31 april 2018", None)],
)
def test_printed_dates(text: str, iso: str | None) -> None:
    assert stated(text) == iso


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2018-04", True),
        ("2018-04-30", True),
        ("2018-04-31", False),
        ("2018", False),
        ("2018-13", False),
        ("20180430", False),
    ],
)
def test_iso_days_and_months(text: str, right: bool) -> None:
    assert is_iso(text) is right


def test_months_in_addresses() -> None:
    assert month_of("2018", "04") == "2018-04"
    assert month_of("2018", "13") is None
    assert month_of("0018", "04") is None
