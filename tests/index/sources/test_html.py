from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.release import Link, Period, Release, Term
from index.sources import html, pagetext
from index.sources.addresses import id_of_key
from index.sources.items import Unreadable
from index.text import clean
from tests.index.sources.helpers import found, lay_out, rejected
from tests.index.sources.wellformed import complaints

ADDRESS = "https://www.regeringen.se/pressmeddelanden/2018/04/prov-om-prov/"

PARTS = {
    "canonical": f'<link rel="canonical" href="{ADDRESS}">',
    "created": '<meta name="DC.Date.Created" content="4/9/2018">',
    "banner": "<div class='alert'>Innehållet publicerades under perioden "
    "<span>3 oktober 2014</span> till den 20 januari 2019</div>",
    "terms": "<div class='dismissed'><h2>Statsråd på denna sida som har entledigats</h2>"
    "<p>Under perioden 25 maj 2016 till den 21 januari 2019 var hon prov- och testminister.</p></div>",
    "sender": '<p>Pressmeddelande från <a href="/regeringskansliet/provdepartementet/">Provdepartementet</a></p>',
    "vignette": '<span class="h1-vignette">Dir. 2018:0</span>',
    "published": '<span class="published">Publicerad <time datetime="2018-04-12">12 april 2018</time></span>',
    "updated": '<span class="updated">Uppdaterad <time datetime="2018-05-03T10:00">03 maj 2018</time></span>',
    "ingress": '<p class="ingress has-wordExplanation">Provministern håller ett möte om <a href="/prov">prov</a>.</p>',
    "explained": '<div class="has-wordExplanation"><p>– Prov är prov, säger Test Testsson.</p><h2>Deltagare</h2></div>',
    "cl": '<div class="cl"><ul><li>Provverket</li><li>Testrådet</li></ul><p>Läs <a href="/tal/">ett tal</a>.</p></div>',
    "files": '<ul class="list--Block--icons"><li><a href="/contentassets/0a/prov.pdf">Prov (pdf 9 kB)</a></li></ul>',
    "contact": '<div class="block--contact"><h2>Presskontakt</h2><h3>Prov Provsson</h3>Pressekreterare<br>'
    "Telefon (växel) 08-000 00 00</div>",
    "categories": '<div class="block--politikomrLinks"><h2>Ämne</h2><a href="/tx/1">Provning</a>, <a>Test</a></div>',
    "shortcuts": '<div class="island"><h2>Genvägar</h2><ul><li><a href="/rapporter/x">En rapport</a></li></ul></div>',
}


def page(*without: str, title: str = "Provministern bjuder in", **instead: str) -> bytes:
    """A page with every part but those named."""
    p = {name: "" if name in without else markup for name, markup in PARTS.items()} | instead
    return f"""<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>T</title>{p["canonical"]}{p["created"]}
<style>.x {{}}</style></head><body><nav><a href="/">Start</a></nav><main>{p["banner"]}{p["terms"]}
<div class="col-1">{p["sender"]}<h1 id="h">{p["vignette"]}{title}</h1><p>{p["published"]} {p["updated"]}</p>
{p["ingress"]}{p["explained"]}{p["cl"]}{p["files"]}{p["contact"]}</div>
<div class="col-2">{p["categories"]}{p["shortcuts"]}</div></main><footer>Kontakta oss: 08-111 11 11</footer>
<script>x("<p>nej</p>")</script></body></html>""".encode()


def parse(data: bytes | str) -> Release:
    return html.parse(data if isinstance(data, bytes) else data.encode(), "page.html")


WHOLE = Release(
    id="pressmeddelanden.2018.04.prov-om-prov",
    type="pressmeddelande",
    title="Provministern bjuder in",
    url=ADDRESS,
    summary="Provministern håller ett möte om prov.",
    body="– Prov är prov, säger Test Testsson.\n\n## Deltagare\n\n• Provverket\n• Testrådet\n\nLäs ett tal.",
    published="2018-04-12",
    updated="2018-05-03",
    senders=("Provdepartementet",),
    categories=("Provning", "Test"),
    links=(
        Link("En rapport", "https://www.regeringen.se/rapporter/x"),
        Link("prov", "https://www.regeringen.se/prov"),
        Link("ett tal", "https://www.regeringen.se/tal/"),
    ),
    attachments=(Link("Prov (pdf 9 kB)", "https://www.regeringen.se/contentassets/0a/prov.pdf"),),
    period=Period(date(2014, 10, 3), date(2019, 1, 20)),
    terms=(Term("prov- och testminister", Period(date(2016, 5, 25), date(2019, 1, 21))),),
    contact="Prov Provsson\n\nPressekreterare\nTelefon (växel) 08-000 00 00",
)


def test_a_page_with_every_part() -> None:
    assert parse(page()) == WHOLE


@pytest.mark.parametrize(
    ("part", "changes"),
    [
        ("canonical", {"id": id_of_key("page.html"), "url": None}),
        ("created", {}),
        ("banner", {"period": None}),
        ("terms", {"terms": ()}),
        ("sender", {"senders": ()}),
        ("vignette", {}),
        ("published", {"published": "2018-04-09"}),
        ("updated", {"updated": None}),
        ("ingress", {"summary": "", "links": (WHOLE.links[0], WHOLE.links[2])}),
        ("explained", {"body": "• Provverket\n• Testrådet\n\nLäs ett tal."}),
        ("cl", {"body": "– Prov är prov, säger Test Testsson.\n\n## Deltagare", "links": WHOLE.links[:2]}),
        ("files", {"attachments": ()}),
        ("contact", {"contact": ""}),
        ("categories", {"categories": ()}),
        ("shortcuts", {"links": WHOLE.links[1:]}),
    ],
)
def test_each_part_may_be_missing(part: str, changes: dict[str, Any]) -> None:
    assert parse(page(part)) == replace(WHOLE, **changes)


def test_a_title_alone_is_a_release() -> None:
    assert parse("<h1>Bara en titel") == Release(id_of_key("page.html"), "pressmeddelande", "Bara en titel")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ('<h1><span class="h1-vignette">SOU 2018:0</span>Titeln</h1>', "Titeln"),
        ('<h1>Titeln <span class="x h1-vignette"><b>SOU</b> 2018:0</span></h1>', "Titeln"),
        (
            "<h1>\n  Ti&shy;teln om\n <em>prov</em>&nbsp;&amp; test<br>på två rader </h1>",
            "Titeln om prov & test på två rader",
        ),
        ("<h1> </h1><h1>Titeln</h1>", "Titeln"),
        ("<header><h1>Regeringen</h1></header><main><h1>Titeln</h1></main>", "Titeln"),
    ],
)
def test_the_title_is_the_heading_without_the_documents_number(markup: str, title: str) -> None:
    assert parse(markup).title == title


@pytest.mark.parametrize(
    ("published", "stated"),
    [
        (
            '<span class="published">Publicerad <time datetime="2018-04-12T08:00:00">12 april 2018</time></span>',
            "2018-04-12",
        ),
        ('<span class="published"><time datetime="2018-04-12"></time></span>', "2018-04-12"),
        ('<span class="published"><time datetime="12 april 2018">i dag</time></span>', "2018-04-12"),
        ('<span class="published"><time>09&nbsp;juni 2018</time></span>', "2018-06-09"),
        ('<span class="published">Publicerad 12 april 2018</span>', "2018-04-12"),
        ('<span class="published">Publicerad: <time datetime="1994-04-01">April 1994</time></span>', "1994-04"),
        ('<span class="published"><time datetime="18 June 2026">18 June 2026</time></span>', "2018-04-09"),
        ('<span class="published">Publicerad <time datetime="x">31 februari 2018</time></span>', "2018-04-09"),
    ],
)
def test_the_date_is_the_printed_one(published: str, stated: str) -> None:
    assert parse(page(published=published)).published == stated


@pytest.mark.parametrize(
    ("content", "stated"),
    [
        ("4/12/2018", "2018-04-12"),
        ("12/4/2018 8:00:00 AM", "2018-12-04"),
        ("2018-04-12", "2018-04-12"),
        ("13/1/2018", "2018-04"),
        ("", "2018-04"),
    ],
)
def test_without_a_printed_date_it_is_that_of_the_meta_element_or_the_month_in_the_address(
    content: str, stated: str
) -> None:
    created = f'<meta name="dc.date.created" content="{content}">'

    assert parse(page("published", created=created)).published == stated


@pytest.mark.parametrize(
    ("head", "type_", "senders"),
    [
        (
            "<p>Tal från <a>Test Testsson</a>, <a>Provdepartementet</a></p>",
            "tal",
            ("Test Testsson", "Provdepartementet"),
        ),
        ("<p>Publicerad 1 maj 2018 · Artikel från <a>Provdepartementet</a></p>", "artikel", ("Provdepartementet",)),
        ("<p>Uttalande</p>", "uttalande", ()),
        (
            '<p class="media--publikations__sender">Ansvarig: <a>Provdepartementet</a></p>',
            "artikel",
            ("Provdepartementet",),
        ),
        ("", "artikel", ()),
    ],
)
def test_type_and_senders_are_stated_or_the_type_is_in_the_address(
    head: str, type_: str, senders: tuple[str, ...]
) -> None:
    release = parse(page(sender=head, canonical='<meta property="og:url" content="/artiklar/2018/04/x/">'))

    assert (release.type, release.senders) == (type_, senders)
    assert release.id == "artiklar.2018.04.x"


def test_type_dates_banner_terms_and_contact_within_the_text_are_no_text() -> None:
    release = parse(
        '<div class="cl"><h1>Titeln</h1><p>Artikel från Provdepartementet</p><p>Publicerad 12 april 2018</p>'
        '<p class="ingress">Ingressen.</p><p>Ingressen.</p><p>Texten.</p><h2>Presskontakt</h2><p>Prov Provsson<br>'
        "08-000 00 00</p><p>Innehållet publicerades under perioden 3 oktober 2014 till den 20 januari 2019</p>"
        "<p>Under perioden 25 maj 2016 till den 21 januari 2019 var hon provminister.</p></div>"
    )

    assert (release.type, release.senders) == ("artikel", ("Provdepartementet",))
    assert (release.summary, release.body) == ("Ingressen.", "Texten.")
    assert (release.period, release.contact) == (WHOLE.period, "Prov Provsson\n08-000 00 00")
    assert [term.office for term in release.terms] == ["provminister"]


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        (f"<!-- saved from url=(0062){ADDRESS} -->", ADDRESS),
        (f"<!--\n Page saved with SingleFile \n url: {ADDRESS}?a=b#c \n-->", ADDRESS),
        (f"<!-- saved from url=(0099)https://web.archive.org/web/20190101000000/{ADDRESS} -->", ADDRESS),
        ("<!-- saved from url=(0014)about:internet -->", None),
    ],
)
def test_the_address_that_a_browser_wrote_down_counts_when_the_page_states_none(comment: str, url: str | None) -> None:
    assert parse(comment.encode() + page("canonical")).url == url


@pytest.mark.parametrize(
    "address", ["https://example.com/artiklar/2018/04/x", "https://www.regeringen.se/", "file:///x"]
)
def test_a_page_that_says_it_is_another_is_refused(address: str) -> None:
    with pytest.raises(Unreadable, match="not that of a release"):
        parse(page(canonical=f'<link rel="canonical" href="{address}">'))


@pytest.mark.parametrize(
    "markup", ["<p>Text</p>", "Text", "<h1></h1>", "<h1>&shy;</h1>", "<!-- x -->", "<nav><h1>A</h1></nav>"]
)
def test_without_a_title_it_is_refused(markup: str) -> None:
    with pytest.raises(Unreadable, match=r"no title \(h1\): is this a page of regeringen.se"):
        parse(markup)


def test_a_text_that_is_all_heading_is_refused() -> None:
    with pytest.raises(Unreadable, match="characters long"):
        parse("<h1>" + "prov " * 1000)


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ("<h1>Åtgärder".encode(), "Åtgärder"),
        ("<h1>Åtgärder".encode("utf-8-sig"), "Åtgärder"),
        ("<h1>Åtgärder".encode("utf-16"), "Åtgärder"),
        ('<meta charset="windows-1252"><h1>Åtgärder – “prov”'.encode("cp1252"), "Åtgärder – “prov”"),
        ("<meta http-equiv=x content='text/html; charset=ISO-8859-1'><h1>Åtgärder –".encode("cp1252"), "Åtgärder –"),
        ('<meta charset="windows-1252"><h1>Åtgärder'.encode(), "Åtgärder"),
        (b"<h1>A\xef\xbf\xbeB &#0;&#xD800;C &hittar;", "AB \ufffd\ufffdC &hittar;"),
    ],
)
def test_the_encoding_is_found(data: bytes, title: str) -> None:
    assert parse(data).title == title


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
        (b"<h1>a\0b", "binary"),
        ("<h1>Åtgärder".encode("cp1252"), "not UTF-8"),
        (b"<meta charset=windows-1252><h1>\x81\xe5", "not windows-1252 as it says"),
        (b"<meta charset=rot13><h1>\xe5", "not UTF-8"),
        (b"<meta charset=windows-1252>\0\xe5", "binary"),
        (b"x" * 20_000_000, "larger than 8 MB"),
    ],
)
def test_what_is_not_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    folder = lay_out(tmp_path, {"bad.HTM": data, "good.html": page()})

    assert reason in rejected(folder)["bad.HTM"]
    assert found(folder) == {"good.html": WHOLE}


def test_a_page_cut_off_keeps_what_it_has() -> None:
    data = page()

    release = parse(data[: data.index(b"Testr")])

    assert (release.title, release.body.endswith("• Provverket")) == (WHOLE.title, True)


def test_what_a_browser_saved_beside_a_page_is_a_part_of_it(tmp_path: Path) -> None:
    folder = lay_out(
        tmp_path,
        {"a.html": page(), "a_files/x.css": "x", "b.htm": page("canonical"), "b-filer/x.js": "x", "c_files/x.js": "x"},
    )

    assert list(found(folder)) == ["a.html", "b.htm"]
    assert list(rejected(folder)) == ["c_files/x.js"]


def test_a_copied_text_and_its_page_say_the_same() -> None:
    text = pagetext.parse(
        "Innehållet publicerades under perioden 3 oktober 2014 till den 20 januari 2019\n\n"
        "Statsråd på denna sida som har entledigats\n\n"
        "Under perioden 25 maj 2016 till den 21 januari 2019 var hon prov- och testminister.\n\n"
        "Pressmeddelande från Provdepartementet\n\nProvministern bjuder in\n\nPublicerad 12 april 2018\n\n"
        "Provministern håller ett möte om prov.\n\n– Prov är prov, säger Test Testsson.\n\n"
        " •\tProvverket\n •\tTestrådet\n\nÅr\tAntal\n2018\t3\n\nLäs ett tal.\n\n"
        "Presskontakt\n\nProv Provsson\nPressekreterare\nTelefon (växel) 08-000 00 00\n",
        "page.txt",
    )
    table = "<table><tr><th>År</th><th>Antal</th></tr><tr><td>2018</td><td>3</td></tr></table>"
    cl = PARTS["cl"].replace("<p>Läs", f"{table}<p>Läs")

    release = parse(page("updated", explained=PARTS["explained"].replace("<h2>Deltagare</h2>", ""), cl=cl))

    for name in ("title", "summary", "body", "type", "senders", "published", "period", "terms"):
        assert getattr(release, name) == getattr(text, name), name
    assert release.contact.split() == text.contact.split()


def test_nothing_outside_the_page_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hemligt")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'

    assert "hemligt" not in str(parse(f"{entity}<h1>T &x;</h1><div class=cl>&x;<p>a</p></div>").to_dict())


@pytest.mark.parametrize(
    "before", ["", "x", "x</html>", "</html>", "x</html>y", "</body></html><p>x", "<!--x--></html>x<html>"]
)
def test_a_page_whose_outermost_tags_are_in_disorder_is_read(before: str) -> None:
    """What the fuzzer found: of text, an end of the page and more text, libxml2 makes elements side by side."""
    release = parse(f"{before}<h1>Titeln</h1><div class=cl><p>Texten.</p></div></html>y")

    assert (release.title, release.body or release.summary) == ("Titeln", "Texten.")


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<div class='cl contact ingress published'>08-000" * 20_000,
        "<div class=categories><a href=/contentassets/x>" * 20_000,
        "<div class=cl><p>x</p></div>" * 20_000,
        "<h2>Genvägar" * 20_000,
        "<div class=cl>" + "<ul><li>x" * 20_000,
        "<div class=cl>" + "<table><tr><td colspan=999999999>x" * 20_000,
        f"<p {' '.join(f'a{i}' for i in range(100_000))}>",
    ],
)
def test_hostile_markup_takes_no_more_than_its_share_of_time(markup: str) -> None:
    started = perf_counter()

    release = parse(f"<h1>Titeln</h1>{markup}")

    assert release.title == "Titeln"
    assert perf_counter() - started < 30  # what is quadratic takes minutes


_MARKUP = st.lists(
    st.sampled_from([*PARTS.values(), "<h1>", "</h1>", "<main>", '<div class="cl">', '<div class="col-1">', "</div>"])
    | st.sampled_from(
        ["</p>", "<p class=ingress>", "<h2>Genvägar", "<span class=published>", "<a href=/contentassets/>"]
    )
    | st.text(max_size=8),
    max_size=20,
)


@given(_MARKUP.map("".join))
def test_any_page_is_a_clean_release_or_is_refused(markup: str) -> None:
    try:
        release = parse(markup.encode("utf-8", "replace"))
    except Unreadable:
        return
    assert list(complaints(release)) == []
    assert release.summary == clean(release.summary)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_release_or_are_refused(data: bytes) -> None:
    for content in (data, b"<meta charset=windows-1252><h1>" + data):
        try:
            assert parse(content).title
        except Unreadable as error:
            assert str(error)
