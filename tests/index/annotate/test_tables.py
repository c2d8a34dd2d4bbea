from datetime import date
from pathlib import Path

import pytest

from index.annotate import Tables
from index.errors import PressokError

MINISTERS = "key,name,office,department,start,end,note\n"
DEPARTMENTS = "key,name,start,end,successors,aliases,note\n"
AGENCIES = "key,name,official,aliases,acronyms,start,end,successors,note\n"
TRUE_OF = "# true of 2024-12-31, by hand\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ministers.csv").write_text(TRUE_OF + MINISTERS + "a-b,A B,vice statsminister,sb,2014-10-03,,\n")
    (tmp_path / "departments.csv").write_text(TRUE_OF + DEPARTMENTS + "sb,Statsrådsberedningen,,,,SB,\n")
    (tmp_path / "agencies.csv").write_text(TRUE_OF + AGENCIES + "x,X,Statens X,Y|Z,?XX|XY,,2020-01-01,u|v,\n")
    return tmp_path


def test_tables_are_read_from_a_folder(folder: Path) -> None:
    tables = Tables.load(folder)
    (holding,), (department,), (agency,) = tables.holdings, tables.departments, tables.agencies
    assert tables.true_of == date(2024, 12, 31)
    assert (holding.person.name, *holding.offices) == ("A B", "vice statsminister")
    assert (holding.period.first, holding.period.last) == (date(2014, 10, 3), None)
    assert department.names == ("Statsrådsberedningen", "SB")
    assert agency.names == ("X", "Statens X", "Y", "Z")
    assert (agency.acronyms, agency.introduced, agency.successors) == (("XY",), ("XX",), ("u", "v"))


def test_the_day_of_leaving_belongs_to_those_who_take_over() -> None:
    row = {"key": "a-b", "name": "A B", "office": "statsminister", "department": "", "end": "2019-01-21"}
    (holding,) = Tables.of([row]).holdings
    assert (holding.period.first, holding.period.last) == (None, date(2019, 1, 20))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (MINISTERS, "line 1 must be"),
        (TRUE_OF + MINISTERS + "a-b,A B,statsminister,sb,2014-10-03,2014-10-02,\n", "line 3.*ends"),
        (TRUE_OF + MINISTERS + "a-b,A B,statsminister,sb,in May,,\n", "line 3.*in May"),
        (TRUE_OF + "name\nA B\n", "line 3.*key"),
        ("", "line 1 must be"),
    ],
)
def test_a_table_that_can_not_be_read_says_where_to_mend_it(folder: Path, content: str, message: str) -> None:
    (folder / "ministers.csv").write_text(content)
    with pytest.raises(PressokError, match=f"ministers.csv.*{message}"):
        Tables.load(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "agencies.csv").unlink()
    with pytest.raises(PressokError, match=r"agencies\.csv"):
        Tables.load(folder)
