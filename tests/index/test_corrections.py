from datetime import date
from pathlib import Path

import pytest

from index.annotations import Annotations, DateSpan, Entity
from index.corrections import Corrections
from index.errors import CorrectionsError
from index.release import Release
from tests.builders import release

HEADER = "release,field,action,value\n"
FOUND = Annotations(agencies=(Entity("boverket", "Boverket"), Entity("skolverket", "Skolverket")))


def load(tmp_path: Path, rows: str, header: str = HEADER) -> Corrections:
    path = tmp_path / "corrections.csv"
    path.write_text(header + rows, encoding="utf-8")
    return Corrections.load(path)


def corrected(tmp_path: Path, rows: str, found: Annotations = FOUND) -> Annotations:
    return load(tmp_path, rows).annotated(release("r1"), lambda _: found)


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    none = Corrections.load(tmp_path / "corrections.csv")
    assert none.annotated(release("r1"), lambda _: FOUND) == FOUND
    assert (none.digest("r1"), none.unused([])) == ("", [])


def test_a_file_that_can_not_be_read_says_why(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes(HEADER.encode() + b"r1,agency,add,Myndigheten f\xf6r press")
    with pytest.raises(CorrectionsError, match="Save it as UTF-8"):
        Corrections.load(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(CorrectionsError, match="Is a directory"):
        Corrections.load(path)


def test_a_value_is_added_or_removed(tmp_path: Path) -> None:
    rows = "r1,agency,remove,Boverket\nr1,agency,add,Polismyndigheten\nr1,minister,add,Test Testsson\n"
    found = corrected(tmp_path, rows)
    assert [e.name for e in found.agencies] == ["Skolverket", "Polismyndigheten"]
    assert found.ministers == (Entity("test-testsson", "Test Testsson"),)


def test_what_is_there_is_not_added_twice_and_what_is_not_is_not_removed(tmp_path: Path) -> None:
    assert corrected(tmp_path, "r1,agency,add,Skolverket\nr1,agency,remove,boverke\n") == FOUND


def test_other_releases_are_left_alone(tmp_path: Path) -> None:
    assert corrected(tmp_path, "r2,agency,remove,Boverket\n") == FOUND


def test_a_day_of_publication_is_what_recognition_goes_by(tmp_path: Path) -> None:
    seen: list[Release] = []

    def annotate(one: Release) -> Annotations:
        seen.append(one)
        return Annotations(span=DateSpan(date(2018, 4, 12), date(2018, 4, 12), "day"))

    load(tmp_path, "r1,published,add,2018-04-12\n").annotated(release("r1"), annotate)
    assert [one.published for one in seen] == ["2018-04-12"]


def test_the_digest_changes_with_the_corrections_of_that_release(tmp_path: Path) -> None:
    one = load(tmp_path, "r1,agency,add,Boverket\n")
    other = load(tmp_path, "r2,agency,add,Skolverket\nr1,agency,add,Skolverket\n")
    assert len({one.digest("r1"), other.digest("r1"), one.digest("r3")}) == 3


def test_corrections_of_unknown_releases_are_told(tmp_path: Path) -> None:
    rows = load(tmp_path, "r2,agency,add,Boverket\n\nr1,agency,add,Boverket\n").unused(["r1"])
    assert [(row.line, row.release_id) for row in rows] == [(2, "r2")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("r1,colour,add,red", "no field 'colour'"),
        ("r1,agency,change,Boverket", "neither add nor remove"),
        ("r1,agency,add,", "no value"),
        ("r1,agency,add,boverket", "write the name as people read it"),
        (",agency,add,Boverket", "no release"),
        ("r1,published,add,igår", "neither a day"),
        ("r1,agency,add,Myndigheten för press, radio och tv", "quotation marks"),
    ],
)
def test_a_row_that_can_not_be_carried_out_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(CorrectionsError, match=f"line 3: .*{said}"):
        load(tmp_path, f"r1,agency,add,Boverket\n{row}\n")


def test_a_file_without_its_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="line 1"):
        load(tmp_path, "r1,agency,add,Boverket\n", header="")
