from hypothesis import given
from hypothesis import strategies as st

from web.pages.body import Bullets, Heading, Paragraph, Table, blocks, texts


def test_headings_lists_tables_and_paragraphs() -> None:
    body = "Ett stycke\npå två rader.\n\n## Rubrik\n\n• Ett\n• Två\n\n### Under\n\nÅr\tKronor\n2018\t40"
    assert blocks(body) == (
        Paragraph(("Ett stycke", "på två rader.")),
        Heading("Rubrik", 2),
        Bullets(("Ett", "Två")),
        Heading("Under", 3),
        Table(("År", "Kronor"), (("2018", "40"),)),
    )


def test_a_list_may_follow_its_own_paragraph_in_one_block() -> None:
    assert blocks("Detta ingår:\n• Ett\nSlut.") == (
        Paragraph(("Detta ingår:",)),
        Bullets(("Ett",)),
        Paragraph(("Slut.",)),
    )


def test_text_below_a_heading_in_one_block_is_kept() -> None:
    assert blocks("## Rubrik\nEtt stycke.") == (Heading("Rubrik", 2), Paragraph(("Ett stycke.",)))


def test_a_heading_never_skips_a_level() -> None:
    levels = [b.level for b in blocks("### A\n\n### B\n\n## C\n\n### D") if isinstance(b, Heading)]
    assert levels == [2, 3, 2, 3]


def test_a_table_without_a_name_for_every_column_has_no_head() -> None:
    assert blocks("\tKronor\n2018\t40\textra") == (Table(None, (("", "Kronor", ""), ("2018", "40", "extra"))),)


def test_a_first_row_of_amounts_is_no_head() -> None:
    assert blocks("Ettby\t100 554 627 kr\nTvåby\t35 kr") == (
        Table(None, (("Ettby", "100 554 627 kr"), ("Tvåby", "35 kr"))),
    )
    assert blocks("Ort\t2024\nEttby\t35") == (Table(("Ort", "2024"), (("Ettby", "35"),)),)


def test_every_text_of_a_body_can_be_gone_through() -> None:
    body = "## Rubrik\n\nEtt\nTvå\n\n• Tre\n• Fyra\n\nÅr\tKronor\nFem\tSex"
    assert list(texts(blocks(body))) == ["Rubrik", "Ett", "Två", "Tre", "Fyra", "År", "Kronor", "Fem", "Sex"]


def test_a_hash_or_bullet_inside_a_line_is_just_text() -> None:
    assert blocks("Punkt ## ett • två") == (Paragraph(("Punkt ## ett • två",)),)


def test_nothing_gives_nothing() -> None:
    assert blocks("") == ()


@given(st.text(st.sampled_from("ab#•\t\n ")))
def test_no_letter_is_lost(body: str) -> None:
    kept = [c for b in blocks(body) for c in _text(b) if c in "ab"]
    assert kept == [c for c in body if c in "ab"]


def _text(block: Heading | Paragraph | Bullets | Table) -> str:
    match block:
        case Heading():
            return block.text
        case Paragraph():
            return "".join(block.lines)
        case Bullets():
            return "".join(block.items)
        case Table():
            return "".join("".join(row) for row in (block.head or (), *block.rows))
