"""A corpus that says which round it is of, so that an answer made of two rounds shows.

Round n's releases all say "varv n" in title, text and category. An update changes half of them.
"""

import json
from pathlib import Path

from search.engine import Engine
from search.page import Page
from search.query import Query
from tests.builders import release

RELEASES = 12
CHANGED = 6  # of them say the round also when the others stay


def write_round(path: Path, number: int, *, all_change: bool) -> Path:
    """The releases of a round as JSON Lines."""
    rows = (_row(i, number if all_change or i < CHANGED else 0) for i in range(RELEASES))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _row(i: int, number: int) -> dict[str, object]:
    body = f"Skolan har kommit till varv{number}. " + "Myndigheten redovisar uppdraget i april. " * 20
    return release(
        f"r{i}",
        title=f"Skolan varv{number}",
        body=body,
        url=f"https://example.se/r{i}",
        published="2018-04-12",
        categories=(f"Varv {number}",),
    ).to_dict()


def round_of(page: Page) -> int:
    """The one round that everything in an answer to "skolan" is of; fails when it is made of several."""
    assert (page.total, len(page.hits)) == (RELEASES, RELEASES), "a release is missing"
    told = {hit.facts.id: hit.facts.title for hit in page.hits}
    numbers = {int(title.rpartition("varv")[2]) for name, title in told.items() if int(name[1:]) < CHANGED}
    assert len(numbers) == 1, f"an answer of several rounds: {told}"
    (number,) = numbers
    for hit in page.hits:
        assert not hit.snippet or f"till {hit.facts.title.split()[1]}." in hit.snippet.text, "text of another round"
    counted = {value.label: value.count for value in page.facets["category"]}
    held = [title.rpartition("varv")[2] for title in told.values()]
    assert counted == {f"Varv {n}": held.count(n) for n in held}, "facets of another round"
    return number


def asked(engine: Engine) -> int:
    """The round that an engine answers from."""
    number = round_of(engine.search(Query("skolan", size=RELEASES)))
    found = engine.search(Query(f"varv{number}", size=RELEASES, verbatim=True))
    # The second answer may be of a later round, which then has none of this one left.
    assert found.total in (CHANGED, RELEASES) or asked_later(engine, number), "words of another round"
    return number


def asked_later(engine: Engine, number: int) -> bool:
    """Whether an engine answers from a later round than this one."""
    return round_of(engine.search(Query("skolan", size=RELEASES))) > number
