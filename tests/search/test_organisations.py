from index.annotate.tables import Tables
from search.organisations import agencies, departments, others
from search.tree import Meaning

ROWS = [
    {
        "key": "gamla-verket",
        "name": "Gamla verket",
        "acronyms": "GV|?G",
        "end": "2019-12-31",
        "successors": "nya-verket",
    },
    {
        "key": "nya-verket",
        "name": "Nya verket",
        "official": "Statens nya verk",
        "acronyms": "NYV",
        "start": "2020-01-01",
    },
    {"key": "forsta", "name": "Första verket", "end": "2019-12-31", "successors": "tredje"},
    {"key": "andra", "name": "Andra verket", "end": "2019-12-31", "successors": "tredje"},
    {"key": "tredje", "name": "Tredje verket", "start": "2020-01-01"},
]
TABLES = Tables.of(agencies=ROWS, departments=[{"key": "provdep", "name": "Provdepartementet", "aliases": "PD"}])


def test_an_agency_that_was_renamed_is_one_under_both_names() -> None:
    renamed = next(agencies(TABLES, {"gamla-verket": "Gamla verket", "nya-verket": "Nya verket"}))
    assert renamed.names == ("Gamla verket", "Nya verket", "Statens nya verk")
    assert (renamed.name, renamed.acronyms, renamed.ambiguous) == ("Nya verket", ("GV", "NYV"), ("G",))
    assert renamed.meanings == (Meaning("agency", "gamla-verket"), Meaning("agency", "nya-verket"))


def test_agencies_that_were_merged_stay_apart() -> None:
    assert [found.names for found in agencies(TABLES, {})][1:] == [
        ("Första verket",),
        ("Andra verket",),
        ("Tredje verket",),
    ]


def test_only_what_occurs_is_a_meaning() -> None:
    assert not any(found.meanings for found in agencies(TABLES, {}))
    (department,) = departments(TABLES, {"provdep": "Provdepartementet"})
    assert (department.names, department.meanings) == (("Provdepartementet", "PD"), (Meaning("department", "provdep"),))


def test_what_occurs_and_stands_in_no_table_is_known_by_its_label() -> None:
    *_, unknown = agencies(TABLES, {"provverket": "Provverket"})
    assert (unknown.names, unknown.meanings) == (("Provverket",), (Meaning("agency", "provverket"),))


def test_other_organisations_are_names_alone() -> None:
    (found,) = others([("Provförbundet", "PF", "?P")])
    assert (found.name, found.names, found.ambiguous, found.meanings) == (
        "Provförbundet",
        ("Provförbundet", "PF"),
        ("P",),
        (),
    )
