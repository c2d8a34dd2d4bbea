from index.annotate import Annotator, Tables
from index.release import Release
from tests.index.annotate.conftest import Annotate


def departments(annotate: Annotate, body: str = "", published: str = "2023-05-02", **fields: object) -> list[str]:
    return [department.name for department in annotate(body, published, **fields).departments]


def test_stated_senders_are_the_departments(annotate: Annotate) -> None:
    found = departments(annotate, "Pål Jonson kommer.", senders=("Statsrådsberedningen", "Regeringen"))
    assert found == ["Statsrådsberedningen"]


def test_a_stated_department_that_the_table_does_not_know(annotate: Annotate) -> None:
    assert departments(annotate, senders=("Framtidsdepartementet",)) == ["Framtidsdepartementet"]


def test_without_a_sender_it_is_where_the_minister_sat_at_the_time(annotate: Annotate) -> None:
    body = "Energiminister Ibrahim Baylan kommer."
    assert departments(annotate, body, "2016-02-01") == ["Miljö- och energidepartementet"]
    assert departments(annotate, body, "2017-02-01") == ["Statsrådsberedningen"]


def test_the_minister_who_speaks_is_the_one_in_the_lead(annotate: Annotate) -> None:
    body = "Mötet är i maj.\n\nDär talar också Ebba Busch."
    assert departments(annotate, body, title="Pål Jonson kommer till mötet") == ["Försvarsdepartementet"]


def test_or_else_the_one_who_is_quoted() -> None:
    ministers = [
        {"key": f"test-{name.casefold()}", "name": f"Test {name}", "office": office, "department": department}
        for name, office, department in (
            ("Testberg", "finansminister", "finansdepartementet"),
            ("Testsson", "försvarsminister", "forsvarsdepartementet"),
        )
    ]
    departments = [
        {"key": "finansdepartementet", "name": "Finansdepartementet"},
        {"key": "forsvarsdepartementet", "name": "Försvarsdepartementet"},
    ]
    body = (
        "Mötet är i maj.\n\nDet leds av Test Testberg.\n\n"
        "– Det blir ett bra möte för alla, säger försvarsminister Test Testsson."
    )
    release = Release("text.1", "pressmeddelande", "Ett möte", body=body, published="2023-05-02")
    found = Annotator(Tables.of(ministers, departments)).annotate(release)
    assert [department.name for department in found.departments] == ["Försvarsdepartementet"]


def test_a_minister_who_is_only_named_in_the_body_sends_nothing(annotate: Annotate) -> None:
    assert departments(annotate, "Mötet är i maj.\n\nPål Jonson kommer också.", title="Ett möte") == []


def test_all_ministers_in_the_title_send_the_release(annotate: Annotate) -> None:
    found = departments(annotate, "Ebba Busch.", title="Utrikesministern och försvarsminister Pål Jonson bjuder in")
    assert found == ["Utrikesdepartementet", "Försvarsdepartementet"]


def test_on_record_the_departments_are_those_stated(annotate: Annotate) -> None:
    assert departments(annotate, title="Pål Jonson besöker Testköping", type="artikel") == []
    assert departments(annotate, type="tal", senders=("Pål Jonson", "Finansdepartementet")) == ["Finansdepartementet"]


def test_the_first_stated_minister_says_the_department(annotate: Annotate) -> None:
    assert departments(annotate, "Ebba Busch.", senders=("Pål Jonson",)) == ["Försvarsdepartementet"]


def test_departments_that_are_only_named_are_not_the_sender(annotate: Annotate) -> None:
    assert departments(annotate, "Finansdepartementet bereder frågan.") == []
