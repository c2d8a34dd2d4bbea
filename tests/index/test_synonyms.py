from index.annotate.tables import Tables
from index.synonyms import synonyms


def test_an_organisation_has_all_its_names_in_a_row() -> None:
    assert ("Sveriges Kommuner och Regioner", "SKR", "Sveriges Kommuner och Landsting", "SKL") in synonyms()


def test_every_row_has_a_full_name_and_another() -> None:
    for row in synonyms():
        assert len(row) > 1 and not row[0].startswith("?"), row
        assert all(name == name.strip() and name.strip("?") for name in row), row


def test_no_name_stands_in_two_rows_or_is_that_of_an_agency() -> None:
    names = [name for row in synonyms() for name in row]
    assert len(names) == len(set(names))
    assert not set(names) & {name for body in Tables.load().agencies for name in (*body.names, *body.acronyms)}
