from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from index.annotations import DateSpan, Entity
from index.document import Document, Provenance
from search.engine import Engine
from search.local import LocalEngine
from search.query import Query
from tests.web.fake import DOCUMENTS, FakeEngine
from tests.web.feeds.schemas import find, grammar, read_feed, text, texts
from tests.web.html import read
from web.app import create_app
from web.feeds import atom

ClientOf = Callable[[Engine], FlaskClient]
FEED = "/feed.atom?q=uppdrag&minister=test-testsson"


def changed(document: Document, time: str, **stated: object) -> Document:
    return replace(document, release=replace(document.release, **stated), provenance=Provenance(time, time))


def test_a_feed_has_the_result_newest_first(client: FlaskClient) -> None:
    response = client.get("/feed.atom?q=uppdrag&sort=oldest&page=2&size=1")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = read_feed(response.data)
    titles = ["Uppdrag om skola", "Uppdrag om bostad", "Uppdrag om segregation", "<script>alert(1)</script> titel"]
    assert texts(feed, "atom:entry/atom:title") == titles
    assert text(feed, "os:totalResults") == "4"


def test_an_entry_says_who_what_and_when(client: FlaskClient) -> None:
    (entry,) = find(read_feed(client.get("/feed.atom?q=bostad").data), "atom:entry")
    assert text(entry, "atom:published") == "2018-04-12T12:00:00Z"
    assert text(entry, "atom:updated") == "2024-01-02T10:00:00Z"
    assert texts(entry, "atom:author/atom:name") == ["Finansdepartementet"]
    assert text(entry, "atom:summary") == "Det handlar om bostad."
    assert {link.get("rel"): link.get("href") for link in find(entry, "atom:link")} == {
        "alternate": "http://localhost/releases/p.2018.bostad",
        "via": "https://www.regeringen.se/p.2018.bostad/",
    }
    about = [(c.get("scheme"), c.get("label")) for c in find(entry, "atom:category")]
    assert about[:2] == [
        ("http://localhost/facets/minister", "Test Testsson"),
        ("http://localhost/facets/agency", "Boverket"),
    ]
    assert ("http://localhost/facets/type", "Pressmeddelande") in about


def test_a_day_that_is_not_certain_is_not_stated(client: FlaskClient) -> None:
    feed = read_feed(client.get("/feed.atom?q=uppdrag").data)
    dated = find(feed, "atom:entry[atom:published]")
    assert [text(e, "atom:title") for e in dated] == ["Uppdrag om bostad"]


def test_what_no_department_sent_is_the_government_offices(client: FlaskClient) -> None:
    (entry,) = find(read_feed(client.get("/feed.atom?q=titel").data), "atom:entry")
    assert texts(entry, "atom:author/atom:name") == ["Regeringskansliet"]
    assert not find(entry, "atom:link[@rel='via']"), "an address that is no web address leads nowhere"


def test_without_a_lead_the_text_begins(client_of: ClientOf) -> None:
    long = replace(DOCUMENTS[1].release, body="Ett uppdrag.\n\n" + "ord " * 200)
    feed = read_feed(client_of(FakeEngine((replace(DOCUMENTS[1], release=long),))).get("/feed.atom").data)
    summary = text(feed, "atom:entry/atom:summary")
    assert summary.startswith("Ett uppdrag. ord ord")
    assert summary.endswith("ord …") and len(summary) <= 300


def test_a_feed_leads_to_itself_and_to_its_page(client: FlaskClient) -> None:
    feed = read_feed(client.get(FEED + "&utm_source=x").data)
    links = {link.get("rel"): link.get("href") for link in find(feed, "atom:link")}
    assert links["self"] == f"http://localhost{FEED}"
    assert links["alternate"] == "http://localhost/?q=uppdrag&minister=test-testsson&sort=newest"
    for rel in ("self", "alternate", "search"):
        assert client.get(links[rel]).status_code == 200


def test_a_feed_holds_so_many(client_of: ClientOf) -> None:
    first = DOCUMENTS[0]
    many = tuple(replace(first, release=replace(first.release, id=f"p.{n}")) for n in range(atom.ENTRIES + 5))
    feed = read_feed(client_of(FakeEngine(many)).get("/feed.atom").data)
    assert len(find(feed, "atom:entry")) == atom.ENTRIES
    assert text(feed, "os:totalResults") == str(len(many))


def test_a_search_has_one_id_however_and_wherever_it_is_asked_for(client: FlaskClient) -> None:
    def id_of(address: str, host: str = "localhost") -> str:
        return text(read_feed(client.get(address, base_url=f"http://{host}").data), "atom:id")

    same = {
        id_of("/feed.atom?q=uppdrag&minister=a&minister=b&from=2016-01"),
        id_of("/feed.atom?from=2016&minister=b&q=uppdrag&minister=a&sort=oldest&page=3"),
        id_of("/feed.atom?q=uppdrag&minister=a&minister=b&from=2016", host="example.org"),
    }
    others = {id_of(a) for a in ("/feed.atom", FEED, "/feed.atom?q=bostad", "/en/feed.atom?q=bostad")}
    assert len(same) == 1
    assert len(others | same) == 5


def test_a_release_has_one_id_in_every_feed(client: FlaskClient) -> None:
    feeds = [
        client.get(a, base_url=f"https://{h}") for a, h in (("/feed.atom", "a.se"), ("/en/feed.atom?q=skola", "b.se"))
    ]
    everything, one = ({text(e, "atom:id") for e in find(read_feed(f.data), "atom:entry")} for f in feeds)
    assert len(everything) == 4
    assert len(one) == 1 and one < everything


def test_a_feed_changed_when_one_of_its_releases_did(client_of: ClientOf) -> None:
    documents = (changed(DOCUMENTS[0], "2024-03-01T10:00:00Z"), changed(DOCUMENTS[1], "2024-02-01T10:00:00Z"))
    client = client_of(FakeEngine(documents))
    assert text(read_feed(client.get("/feed.atom").data), "atom:updated") == "2024-03-01T10:00:00Z"
    assert text(read_feed(client.get("/feed.atom?q=xyzzy").data), "atom:updated") == "2024-01-02T10:00:00Z"


def test_who_has_a_feed_is_not_sent_it_again(client_of: ClientOf) -> None:
    client = client_of(FakeEngine(DOCUMENTS[:1]))
    known = {"If-None-Match": client.get("/feed.atom").headers["ETag"]}
    again = client.get("/feed.atom", headers=known)
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/feed.atom", "Pressök: alla dokument"),
        (FEED, "Pressök: uppdrag · Test Testsson"),
        ("/feed.atom?q=uppdrag&in=quotes&from=2017", "Pressök: uppdrag · bara i citat · tiden från 1 januari 2017"),
    ],
)
def test_a_feed_is_called_what_the_search_is(client: FlaskClient, address: str, title: str) -> None:
    assert text(read_feed(client.get(address).data), "atom:title") == title
    page = read(client.get(address.replace("/feed.atom", "/")).text)
    assert page.one("link", type="application/atom+xml").attrs["title"] == title


def test_each_language_has_its_feed(client: FlaskClient) -> None:
    feed = read_feed(client.get("/en/feed.atom?q=bostad").data)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert feed.get(lang) == "en"
    assert [e.get(lang) for e in find(feed, "atom:entry")] == ["sv"]
    assert (
        find(feed, "atom:entry/atom:link[@rel='alternate']")[0].get("href").startswith("http://localhost/en/releases/")
    )


@pytest.mark.parametrize(
    "address", ["/?q=uppdrag&year=2018&sort=oldest&page=2&size=1", "/", "/en/?q=uppdrag", "/?q=xyzzy"]
)
def test_every_page_of_hits_tells_readers_of_its_feed(client: FlaskClient, address: str) -> None:
    page = read(client.get(address).text)
    told = page.one("head").one("link", rel="alternate", type="application/atom+xml").attrs["href"]
    assert told == page.one("a", type="application/atom+xml").attrs["href"]
    query = address.partition("?")[2].partition("&sort")[0]
    assert told == f"{'/en' if '/en/' in address else ''}/feed.atom" + (f"?{query}" if query else "")


def test_a_mistake_in_the_address_is_told(client: FlaskClient) -> None:
    assert client.get("/feed.atom?from=x").status_code == 400


ODD = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x08\x1b\ufffe\uffff\ud800\udfff\u2028<>&]'\"\t\r\n")))
ODD = st.one_of(ODD, st.sampled_from(["]]>", "<![CDATA[", "<!--", "&#0;", "&lt;b&gt;", "<b>x</b>", "\ud83d"]))


@settings(max_examples=50)
@given(title=ODD, summary=ODD, body=ODD, name=ODD, url=st.builds("https://a.se/{}?{}#{}".format, ODD, ODD, ODD))
def test_whatever_a_release_holds_its_feed_is_right(title: str, summary: str, body: str, name: str, url: str) -> None:
    entity = Entity("x", name or "x")
    release = replace(DOCUMENTS[0].release, title=title, summary=summary, body=body, url=url, categories=(name,))
    found = replace(DOCUMENTS[0].annotations, categories=(entity,), span=DateSpan(date.min, date.min, "day"))
    document = replace(DOCUMENTS[0], release=release, annotations=found)
    with create_app(FakeEngine()).test_request_context("/feed.atom"):
        page = replace(FakeEngine().search(Query()), query=Query(text="".join(c for c in title if c.isprintable())))
        feed = read_feed(atom.feed(page, [document], "2024-01-01T10:00:00Z"))
    assert text(feed, "atom:entry/atom:title").replace("\r", "\n") == legal(title).replace("\r", "\n")
    assert not find(feed, "atom:entry/atom:*/*[not(self::atom:name)]"), "text only"


def legal(text: str) -> str:
    """What XML 1.0, section 2.2, lets through, letter by letter."""
    return "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


@pytest.mark.corpus
def test_every_real_release_is_a_right_entry(corpus_data: Path) -> None:
    engine = LocalEngine(corpus_data)
    with create_app(engine).test_request_context("/feed.atom"):
        page = engine.search(Query(size=1))
        feed = read_feed(atom.feed(page, engine.export(Query()), engine.status().created))
    assert len(find(feed, "atom:entry")) == page.total > 7000


@pytest.mark.parametrize(
    "broken",
    [
        lambda feed: feed.remove(find(feed, "atom:id")[0]),
        lambda feed: find(feed, "atom:entry")[0].remove(find(feed, "atom:entry/atom:updated")[0]),
        lambda feed: find(feed, "atom:updated")[0].__setattr__("text", "2024-01-02"),
        lambda feed: find(feed, "atom:link")[0].attrib.pop("href"),
        lambda feed: find(feed, "atom:title")[0].set("type", "html"),
        lambda feed: etree.SubElement(find(feed, "atom:entry/atom:summary")[0], "b"),
        lambda feed: feed.append(find(feed, "atom:author")[0]),
    ],
)
def test_the_grammar_refuses_what_is_no_feed(client: FlaskClient, broken: Callable[[object], object]) -> None:
    feed = read_feed(client.get("/feed.atom").data)
    broken(feed)
    assert not grammar("atom").validate(feed)
