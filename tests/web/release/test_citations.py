import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import DateSpan, Entity
from index.document import Document
from tests.web.fake import DOCUMENTS, FINANCE
from web.release.citations import bibtex, key, ris, running

DAY, MONTH, SPAN, UNDATED = DOCUMENTS
READ_ON = date(2026, 11, 22)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
LATEX_SIGNS = st.text(st.sampled_from("åÖ a%&_#$~^\\{}"), min_size=1)


def titled(document: Document, title: str, **stated: Any) -> Document:
    return replace(document, release=replace(document.release, title=title, **stated))


def of(document: Document, *names: str) -> Document:
    departments = tuple(Entity(name.lower(), name) for name in names)
    return replace(document, annotations=replace(document.annotations, departments=departments))


def test_running_says_who_what_when_where_and_when_it_was_read() -> None:
    assert running(DAY, READ_ON) == (
        "Regeringskansliet, Finansdepartementet. ”Uppdrag om bostad”. Pressmeddelande 12 april 2018. "
        "https://www.regeringen.se/p.2018.bostad/ (hämtad 22 november 2026)"
    )


@pytest.mark.parametrize(
    ("document", "when"),
    [
        (MONTH, "Pressmeddelande februari 2020."),
        (SPAN, "Pressmeddelande mellan 25 maj 2016 och 20 januari 2019."),
        (UNDATED, "Pressmeddelande, odaterat."),
    ],
)
def test_running_makes_up_no_day(document: Document, when: str) -> None:
    assert when in running(document, READ_ON)


def test_running_lists_senders_and_quotes_within_quotes() -> None:
    several = of(titled(DAY, "Svar på ”frågan”"), "Ettdepartementet", "Tvådepartementet", "Tredepartementet")
    assert running(several, READ_ON).startswith(
        "Regeringskansliet, Ettdepartementet, Tvådepartementet och Tredepartementet. ”Svar på ’frågan’”. "
    )


def test_what_is_no_web_address_is_not_cited() -> None:
    assert "javascript" not in running(UNDATED, READ_ON) + bibtex(UNDATED) + ris(UNDATED)
    assert running(UNDATED, READ_ON).endswith("odaterat.")


def test_bibtex_is_an_entry_of_biblatex() -> None:
    assert bibtex(DAY) == (
        "@online{p.2018.bostad,\n"
        "  author = {{Finansdepartementet}},\n"
        "  title = {{Uppdrag om bostad}},\n"
        "  date = {2018-04-12},\n"
        "  organization = {Regeringskansliet},\n"
        "  note = {Pressmeddelande},\n"
        "  url = {https://www.regeringen.se/p.2018.bostad/},\n"
        "  langid = {swedish},\n"
        "}\n"
    )


def test_bibtex_dates() -> None:
    assert "  date = {2020-02}," in bibtex(MONTH)
    assert "  date = {2016-05-25/2019-01-20}," in bibtex(SPAN)
    assert "Publicerat någon dag mellan 25 maj 2016 och 20 januari 2019" in bibtex(SPAN)
    assert "date =" not in bibtex(UNDATED)


def test_bibtex_writes_signs_of_latex_as_commands_and_letters_as_they_are() -> None:
    entry = bibtex(titled(DAY, "50 % av R&D_x #1 kostar $2 ~ ^ \\ {å}"))
    assert (
        r"{{50 \% av R\&D\_x \#1 kostar \$2 \textasciitilde{} \textasciicircum{} \textbackslash{} "
        r"\textbraceleft{}å\textbraceright{}}}"
    ) in entry


@given(LATEX_SIGNS, LATEX_SIGNS)
def test_braces_in_bibtex_are_always_balanced(title: str, path: str) -> None:
    entry = bibtex(titled(of(DAY, "{Dep"), title, url=f"https://example.org/{path}"))
    depth = [entry[:end].count("{") - entry[:end].count("}") for end in range(len(entry) + 1)]
    assert min(depth) == depth[-1] == 0
    assert depth.index(1) == entry.index("{") + 1
    assert all(depth[at] >= 1 for at in range(depth.index(1), len(entry) - 1))  # nothing closes the entry early


@given(TEXTS)
def test_keys_are_ascii_and_never_change(release_id: str) -> None:
    named = replace(DAY, release=replace(DAY.release, id=release_id))
    assert re.fullmatch("[A-Za-z0-9.:-]+", key(named))
    assert key(named) == key(titled(named, "En annan titel"))


def test_ids_that_look_the_same_in_ascii_have_keys_of_their_own() -> None:
    keys = {key(replace(DAY, release=replace(DAY.release, id=given))) for given in ("p.ö", "p.o", "p.ô", "ö")}
    assert len(keys) == 4


def test_ris_is_a_record() -> None:
    document = titled(DAY, "Uppdrag\nom bostad", summary="Det handlar om bostad.")
    document = replace(document, annotations=replace(document.annotations, categories=(Entity("b", "Bostäder"),)))
    assert ris(document) == (
        "TY  - GOVDOC\r\n"
        "AU  - Finansdepartementet\r\n"
        "TI  - Uppdrag om bostad\r\n"
        "PY  - 2018\r\n"
        "DA  - 2018/04/12\r\n"
        "M3  - Pressmeddelande\r\n"
        "PB  - Regeringskansliet\r\n"
        "AB  - Det handlar om bostad.\r\n"
        "KW  - Bostäder\r\n"
        "LA  - sv\r\n"
        "UR  - https://www.regeringen.se/p.2018.bostad/\r\n"
        "ER  - \r\n"
    )


def test_ris_dates() -> None:
    assert "PY  - 2020\r\nDA  - 2020/02//\r\n" in ris(MONTH)
    assert "N1  - Publicerat någon dag mellan 25 maj 2016 och 20 januari 2019\r\n" in ris(SPAN)
    assert not re.search("^(PY|DA) ", ris(SPAN) + ris(UNDATED), re.MULTILINE)
    one_year = DateSpan(date(2017, 3, 1), date(2017, 6, 1), "span")
    within = ris(replace(SPAN, annotations=replace(SPAN.annotations, span=one_year)))
    assert "PY  - 2017\r\n" in within
    assert "DA  -" not in within


@given(TEXTS, TEXTS)
def test_nothing_in_a_text_begins_a_line_of_its_own(title: str, summary: str) -> None:
    record = ris(titled(DAY, title, summary=summary))
    assert all(re.match("[A-Z][A-Z0-9]  - ", line) for line in record.removesuffix("\r\n").split("\r\n"))
    assert len(record.splitlines()) == record.count("\r\n")
    assert record.count("ER  - \r\n") == 1 or "ER  -" in title + summary


def test_without_a_known_sender_the_government_offices_are_the_author() -> None:
    nobody = of(DAY)
    assert FINANCE.name not in ris(nobody)
    assert "AU  - Regeringskansliet\r\n" in ris(nobody)
    assert "author = {{Regeringskansliet}}" in bibtex(nobody)
    assert running(nobody, READ_ON).startswith("Regeringskansliet. ”")
