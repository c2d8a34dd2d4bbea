import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document
from tests.web.fake import DOCUMENTS
from web.release.jsonld import description, script

DAY, MONTH, SPAN, UNDATED = DOCUMENTS


def stated(document: Document, **fields: Any) -> Document:
    return replace(document, release=replace(document.release, **fields))


def test_a_release_is_described_in_the_words_of_schema_org() -> None:
    told = description(stated(DAY, updated="2018-05-02"), "/releases/p.2018.bostad")
    agencies = ["Boverket", "Skolverket", "Trafikverket", "Naturvardsverket", "Sida"]
    assert told == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "url": "/releases/p.2018.bostad",
        "isBasedOn": "https://www.regeringen.se/p.2018.bostad/",
        "headline": "Uppdrag om bostad",
        "abstract": "Det handlar om bostad.",
        "genre": "Pressmeddelande",
        "inLanguage": "sv",
        "datePublished": "2018-04-12",
        "dateModified": "2018-05-02",
        "publisher": {"@type": "GovernmentOrganization", "name": "Regeringskansliet"},
        "author": [{"@type": "GovernmentOrganization", "name": "Finansdepartementet"}],
        "about": [
            {"@type": "Person", "name": "Test Testsson"},
            *({"@type": "GovernmentOrganization", "name": name} for name in agencies),
        ],
        "isAccessibleForFree": True,
    }


def test_speeches_are_no_news() -> None:
    assert description(stated(DAY, type="tal"), "/")["@type"] == "Article"


@pytest.mark.parametrize(
    ("document", "words"),
    [(MONTH, "februari 2020"), (SPAN, "mellan 25 maj 2016 och 20 januari 2019"), (UNDATED, "okänt datum")],
)
def test_a_day_is_only_stated_when_it_is_certain(document: Document, words: str) -> None:
    told = description(document, "/")
    assert told["disambiguatingDescription"] == words
    assert "datePublished" not in told
    assert "dateModified" not in description(stated(document, updated="2018-05"), "/")


def test_only_the_web_is_named_as_the_source() -> None:
    assert "isBasedOn" not in description(UNDATED, "/")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_a_script_element_holds_can_never_end_it(text: str) -> None:
    document = stated(DAY, title=f"</script><!--{text}", summary=text or "x")
    written = str(script(document, "/"))
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == description(document, "/")
