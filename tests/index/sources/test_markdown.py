import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Link
from index.sources import markdown
from index.sources.blocks import clean_body


def blocks(text: str) -> list[str]:
    return list(markdown.parse(f"# Titel\n\n{text}").blocks)


def test_title_headings_and_paragraphs() -> None:
    page = markdown.parse("# Titel\n\nText.\n\n## Rubrik\n\nMer.\n\n#### Liten rubrik\n\n# Stor\n")

    assert page.title == "Titel"
    assert page.blocks == ("Text.", "## Rubrik", "Mer.", "### Liten rubrik", "## Stor")


def test_a_page_with_only_a_title() -> None:
    assert markdown.parse("# Titel\n\n\n") == markdown.Page("Titel", (), ())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**Fet** och *kursiv* text", ["Fet och kursiv text"]),
        ("**Kontaktperson:**Test Testsson", ["Kontaktperson:Test Testsson"]),
        (r"\*\*\*", ["***"]),
        (r"en\_fil och 5 * 3", ["en_fil och 5 * 3"]),
        ("rad ett  \nrad två\nrad tre", ["rad ett\nrad två\nrad tre"]),
        ("- Ja, säger Test Testsson.", ["– Ja, säger Test Testsson."]),
        ("Ingress.\n- Ja, säger Test Testsson.", ["Ingress.\n– Ja, säger Test Testsson."]),
        ("\u00ad- Ja", ["– Ja"]),
        ("− Ja", ["– Ja"]),
        ("+ 10 procent", ["+ 10 procent"]),
        ("* ett\n* två", ["• ett\n• två"]),
        ("* ett\n  + inre\n    - innerst\n* två", ["• ett\n• inre\n• innerst\n• två"]),
        ("* ett\n  fortsatt", ["• ett\nfortsatt"]),
        ("* **Rubrik**\n\n  Stycke.\n* två", ["• Rubrik\nStycke.\n• två"]),
        ("2. två\n3. tre", ["2. två\n3. tre"]),
        ("• typsatt\n●två", ["• typsatt\n• två"]),
        ("Text\n---\nmer", ["Text", "mer"]),
        ("Text\n\n    indragen", ["Text", "indragen"]),
        ("Text\n===", ["Text\n==="]),
        ("<b>fet</b> &amp; `kod`", ["<b>fet</b> &amp; `kod`"]),
        ("<div>\nrad\n</div>", ["<div>\nrad\n</div>"]),
        ("[1]: https://example.com", ["[1]: https://example.com"]),
        ("#6 Avsnitt", ["#6 Avsnitt"]),
        (r"\## inte en rubrik", ["inte en rubrik"]),
        ("##\n\nText", ["Text"]),
        ("![bild](/bild.jpg)\n\nText", ["Text"]),
        ("år\u00ad2024 till\u00a0och\u2011med", ["år2024 till och-med"]),
        ("a\u030a", ["å"]),
        ("\u00a0", []),
    ],
)
def test_text_is_what_a_reader_sees(source: str, expected: list[str]) -> None:
    assert blocks(source) == expected


def test_a_table_without_a_header_loses_the_empty_row() -> None:
    table = "|  |  |  |\n| --- | --- | --- |\n| **Län** | | Kronor |\n| Prov\u00adlän |  | 2\u00a0000\\* |"

    assert blocks(table) == ["Län\t\tKronor\nProvlän\t\t2 000*"]


def test_a_table_with_a_header_keeps_it() -> None:
    assert blocks("| År | Antal |\n| --- | --- |\n| 2018 | • 3 |") == ["År\tAntal\n2018\t3"]


def test_links_become_their_text_and_are_kept_apart() -> None:
    page = markdown.parse(
        '[Rapport](/rapporter/2018/04/x "Rapport") och [sidan](https://example.com/å) och '
        "[skriv](mailto:test@example.com) och [hit](#bookmark) och [ring](tel:08-000 00 00) "
        "och [två ord](http://två ord)"
    )

    assert page.blocks == ("Rapport och sidan och skriv och hit och ring och två ord",)
    assert [link.name for link in page.links] == ["Rapport", "sidan", "två ord"]
    assert page.links[0] == Link("Rapport", "https://www.regeringen.se/rapporter/2018/04/x")


def test_the_same_link_is_kept_once() -> None:
    assert len(markdown.parse("[a](/x) [a](/x)").links) == 1


_LINES = st.lists(
    st.sampled_from(["* ", "  + ", "- ", "# ", "## ", "| a | b |", "| - | - |", "[x](/y)", "**", "1. ", "", "\t"])
    | st.text(max_size=12),
    max_size=12,
)


@given(_LINES.map("\n".join) | _LINES.map(" ".join))
def test_any_text_gives_clean_blocks(text: str) -> None:
    page = markdown.parse(text)

    body = "\n\n".join(page.blocks)
    assert clean_body(body) == body
    assert len(body.split("\n\n")) == len(page.blocks) or not page.blocks
