import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Period, Release, Term
from index.sources import pagetext
from index.sources.items import Unreadable
from tests.index.sources.helpers import found, lay_out
from tests.index.sources.wellformed import complaints

SITE_LINES = """Statsråd på denna sida som har entledigats

Under perioden 21 januari 2021 och den 30 november 2021 var hon provminister.

Under perioden 25 maj 2016 till den 21 januari 2019 var hon prov- och testminister.
"""

PAGE = f"""Innehållet publicerades under perioden 3 oktober 2014 till den 20 januari 2019

{SITE_LINES}
{SITE_LINES}
Pressmeddelande från Statsrådsberedningen

Provministern bjuder in till ett möte om prov

Publicerad

Den 3 maj håller provminister Test Testsson ett möte om prov.

– Prov är prov, säger Test Testsson.

Vid intresse kontakta pressekreterare Prov Provsson: 070-000 00 00

Deltagare

•\u00a0Provverket
 • Testrådet

Alla deltar på plats.

Presskontakt

Prov Provsson
Pressekreterare hos provminister Test Testsson
Telefon (växel) 08-000 00 00

{SITE_LINES}"""


def text_id(key: str) -> str:
    return "text." + hashlib.sha256(key.encode()).hexdigest()[:16]


def parse(text: str) -> Release:
    return pagetext.parse(text, "page.txt")


def head(*lines: str) -> Release:
    return parse("\n\n".join((*lines, "Det första stycket.", "Det andra stycket.")))


def test_a_page_is_told_from_what_the_site_adds() -> None:
    release = parse(PAGE)

    assert release.title == "Provministern bjuder in till ett möte om prov"
    assert (release.type, release.senders) == ("pressmeddelande", ("Statsrådsberedningen",))
    assert release.summary == "Den 3 maj håller provminister Test Testsson ett möte om prov."
    assert release.body == (
        "– Prov är prov, säger Test Testsson.\n\n"
        "Vid intresse kontakta pressekreterare Prov Provsson: 070-000 00 00\n\n"
        "Deltagare\n\n"
        "• Provverket\n• Testrådet\n\n"
        "Alla deltar på plats."
    )
    assert release.contact == (
        "Prov Provsson\nPressekreterare hos provminister Test Testsson\nTelefon (växel) 08-000 00 00"
    )
    assert (release.published, release.updated, release.url) == (None, None, None)


def test_banner_and_terms_are_kept_once_each_as_printed() -> None:
    release = parse(PAGE)

    assert release.period == Period(date(2014, 10, 3), date(2019, 1, 20))
    assert release.terms == (
        Term("provminister", Period(date(2021, 1, 21), date(2021, 11, 30))),
        Term("prov- och testminister", Period(date(2016, 5, 25), date(2019, 1, 21))),
    )


def test_the_id_is_that_of_the_name_within_the_source(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "pages", {"000_x.txt": PAGE, "deep/000_x.txt": PAGE})

    releases = found(folder)

    assert list(releases) == ["000_x.txt", "deep/000_x.txt"]
    assert releases["000_x.txt"].id == found(folder / "000_x.txt")["000_x.txt"].id == text_id("000_x.txt")
    assert releases["deep/000_x.txt"].id != releases["000_x.txt"].id


def test_an_edit_keeps_the_id() -> None:
    assert parse(PAGE).id == parse(PAGE.replace("plats", "länk")).id


@pytest.mark.parametrize(
    ("line", "senders"),
    [
        ("Miljö- och energidepartementet", ("Miljö- och energidepartementet",)),
        ("Statsrådsberedningen, Finansdepartementet", ("Statsrådsberedningen", "Finansdepartementet")),
        (
            "Finansdepartementet och Miljö- och energidepartementet",
            ("Finansdepartementet", "Miljö- och energidepartementet"),
        ),
        ("Närings-, energi- och provdepartementet", ("Närings-, energi- och provdepartementet",)),
        (
            "Test Testsson, Kulturdepartementet samt Finansdepartementet",
            ("Test Testsson", "Kulturdepartementet", "Finansdepartementet"),
        ),
    ],
)
def test_senders_are_split_but_no_name_is(line: str, senders: tuple[str, ...]) -> None:
    assert head(f"Pressmeddelande från {line}", "Titeln").senders == senders


@pytest.mark.parametrize("word", ["Artikel", "Tal", "Debattartikel", "Uttalande", "Pressmeddelande"])
def test_the_type_is_the_word_on_the_page(word: str) -> None:
    assert head(f"{word} från Finansdepartementet", "Titeln").type == word.lower()


def test_without_a_type_line_it_is_a_press_release() -> None:
    assert (head("Titeln").type, head("Titeln").title) == ("pressmeddelande", "Titeln")


def test_a_title_that_only_begins_like_a_type_line_is_a_title() -> None:
    release = head("Uttalande från provministern om läget")

    assert (release.title, release.senders) == ("Uttalande från provministern om läget", ())


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        (["Publicerad 12 april 2018"], "2018-04-12", None),
        (["Publicerad", "12 april 2018"], "2018-04-12", None),
        (["Publicerad\n12 april 2018"], "2018-04-12", None),
        (["Publicerad den 1 maj 2018 kl. 14.30"], "2018-05-01", None),
        (["Publicerad 2018-04-12"], "2018-04-12", None),
        (["Publicerad april 2018"], "2018-04", None),
        (["Publicerad 12 april 2018 Uppdaterad 3 maj 2018"], "2018-04-12", "2018-05-03"),
        (["Publicerad 12 april 2018", "Uppdaterad", "3 maj 2018"], "2018-04-12", "2018-05-03"),
        (["Publicerad"], None, None),
        (["Publicerad 31 februari 2018"], None, None),
        ([], None, None),
    ],
)
def test_dates_are_read_as_stated(lines: list[str], published: str | None, updated: str | None) -> None:
    release = head("Pressmeddelande från Finansdepartementet", "Titeln", *lines)

    assert (release.published, release.updated) == (published, updated)
    assert (release.summary, release.body) == ("Det första stycket.", "Det andra stycket.")


def test_a_date_in_the_text_is_text() -> None:
    assert parse("Titeln\n\nEn mening.\n\n12 april 2018\n\nMer.").body == "12 april 2018\n\nMer."


def test_a_title_alone_is_a_release() -> None:
    release = parse("Bara en titel")

    assert (release.title, release.summary, release.body) == ("Bara en titel", "", "")


@pytest.mark.parametrize("first", ["– Ja, säger Test Testsson.", "• ett", "Tid och plats", "Så här:"])
def test_a_quotation_a_list_or_a_heading_is_no_lead(first: str) -> None:
    release = parse(f"Titeln\n\n{first}\n\nMer text.")

    assert (release.summary, release.body) == ("", f"{first}\n\nMer text.")


def test_text_after_the_contact_stays_in_the_body() -> None:
    release = parse("Titeln\n\nIngress.\n\nKontakt:\n\nProv Provsson\n070-000 00 00\n\nBakgrund\n\nMer text.")

    assert (release.contact, release.body) == ("Prov Provsson\n070-000 00 00", "Bakgrund\n\nMer text.")


def test_cells_of_a_copied_table_stay_apart() -> None:
    assert parse("Titeln\n\nIngress.\n\nÅr\tKronor\n2018\t10\n\n•\tett\n\ttext").body == (
        "År\tKronor\n2018\t10\n\n• ett\ntext"
    )


def test_headings_are_not_made_by_accident() -> None:
    assert parse("Titeln\n\nIngress.\n\n## inte en rubrik").body == "inte en rubrik"


@pytest.mark.parametrize("text", ["", "Publicerad", SITE_LINES, "Publicerad\n\n12 april 2018", "\u00ad \u200b"])
def test_boilerplate_alone_is_not_a_release(text: str) -> None:
    with pytest.raises(Unreadable, match="no title"):
        parse(text)


def test_a_text_without_line_ends_has_no_title() -> None:
    with pytest.raises(Unreadable, match="line of its own"):
        parse("prov " * 1000)


@given(st.text(alphabet=st.sampled_from("aÅ– •\t\n#-.:1") | st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_a_release_or_is_refused(text: str) -> None:
    try:
        release = parse(text)
    except Unreadable:
        return
    assert list(complaints(release)) == []
    assert not any(line.startswith("#") and " " in line for line in release.body.split("\n")[1:])


@pytest.mark.corpus
def test_both_seeds(shared: Path) -> None:
    releases = list(found(shared / "seeds").values())

    assert [(r.period, r.senders, r.type) for r in releases] == [
        (Period(date(2014, 10, 3), date(2019, 1, 20)), ("Statsrådsberedningen",), "pressmeddelande")
    ] * 2
    assert [[t.period.last for t in r.terms] for r in releases] == [[date(2021, 11, 30), date(2019, 1, 21)]] * 2
    assert [len(r.body.split("\n• ")) - 1 for r in releases] == [11, 11]
    assert releases[0].summary.startswith("Den 12 april")
    assert "072-5457079" in releases[0].body
    for release in releases:
        assert release.contact.count("\n") == 2
        shown = release.summary + release.body
        assert not any(word in shown for word in ("entledigats", "Under perioden", "växel", "Publicerad"))
