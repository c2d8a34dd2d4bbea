import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.annotations import Entity
from search.page import Marked, Offer, Page, Quoted, Without
from search.query import Query
from tests.web.cli.running import BODY, pressok, run
from tests.web.fake import FakeEngine
from web.cli.terminal import lines as lines_of
from web.cli.terminal import wrapped


def test_a_search_prints_hits(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    result = pressok("search", "segregationen", "--data", data)
    assert result.exit_code == 0
    assert result.stdout.startswith("1 träff\n\n1. Möte om segregation\n   april 2018")
    assert "https://example.se/a" in result.stdout


def test_a_search_takes_the_filters_of_the_page(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    assert "Nya poliser" in pressok("search", "--year", "2022", "--data", data).stdout
    assert pressok("search", "--from", "2023", "--data", data).stdout == "0 träffar\n2 träffar utan --from och --to\n"
    wrong = pressok("search", "--from", "igår", "--data", data)
    assert (wrong.exit_code, "YYYY-MM-DD" in wrong.stderr) == (2, True)


def test_json_is_the_api_s_response(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    answer = json.loads(pressok("search", "segregation", "--json", "--data", data).stdout)
    assert (answer["total"], answer["hits"][0]["id"], answer["query"]["q"]) == (1, "a", "segregation")
    assert answer["hits"][0]["snippet"] == BODY.replace("segregation", "<mark>segregation</mark>")


def page(**changes: Any) -> Page:
    """A result without hits, changed."""
    return replace(FakeEngine().search(Query("xyzzy")), **changes)


def test_what_could_be_meant_is_told() -> None:
    asked = Query("uppdrag", size=3)
    offered = FakeEngine(suggestion="skola", offers=(Offer("minister", "test-testsson", "Test Testsson"),), some=True)
    assert list(lines_of(offered.search(asked)))[:5] == [
        "Menade du: skola?",
        "4 träffar",
        "Få eller inga dokument innehåller alla orden. De med bara några av dem är också med, sist.",
        "Visa bara: Test Testsson (--minister test-testsson)",
        "",
    ]
    corrected = list(lines_of(FakeEngine(suggestion="skola", corrected=True).search(Query("skloa"))))
    assert corrected[:2] == ["Visar resultat för: skola (sök på det du skrev med --verbatim)", "1 träff"]


def test_the_way_to_the_next_page_is_told() -> None:
    engine = FakeEngine()
    assert list(lines_of(engine.search(Query("uppdrag", size=3))))[-1] == "Sida 1 av 2. Nästa: --page 2"
    assert list(lines_of(engine.search(Query("uppdrag", size=3, page=2))))[-1] == "Sida 2 av 2."
    assert list(lines_of(engine.search(Query("uppdrag", size=3, page=9))))[-1] == "Sidan finns inte: den sista är 2."


def test_filters_that_leave_nothing_are_named_by_their_options() -> None:
    rows = (Without("minister", ("x",), ("X",), 12), Without("dates", (), (), 1), Without("in", (), (), 0))
    assert list(lines_of(page(without=rows))) == [
        "0 träffar",
        "12 träffar utan --minister",
        "1 träff utan --from och --to",
    ]


def test_whose_words_a_snippet_is_stands_below_it() -> None:
    hit = FakeEngine().search(Query("skola")).hits[0]._replace(quoted=Quoted(Entity("test-testsson", "Test Testsson")))
    assert list(lines_of(page(hits=(hit,), total=1)))[-2:] == [
        "   – Test Testsson",
        "   https://www.regeringen.se/p.2020.skola/",
    ]


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))), st.integers(5, 40))
def test_wrapping_keeps_every_word_and_what_is_marked(text: str, pairs: list[tuple[int, int]], width: int) -> None:
    text = text.replace("\x1b", "")
    marked = Marked.at(text, [(0, *sorted(pair)) for pair in sorted(map(sorted, pairs))])  # type: ignore[misc]
    rows = wrapped(marked, width)
    plain = [click.unstyle(row) for row in rows]
    assert " ".join(plain).split() == text.split()
    assert all(len(row) <= width or len(row.split()) == 1 for row in plain)


def test_a_mark_across_two_lines_is_one_on_each() -> None:
    first, second = wrapped(Marked("ett civilt försvar", ((4, 18),)), 10)
    assert first == "ett " + click.style("civilt", bold=True, fg="yellow")
    assert second == click.style("försvar", bold=True, fg="yellow")


def at_a_terminal(*args: object, **environ: str) -> str:
    """What the command prints to a terminal of 40 columns."""
    ours, theirs = os.openpty()
    env = {**os.environ, "COLUMNS": "40", **environ}
    done = run(*args, stdout=theirs, env=env)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        return terminal.read(65536).decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_that_fit(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    shown = at_a_terminal("search", "segregation", "--data", data)
    assert click.style("segregation", bold=True, fg="yellow") in shown
    assert max(len(click.unstyle(line)) for line in shown.splitlines()) <= 40
    assert "hålls i\n   april." in shown
    plain = at_a_terminal("search", "segregation", "--data", data, NO_COLOR="1")
    assert plain == click.unstyle(shown)


def test_a_pipe_gets_plain_whole_lines(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    shown = run("search", "segregation", "--data", data, stdout=subprocess.PIPE).stdout
    assert f"\n   {BODY}\n" in shown and "\x1b" not in shown


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_who_reads_only_the_beginning_is_not_bothered(data: Path, lines: Path, more: list[str]) -> None:
    pressok("rebuild", lines, "--data", data)
    ours, theirs = os.pipe()
    os.close(ours)
    result = run("search", "segregation", *more, "--data", data, stdout=theirs)
    os.close(theirs)
    assert (result.returncode, result.stderr) == (0, "")


def test_quotations_alone_and_exactly_what_is_typed(data: Path, lines: Path) -> None:
    pressok("rebuild", lines, "--data", data)
    asked = json.loads(
        pressok("search", "möte", "--in", "quotes", "--verbatim", "--from", "2018", "--json", "--data", data).stdout
    )["query"]
    assert (asked["in"], asked["verbatim"], asked["from"]) == ("quotes", True, "2018-01-01")
