import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.blocks import clean_body, part_contact, tidy, without_beginning
from index.text import clean

TEXT = st.text(alphabet=st.sampled_from("aå– •\t\n#. \u00a0\u00ad") | st.characters(codec="utf-8"))


@given(TEXT)
def test_cleaning_a_clean_body_changes_nothing(text: str) -> None:
    assert clean_body(clean_body(text)) == clean_body(text)


@given(TEXT)
def test_tidy_is_clean(text: str) -> None:
    assert tidy(text) == clean(text)


def test_cells_keep_their_columns() -> None:
    assert clean_body("\tA\u00a0 b\t\tC\t\n\n \n\nText") == "\tA b\t\tC\n\nText"


@pytest.mark.parametrize(
    ("body", "beginning", "rest"),
    [
        ("Ingress.\n\nMer.", "Ingress.", "Mer."),
        ("Ett.\n\nTvå.\n\nMer.", "Ett. \nTvå", "Mer."),
        ("Ingress. Mer i samma stycke.", "Ingress.", "Mer i samma stycke."),
        ("Ingress.\n\n– Citat.", "ingress", "– Citat."),
        ("Ingressen går vidare.", "Ingress", "Ingressen går vidare."),
        ("Något annat.", "Ingress.", "Något annat."),
        ("Ingress.", "Ingress.", ""),
        ("Text.", "", "Text."),
    ],
)
def test_a_summary_is_not_said_twice(body: str, beginning: str, rest: str) -> None:
    assert without_beginning(body, beginning) == rest


@pytest.mark.parametrize(
    ("blocks", "kept", "contact"),
    [
        (["Text.", "Presskontakt", "Test T\n08-000 00 00"], ["Text."], "Test T\n08-000 00 00"),
        (["### Kontaktperson:", "Test T 08-000 00 00", "## Ny", "Mer."], ["## Ny", "Mer."], "Test T 08-000 00 00"),
        (["Kontakt", "Test Testsson", "test@example.com"], [], "Test Testsson\n\ntest@example.com"),
        (["Presskontakt\nTest Testsson\n08-000 00 00"], [], "Test Testsson\n08-000 00 00"),
        (["Presskontakt", "Test Testsson"], [], "Test Testsson"),
        (["Test T\nPressekreterare hos X", "Mobil", "070-000 00 00"], [], None),
        (["Kontaktperson: Test T 08-000 00 00", "Mer."], ["Mer."], "Kontaktperson: Test T 08-000 00 00"),
        (["Kontakta Test Testsson på 08-000 00 00 för frågor."], None, ""),
        (["Kontakt", "## Rubrik", "Text."], None, ""),
        (["Kontakt", f"{'Lång text. ' * 40}"], None, ""),
    ],
)
def test_the_contact_is_told_from_the_text(blocks: list[str], kept: list[str] | None, contact: str | None) -> None:
    parted = part_contact(blocks)

    assert list(parted.blocks) == (blocks if kept is None else kept)
    assert parted.contact == ("\n\n".join(blocks) if contact is None else contact)
