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


def test_or_else_the_one_who_is_quoted(annotate: Annotate) -> None:
    # Nobody is quoted here: what stands before the dash is empty.
    body = "Mötet är i maj.\n\nDet bestämdes av Ebba Busch.\n\n– …, säger försvarsminister Pål Jonson."
    assert departments(annotate, body, title="Ett möte") == ["Försvarsdepartementet"]


def test_the_first_stated_minister_says_the_department(annotate: Annotate) -> None:
    assert departments(annotate, "Ebba Busch.", senders=("Pål Jonson",)) == ["Försvarsdepartementet"]


def test_departments_that_are_only_named_are_not_the_sender(annotate: Annotate) -> None:
    assert departments(annotate, "Finansdepartementet bereder frågan.") == []
