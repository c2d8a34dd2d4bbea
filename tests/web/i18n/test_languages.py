import re
import tomllib
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.web.html import read

WEB = Path(__file__).parents[3] / "web"
TEXTS = WEB / "translations" / "en" / "LC_MESSAGES"


@pytest.mark.parametrize(
    "address", ["/", "/?q=uppdrag&minister=test-testsson", "/releases/p.2018.bostad?q=bostad", "/help"]
)
def test_the_other_language_is_one_click_away_and_leads_back(client: FlaskClient, address: str) -> None:
    page = read(client.get(address).text)
    english = page.link("In English")
    assert english == (f"/en{address}" if address != "/" else "/en/")
    there = read(client.get(english).text)
    assert there.one("html").attrs["lang"] == "en"
    assert there.link("På svenska") == address


@pytest.mark.parametrize("name", ["endpoint", "_scheme", "_method", "_anchor", "_external", "release_id"])
def test_a_parameter_may_be_called_anything(client: FlaskClient, name: str) -> None:
    address = f"/releases/p.2018.bostad?{name}=x"
    response = client.get(address)
    assert response.status_code == 200
    assert read(response.text).link("In English") == f"/en{address}"


def test_links_stay_in_the_language(client: FlaskClient) -> None:
    page = read(client.get("/en/?q=uppdrag").text)
    ours = [a.attrs["href"] or "" for a in page.all("a") if (a.attrs["href"] or "").startswith("/")]
    assert [link for link in ours if not link.startswith("/en/")] == [page.link("På svenska")]
    assert read(client.get("/en/releases/none").text).one("html").attrs["lang"] == "en"


def test_dates_and_numbers_are_written_as_the_language_does(client: FlaskClient) -> None:
    assert "12 April 2018" in read(client.get("/en/?q=bostad").text).text
    assert "12 april 2018" in read(client.get("/?q=bostad").text).text


def test_labels_are_in_the_language_whichever_was_asked_for_first(client: FlaskClient) -> None:
    assert "Departement Finansdepartementet" in read(client.get("/?q=bostad").text).one("article").text
    assert "Ministry Finansdepartementet" in read(client.get("/en/?q=bostad").text).one("article").text


def test_what_is_swedish_on_an_english_page_says_so(client: FlaskClient) -> None:
    page = read(client.get("/en/?q=bostad").text)
    assert page.one("ol").one("h3").attrs["lang"] == "sv"
    assert {n.attrs["lang"] for n in page.all("p", class_="snippet")} == {"sv"}


def test_the_compiled_texts_are_those_of_the_source() -> None:
    compiled = BytesIO()
    with (TEXTS / "messages.po").open("rb") as po:
        write_mo(compiled, read_po(po, locale="en"))
    assert compiled.getvalue() == (TEXTS / "messages.mo").read_bytes(), "run: make translations"


def test_placeholders_are_the_same_in_both_languages() -> None:
    with (TEXTS / "messages.po").open("rb") as po:
        for message in read_po(po, locale="en"):
            if message.id and isinstance(message.id, str) and message.string:
                assert _names(message.id) == _names(str(message.string)), message.id


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


def test_every_text_has_its_english() -> None:
    found = extract_from_dir(str(WEB), *_mapping(), keywords={**DEFAULT_KEYWORDS, "_later": None, "_n": (1, 2)})
    with (TEXTS / "messages.po").open("rb") as po:
        known = {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in read_po(po, locale="en")}
    texts = {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}
    missing = sorted(text for text in texts if not known.get(text) or not all(known[text]))
    assert not missing, "run: make translations, and translate what is new"


def _mapping() -> tuple[list[tuple[str, str]], dict[str, dict[str, object]]]:
    """What is looked through, as pyproject.toml says it."""
    rows = tomllib.loads((WEB.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    options = {row["pattern"]: {k: v for k, v in row.items() if k not in ("method", "pattern")} for row in rows}
    return [(row["pattern"], row["method"]) for row in rows], options
