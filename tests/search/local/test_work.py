"""What the most costly queries make the engine do: counted, since a time says as much of the machine."""

from itertools import product
from pathlib import Path

import pytest

from search.common.marking import Marker
from search.common.texts import ReadTexts
from search.language import MAX_ATOMS, MAX_PHRASE, parse
from search.local import LocalEngine, hits
from search.local.lookup import ANYWHERE, MAX_EXPANSION, Lookup
from search.local.scored import Scored
from search.local.snapshot import Snapshot
from search.local.texts import read_texts
from search.query import Query, Scope
from search.tree import Phrase, atoms
from tests.builders import document, publish
from tests.search.local.snapshots import snapshot_of

LONGEST = 500  # characters of a query, which web.params sees to
WORDS = ["".join(letters) for letters in product("aeiouyåäö", "bdfgklmnprstv", "aeiou", "dlnrst")]
TEXT = " ".join(f"kra{word}" for word in WORDS[:800])

COSTLY = {
    "a star on both sides": "*a*",
    "stars": "kra* " * 100,
    "alternatives": " OR ".join(f"{word}*" for word in WORDS),
    "hundreds of words": " ".join(WORDS),
    "hundreds excluded": " ".join(f"-{word}*" for word in WORDS),
    "deep OR": "OR ELLER " * 60,
    "a long phrase": f'"{" ".join(WORDS)}"',
    "stop words": '"i och att på" ' * 30,
    "quotation marks": '"' * LONGEST,
    "fields": " ".join(f"citat:{word}* titel:{word}*" for word in WORDS),
    "fields of fields": "titel:citat:" * 40,
    "a long number": "1234567890" * 50,
    "numbers": " ".join(map(str, range(1000, 1100))),
    "years": " OR ".join(f"år:{year}" for year in range(1900, 2024)),
    "a long word": "arbetsmarknads" * 36,
    "hyphens": "a-" * 250,
    "marks on a letter": "a\u0301\u0308" * 160,
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("data"), [document("a", body=TEXT), document("b", body="krabadet")])


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of every term whose documents are taken."""
    taken: list[int] = []
    term = Lookup.term

    def counted(lookup: Lookup, number: int, sections: int = ANYWHERE) -> Scored:
        taken.append(number)
        return term(lookup, number, sections)

    monkeypatch.setattr(Lookup, "term", counted)
    return taken


@pytest.mark.parametrize("typed", COSTLY.values(), ids=COSTLY)
def test_a_query_asks_for_so_much_at_most(typed: str, snapshot: Snapshot) -> None:
    for scope in Scope:
        tree = parse(typed[:LONGEST], scope)
        asked = list(atoms((*tree.required, *tree.excluded)))
        assert len(asked) + sum(map(len, tree.conditions)) + len(tree.exceptions) <= MAX_ATOMS
        assert all(len(one.terms) <= MAX_PHRASE for one in asked if isinstance(one, Phrase))
        assert len(Marker.of(snapshot.lookup, tree).words) <= MAX_ATOMS * (MAX_EXPANSION + 2)


def test_a_prefix_of_everything_takes_the_documents_of_so_many_terms(tmp_path: Path, looked_up: list[int]) -> None:
    publish(tmp_path, [document("a", body=TEXT)])
    engine = LocalEngine(tmp_path)

    engine.search(Query("kra* " * 100))
    assert MAX_EXPANSION <= len(looked_up) <= MAX_EXPANSION + 1  # the same one is asked for once
    looked_up.clear()
    engine.search(Query("*a*"))
    assert len(looked_up) <= 2  # "a", which is a word and stands for no other


def test_the_quotations_of_all_hits_are_marked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Krabadet ska bort"
    publish(
        tmp_path, [document(f"d{n}", body=f"– {said}, säger Två.", quotes=[("Två Tvåsson", said)]) for n in range(9)]
    )
    made: list[ReadTexts] = []
    monkeypatch.setattr(hits, "read_texts", lambda *args: made.append(read_texts(*args)) or made[-1])

    page = LocalEngine(tmp_path).search(Query("kra*", scope=Scope.QUOTES))

    assert [hit.quoted.speaker.id for hit in page.hits if hit.quoted and hit.quoted.speaker] == ["tva-tvasson"] * 9
    assert len(made) == 1
