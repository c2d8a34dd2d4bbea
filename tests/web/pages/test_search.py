import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from search.engine import Engine
from search.page import Offer
from tests.web.fake import DOCUMENTS, FakeEngine, NoEngine
from tests.web.html import Node, read

ClientOf = Callable[[Engine], FlaskClient]
PAGES = ["/", "/?q=uppdrag&minister=test-testsson&from=2016", "/?q=xyzzy", "/releases/p.2018.bostad?q=bostad"]
PAGES += ["/releases/p.ond", "/releases/x", "/?page=0", "/?q=uppdrag&size=1&page=2", "/help"]


def get(client: FlaskClient, address: str, status: int = 200) -> Node:
    response = client.get(address)
    assert response.status_code == status
    return read(response.text)


def many(count: int) -> FakeEngine:
    first = DOCUMENTS[0]
    return FakeEngine(tuple(replace(first, release=replace(first.release, id=f"p.{n}")) for n in range(count)))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_title_landmarks_and_headings_in_order(client: FlaskClient, address: str) -> None:
    page = read(client.get(address).text)
    assert page.one("html").attrs["lang"] == "sv"
    assert len(page.all("h1")) == 1
    assert page.one("main").attrs["id"] == page.all("a")[0].attrs["href"].removeprefix("#")  # type: ignore[union-attr]
    assert page.all("header") and page.all("footer")
    levels = [int(h.tag[1]) for h in page.all("*") if h.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    fields = {i.attrs["id"] for i in page.all("input") if i.attrs.get("type") != "hidden"}
    assert fields == {label.attrs["for"] for label in page.all("label")}
    ids = [n.attrs["id"] for n in page.all("*") if "id" in n.attrs]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_a_script_or_a_style_in_itself(client: FlaskClient, address: str) -> None:
    page = read(client.get(address).text)
    assert not page.all("style")
    scripts = [s for s in page.all("script") if s.attrs["type"] != "application/ld+json"]  # which is not run
    assert [bool(s.attrs.get("src")) and not s.text for s in scripts] == [True]
    for node in page.all("*"):
        assert not [name for name in node.attrs if name == "style" or name.startswith("on")]


def test_the_start_page_shows_what_there_is_newest_first(client: FlaskClient) -> None:
    page = get(client, "/")
    titles = [a.text for a in page.one("ol").all("h3")]
    assert titles[:3] == ["Uppdrag om skola", "Uppdrag om bostad", "Uppdrag om segregation"]
    assert "4 pressmeddelanden, artiklar, tal och uttalanden från 2016 till 2020" in page.text


def test_hits_show_date_in_words_and_what_they_are_about(client: FlaskClient) -> None:
    page = get(client, "/?q=bostad")
    assert page.one("h1").text == "1 träff på bostad"
    hit = page.one("article")
    assert "Pressmeddelande 12 april 2018" in hit.text
    assert [m.text for m in hit.all("mark")] == ["bostad", "bostad"]
    assert "Boverket , Skolverket , Trafikverket och 2 till" in hit.text
    assert hit.link("Test Testsson") == "/ministers/test-testsson"
    assert "mellan 25 maj 2016 och 20 januari 2019" in get(client, "/?q=segregation").text
    assert "okänt datum" in get(client, "/?q=titel").text


def test_a_facet_value_says_how_many_hits_it_gives(client: FlaskClient) -> None:
    facet = get(client, "/?q=uppdrag").one("section", **{"aria-labelledby": "facet-minister"})
    counts = {a.one("span", class_="name").text: a.one("span", class_="count").text for a in facet.all("a")}
    assert counts == {"Test Testsson": "2 träffar", "Prova Provsson": "1 träff"}


def test_the_oldest_of_all_are_not_called_the_latest(client: FlaskClient) -> None:
    page = get(client, "/?sort=oldest")
    assert page.one("h1").text == "4 träffar"
    assert "Senaste" not in [h.text for h in page.all("h2")]


def test_without_words_the_title_says_what_is_chosen(client: FlaskClient) -> None:
    assert get(client, "/?minister=test-testsson").one("title").text.startswith("Test Testsson – 2 träffar")
    assert get(client, "/?page=2").one("title").text.startswith("Alla – ")


def test_a_facet_value_is_added_and_taken_away(client: FlaskClient) -> None:
    page = get(client, "/?q=uppdrag&page=1&minister=test-testsson")
    facet = _facet(page, "minister")
    assert facet.link("Prova Provsson") == "/?q=uppdrag&minister=test-testsson&minister=prova-provsson"
    assert facet.link("Test Testsson") == "/?q=uppdrag"
    assert [a.attrs.get("aria-current") for a in facet.all("a")] == ["true", None]
    assert len(get(client, facet.link("Prova Provsson")).all("article")) == 3


def test_many_values_have_a_page_of_their_own(client_of: ClientOf) -> None:
    years = _facet(get(client_of(FakeEngine()), "/"), "year")
    assert not years.all("p", class_="more")
    first = DOCUMENTS[0]
    agencies = tuple(replace(first.annotations.agencies[0], id=f"a{n}", name=f"A{n}") for n in range(12))
    crowded = replace(first, annotations=replace(first.annotations, agencies=agencies))
    facet = _facet(get(client_of(FakeEngine((crowded,))), "/"), "agency")
    assert len(facet.all("li")) == 8
    assert facet.one("p", class_="more").text == "Visa alla under Myndighet 12"
    chosen = _facet(get(client_of(FakeEngine((crowded,))), "/?agency=a11"), "agency")
    assert len(chosen.all("li")) == 9
    assert "A11" in chosen.one("li", class_="chosen").text
    page = get(client_of(FakeEngine((crowded,))), facet.link("Visa alla"))
    assert page.one("h1").text == "Myndighet"
    assert len(page.one("main").all("li")) == 12
    assert page.link("A11") == "/?agency=a11"


def test_there_is_no_page_of_values_for_what_is_no_facet(client: FlaskClient) -> None:
    get(client, "/facets/colour", 404)


def test_filters_can_be_removed_one_by_one_and_all_at_once(client: FlaskClient) -> None:
    page = get(client, "/?q=uppdrag&minister=test-testsson&agency=boverket&from=2016&to=2018-06")
    active = page.one("ul", class_="active")
    assert [a.text for a in active.all("a")] == [
        "Ta bort filtret Minister Test Testsson ×",
        "Ta bort filtret Myndighet Boverket ×",
        "Ta bort filtret Från 1 januari 2016 ×",
        "Ta bort filtret Till 30 juni 2018 ×",
        "Rensa alla filter",
    ]
    assert active.link("Från") == "/?q=uppdrag&minister=test-testsson&agency=boverket&to=2018-06"
    assert active.link("Boverket") == "/?q=uppdrag&minister=test-testsson&from=2016&to=2018-06"
    assert active.link("Rensa alla") == "/?q=uppdrag"


def test_the_forms_keep_everything_but_what_they_ask_for(client: FlaskClient) -> None:
    page = get(client, "/?q=uppdrag&minister=test-testsson&from=2016&sort=oldest&page=2")
    search, dates = page.all("form")
    assert _fields(search) == {"q": "uppdrag", "minister": "test-testsson", "from": "2016", "sort": "oldest"}
    assert _fields(dates) == {"q": "uppdrag", "minister": "test-testsson", "sort": "oldest", "from": "2016", "to": ""}
    assert search.attrs["role"] == "search"
    in_quotes = get(client, "/?q=uppdrag&in=quotes")
    assert [_fields(form)["in"] for form in in_quotes.all("form")] == ["quotes", "quotes"]


def test_sorts(client: FlaskClient) -> None:
    page = get(client, "/?q=uppdrag&sort=oldest")
    sorts = page.one("nav", **{"aria-label": "Sortering"})
    assert [a.text for a in sorts.all("a")] == ["Relevans", "Nyast", "Äldst"]
    assert sorts.one("a", **{"aria-current": "true"}).text == "Äldst"
    wordless = get(client, "/?from=2016").one("nav", **{"aria-label": "Sortering"})
    assert [a.text for a in wordless.all("a")] == ["Nyast", "Äldst"]
    assert wordless.one("a", **{"aria-current": "true"}).text == "Nyast"


def test_paging(client_of: ClientOf) -> None:
    client = client_of(many(100))
    paging = get(client, "/?q=bostad&size=5&page=10").one("nav", **{"aria-label": "Sidor"})
    numbers = [li.text.removeprefix("Sida ") for li in paging.all("li")]
    assert numbers == ["1", "…", "8", "9", "10", "11", "12", "…", "20"]
    assert paging.one("a", **{"aria-current": "page"}).text == "Sida 10"
    assert paging.one("a", rel="prev").attrs["href"] == "/?q=bostad&page=9&size=5"
    assert paging.one("a", rel="next").attrs["href"] == "/?q=bostad&page=11&size=5"
    last = get(client, "/?q=bostad&size=5&page=20")
    assert not last.all("a", rel="next")
    assert last.one("ol").attrs["start"] == "96"
    beyond = get(client, "/?q=bostad&size=5&page=21")
    assert beyond.link("Till första sidan") == "/?q=bostad&size=5"


def test_no_hits_come_with_advice(client: FlaskClient) -> None:
    page = get(client, "/?q=xyzzy&minister=test-testsson")
    assert page.one("h1").text == "0 träffar på xyzzy"
    assert page.link("Ta bort alla filter") == "/?q=xyzzy"


def test_no_hits_under_filters_come_with_what_dropping_each_gives(client: FlaskClient) -> None:
    page = get(client, "/?q=skola&minister=test-testsson&agency=skolverket")
    assert page.link("1 träff utan filtret Test-Testsson") == "/?q=skola&agency=skolverket"
    assert "utan filtret Skolverket" not in page.text
    dated = get(client, "/?q=skola&from=2016&to=2017")
    assert dated.link("1 träff utan tiden från 1 januari 2016 till 31 december 2017") == "/?q=skola"
    assert " utan " not in get(client, "/?q=xyzzy").one("main").text


def test_a_looser_match_and_a_better_spelling_are_said(client_of: ClientOf) -> None:
    page = get(client_of(FakeEngine(some=True, suggestion="skola")), "/?q=uppdrag")
    assert "bara innehåller några av dem" in page.text
    assert page.link("skola") == "/?q=skola"
    assert "bara innehåller" not in get(client_of(FakeEngine()), "/?q=uppdrag").text


def test_a_corrected_spelling_is_said_and_can_be_refused(client_of: ClientOf) -> None:
    client = client_of(FakeEngine(suggestion="skola", corrected=True))
    page = get(client, "/?q=skloa&minister=prova-provsson")
    assert page.one("h1").text == "1 träff på skola"
    assert "Visar resultat för skola . Sök i stället efter skloa" in page.text
    assert page.link("skloa") == "/?q=skloa&verbatim=1&minister=prova-provsson"
    assert page.one("article").link("Uppdrag om skola").startswith("/releases/p.2020.skola?q=skola")
    verbatim = get(client, page.link("skloa"))
    assert verbatim.one("h1").text == "0 träffar på skloa"
    assert "verbatim" not in _fields(verbatim.all("form")[0])
    assert _fields(verbatim.all("form")[1])["verbatim"] == "1"


def test_filters_that_the_words_name_are_offered_until_they_are_chosen(client_of: ClientOf) -> None:
    offers = (Offer("minister", "test-testsson", "Test Testsson"), Offer("year", "2018", "2018"))
    client = client_of(FakeEngine(offers=offers))
    page = get(client, "/?q=uppdrag&minister=prova-provsson&from=2016&page=2")
    (offered,) = [node for node in page.all("div") if node.attrs.get("class") == "offers"]
    assert offered.text == "Visa bara: Test Testsson 2018"
    assert offered.link("Test Testsson") == "/?q=uppdrag&minister=test-testsson&from=2016"
    assert offered.link("2018") == "/?q=uppdrag&minister=prova-provsson&year=2018&from=2016"
    chosen = get(client, "/?q=uppdrag&minister=test-testsson&year=2018")
    assert "Visa bara" not in chosen.text
    assert "Visa bara" not in get(client_of(FakeEngine()), "/?q=uppdrag").text


def test_a_release_shows_its_text_and_its_facts(client: FlaskClient) -> None:
    page = get(client, "/releases/p.2018.bostad?q=bostad&minister=test-testsson&page=1")
    assert page.one("h1").text == "Uppdrag om bostad"
    assert [h.text for h in page.one("article").all("h2")] == ["Det här ingår", "Citera"]
    assert [li.text for li in page.one("article").all("li")] == ["Kartlägg läget", "Skriv en rapport"]
    assert [c.text for c in page.one("table").all("th")] == ["År", "Kronor"]
    assert [m.text for m in page.all("mark")] == ["bostad", "bostad", "bostad"]
    facts = page.one("section", class_="side facts")
    for fact in ("12 april 2018", "maj 2018", "Pressmeddelande", "Sida", "pressekreterare"):
        assert fact in facts.text
    assert facts.link("Naturvardsverket") == "/agencies/naturvardsverket"
    assert page.link("Tillbaka till sökresultatet") == "/?q=bostad&minister=test-testsson"


def test_a_release_met_without_a_search_leads_to_the_start(client: FlaskClient) -> None:
    page = get(client, "/releases/p.2018.bostad")
    assert page.link("Till startsidan") == "/"
    assert not page.all("mark")


def test_a_removed_release_says_so(client_of: ClientOf) -> None:
    first = DOCUMENTS[0]
    removed = replace(first, provenance=replace(first.provenance, removed="2024-05-03T10:00:00Z"))
    assert (
        "Borttaget hos källan. Det upptäcktes 3 maj 2024"
        in get(client_of(FakeEngine((removed,))), "/releases/p.2018.bostad").text
    )


def test_what_a_source_or_a_searcher_wrote_is_text(client: FlaskClient) -> None:
    for address in ("/?q=titel", "/releases/p.ond", "/?q=<script>alert(3)</script>", "/releases/<script>"):
        html = client.get(address).text
        assert "<script>alert" not in html
        assert html.replace('<script type="application/ld+json">', "").count("<script") == 1
        assert "<img" not in html
    assert get(client, "/releases/p.ond").one("h1").text == "<script>alert(1)</script> titel"


def test_only_the_web_is_linked_to(client: FlaskClient) -> None:
    for address in PAGES:
        links = [a.attrs["href"] or "" for a in read(client.get(address).text).all("a")]
        assert all(link.startswith(("/", "#", "https://", "http://")) for link in links)
    assert "Farlig" in get(client, "/releases/p.2018.bostad").one("section", class_="side facts").text
    assert not [a for a in get(client, "/releases/p.ond").all("a") if "Läs hos" in a.text]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/?page=0", 400, "”0” går inte att använda"),
        ("/?from=2017-13", 400, "”2017-13” är inget datum"),
        ("/?from=2018&to=2017", 400, "Perioden slutar innan den börjar"),
        ("/?year=x", 400, "”x” är inget år"),
        ("/?sort=best", 400, "Sorteringen ”best” finns inte"),
        ("/?size=1000", 400, "”1000”"),
        ("/?page=600", 400, "Så långt ned"),
        ("/?q=a&q=b", 400, "”q” får bara anges en gång"),
        ("/releases/okand", 404, "Sidan finns inte"),
        ("/nothing/here", 404, "Sidan finns inte"),
    ],
)
def test_errors_say_what_to_do(client: FlaskClient, address: str, status: int, says: str) -> None:
    page = get(client, address, status)
    assert says in page.one("main").text
    assert page.link("Till sökningen") in ("/", "/?to=2017")


def test_a_missing_index_names_the_command_that_mends_it(client_of: ClientOf) -> None:
    for address in ("/", "/releases/x"):
        page = get(client_of(NoEngine()), address, 503)
        assert "pressok rebuild" in page.one("main").text


def test_parameters_of_others_do_no_harm(client: FlaskClient) -> None:
    assert get(client, "/?q=bostad&utm_source=x").one("h1").text == "1 träff på bostad"


def _facet(page: Node, key: str) -> Node:
    return page.one("section", **{"aria-labelledby": f"facet-{key}"})


def _fields(form: Node) -> dict[str, str | None]:
    sent = [i for i in form.all("input") if i.attrs.get("type") != "checkbox" or "checked" in i.attrs]
    return {i.attrs["name"] or "": i.attrs["value"] for i in sent}


def test_what_else_was_asked_for_outlives_a_mistyped_date(client: FlaskClient) -> None:
    page = get(client, "/?q=bostad&minister=test-testsson&from=maj+2023", 400)
    assert page.one("input", id="q").attrs["value"] == "bostad"
    assert page.link("Till sökningen") == "/?q=bostad&minister=test-testsson"
    assert get(client, "/?q=bostad&from=x&to=y", 400).link("Till sökningen") == "/"


def test_a_value_and_its_number_are_two_words(client: FlaskClient) -> None:
    html = client.get("/").text
    assert re.search(r'<span class="name">2018</span>\s+<span class="count">2', html)
