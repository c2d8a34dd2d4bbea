import pytest

from index.annotate import Tables
from index.annotate.ministers import MinisterFinder
from tests.index.annotate.conftest import Annotate


def ministers(annotate: Annotate, body: str, published: str | None = "2023-05-02") -> list[str]:
    return [person.id for person in annotate(body, published).ministers]


@pytest.mark.parametrize(
    "body",
    [
        "Mötet leds av energi- och näringsminister Ebba Busch.",
        "Mötet leds av Ebba Busch, energi- och näringsminister.",
        "Mötet leds av Ebba Busch (KD), energi- och näringsminister.",
        "Mötet leds av Ebba Busch (energi- och näringsminister).",
        "Energi- och näringsminister samt vice statsminister Ebba Busch leder mötet.",
        "Ebba Buschs tal på mötet.",
        "Näringsministern leder mötet.",
        "Näringsministerns tal på mötet.",
        "Statsrådet Busch leder mötet.",
        "Vice statsministern leder mötet.",
        "Mötet leds av energi- och\nnäringsminister Ebba\nBusch.",
    ],
)
def test_a_minister_is_found_by_name_and_office_however_they_stand(annotate: Annotate, body: str) -> None:
    assert ministers(annotate, body) == ["ebba-busch"]


@pytest.mark.parametrize(
    "body",
    [
        "Ministern för civilt försvar, Carl-Oskar Bohlin, kommer.",
        "Ministern för civilt försvar kommer.",
        "Carl Oskar Bohlin kommer.",
        "Statsrådet Bohlins program.",
    ],
)
def test_a_minister_for_something(annotate: Annotate, body: str) -> None:
    assert ministers(annotate, body) == ["carl-oskar-bohlin"]


def test_ministers_come_in_the_order_of_the_text_and_once(annotate: Annotate) -> None:
    body = "Utrikesministern möter försvarsminister Pål Jonson. Sedan talar Tobias Billström med Ulf Kristersson."
    assert ministers(annotate, body) == ["tobias-billstrom", "pal-jonson", "ulf-kristersson"]


def test_an_office_alone_is_its_holder_on_that_day(annotate: Annotate) -> None:
    assert ministers(annotate, "Finansministern kommer.", "2016-03-01") == ["magdalena-andersson"]
    assert ministers(annotate, "Statsministern kommer.", "2022-01-10") == ["magdalena-andersson"]
    assert ministers(annotate, "Statsministern kommer.") == ["ulf-kristersson"]


def test_on_the_day_of_leaving_both_are_ministers_but_the_office_is_the_new_one_s(annotate: Annotate) -> None:
    assert ministers(annotate, "Utrikesministern kommer.", "2024-09-10") == ["maria-malmer-stenergard"]
    assert ministers(annotate, "Tobias Billström kommer.", "2024-09-10") == ["tobias-billstrom"]


def test_an_office_alone_is_nobody_when_two_held_it_in_the_span(annotate: Annotate) -> None:
    assert ministers(annotate, "Utrikesministern kommer.", "2024-09") == []


@pytest.mark.parametrize(
    "body",
    [
        "Finlands statsminister kommer.",
        "Den norska utrikesministern kommer.",
        "Den danske statsministern kommer, och statsministern håller tal.",
        "EU:s utrikesminister kommer.",
        "Sin finländska kollega, försvarsministern, möter han i dag.",
        "Ministern kommer.",
        "Test Testsson har varit statssekreterare hos försvarsministern.",
        "Tidigare var Test Testsson statsministerns statssekreterare.",
        "2011–2014: Pressekreterare till utrikesministern",
        "Frågan bereds av sakkunniga hos försvarsministern.",
        "2011–2014: Rådgivare till utrikesministern",
        "Test Testsson har arbetat vid statsministerns kontor.",
        "Test Testsson var 1950 Sveriges utrikesminister.",
        "Vid ministerrådet möts statsministrar.",
    ],
)
def test_other_countries_ministers_and_other_people_are_not_ours(annotate: Annotate, body: str) -> None:
    assert ministers(annotate, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Frågan bereds hos statsministerns statssekreterare Test Testsson.",
        "Statssekreteraren hos statsministern, Test Testsson, kommer.",
        "Anmälan till statsministerns pressekreterare.",
    ],
)
def test_a_minister_is_named_by_who_speaks_for_the_office_today(annotate: Annotate, body: str) -> None:
    assert ministers(annotate, body) == ["ulf-kristersson"]


def test_a_minister_visits_a_place_and_not_a_person_of_that_name(annotate: Annotate) -> None:
    assert ministers(annotate, "Sedan besöker statsministern Testby Knäckebröd.") == ["ulf-kristersson"]
    assert ministers(annotate, "I dag invigde utrikesministern och försvarsministern Testköpings Hamn.") == [
        "tobias-billstrom",
        "pal-jonson",
    ]


def test_a_longer_name_that_begins_as_a_minister_s_is_another_person_s(annotate: Annotate) -> None:
    assert ministers(annotate, "– …, säger Pål Jonson Testsson från Testköping.") == []
    assert ministers(annotate, "I maj besökte Pål Jonson Testköping.") == ["pal-jonson"]


def test_an_office_in_another_country(annotate: Annotate) -> None:
    assert ministers(annotate, "Den första kvinnliga utrikesministern i USA kommer.") == []
    assert ministers(annotate, "Utrikesministern i Testköping på tisdag.") == ["tobias-billstrom"]


def test_sweden_is_not_another_country(annotate: Annotate) -> None:
    assert ministers(annotate, "Sveriges statsminister Ulf Kristersson kommer.") == ["ulf-kristersson"]
    assert ministers(annotate, "Den svenska försvarsministern kommer.") == ["pal-jonson"]


def test_our_minister_abroad(annotate: Annotate) -> None:
    assert ministers(annotate, "Pressträff med försvarsminister Pål Jonson från Kiev.") == ["pal-jonson"]


def test_our_minister_beside_another_country_s(annotate: Annotate) -> None:
    body = "Försvarsminister Pål Jonson möter sin danska kollega, försvarsminister Test Testsen."
    assert ministers(annotate, body, "2025-05-02") == ["pal-jonson"]


def test_former_ministers_are_not_in_office(annotate: Annotate) -> None:
    assert ministers(annotate, "Tidigare finansminister Magdalena Andersson kommer.") == []
    assert ministers(annotate, "Den dåvarande statsministern fattade beslutet.") == []
    assert ministers(annotate, "Ibrahim Baylan kommer.", "2013-05-02") == []


def test_a_minister_that_the_table_does_not_know_yet_is_found_by_the_pattern(annotate: Annotate) -> None:
    for body in (
        "Socialminister Test Testsson kommer.",
        "Statsrådet Test Testsson kommer.",
        "Här talar minister för högre lärande Test Testsson i dag.",
        "Test Testsson (X), framtidsminister, och Test Testberg (Y), ledamot, kommer.",
        "Framtidsminister Test Testssons tal. Test Testsson kommer i dag.",
        "Framtidsminister Test Testsson Testköping i dag. Med Test Testsson kommer andra.",
    ):
        assert ministers(annotate, body, "2025-03-01") == ["test-testsson"]


def test_a_former_minister_may_come_back_after_the_table(annotate: Annotate) -> None:
    assert ministers(annotate, "Framtidsminister Ibrahim Baylan kommer.", "2025-03-01") == ["ibrahim-baylan"]
    assert ministers(annotate, "Tidigare framtidsminister Ibrahim Baylan kommer.", "2025-03-01") == []
    assert ministers(annotate, "Ibrahim Baylan kommer.", "2025-03-01") == []


def test_of_two_in_one_office_the_second_is_a_guest(annotate: Annotate) -> None:
    body = "Statsminister Test Testonen möter statsminister Ulf Kristersson."
    assert ministers(annotate, body, "2025-03-01") == ["ulf-kristersson"]
    body = "Framtidsminister Test Testsson möter framtidsminister Test Testonen."
    assert ministers(annotate, body, "2025-03-01") == ["test-testsson"]


def test_while_the_table_is_complete_an_unknown_minister_is_another_country_s(annotate: Annotate) -> None:
    assert ministers(annotate, "Här talar utrikesminister Test Testsson i dag.") == []


@pytest.mark.parametrize(
    "body",
    [
        "Finlands försvarsminister Test Testinen kommer.",
        "Hans danska kollega, justitieminister Test Testsen, kommer.",
        "Premiärminister Test Tester kommer.",
        "Här är premiärminister Test Tester, finansminister Test Testman och energiminister Test Testkvist.",
        "Utrikesminister Test Testsen från Norge kommer.",
        "Utrikesminister Test Testis (Lettland) kommer.",
        "Tidigare statsminister Test Testsson kommer.",
        "Statssekreteraren hos framtidsministern, Test Testsson, kommer.",
    ],
)
def test_an_unknown_foreign_minister_is_not_ours_after_the_table_either(annotate: Annotate, body: str) -> None:
    assert ministers(annotate, body, "2025-03-01") == []


def test_a_misspelt_name_beside_the_office_is_the_holder_s(annotate: Annotate) -> None:
    assert ministers(annotate, "Statsminister Ulf Kristerson kommer.") == ["ulf-kristersson"]
    assert ministers(annotate, "Utrikesminister Maria Malmer kommer.", "2024-10-01") == ["maria-malmer-stenergard"]
    assert ministers(annotate, "Statsminister Ulla Testsson kommer.") == []


def test_a_surname_alone_counts_after_the_full_name(tables: Tables) -> None:
    finder = MinisterFinder(tables.holdings, tables.true_of)
    text = "Andersson kom. Magdalena Andersson talade. Sedan gick Andersson, men inte Lena Andersson."
    found = [text[mention.start : mention.end] for mention in finder.mentions(text)]
    assert found == ["Magdalena Andersson", "Andersson"]


def test_a_stated_sender_comes_first_and_needs_no_table(annotate: Annotate) -> None:
    found = annotate("Pål Jonson kommer.", senders=("Finansdepartementet", "Test Testsson", "Regeringen"))
    assert [(person.id, person.name) for person in found.ministers] == [
        ("test-testsson", "Test Testsson"),
        ("pal-jonson", "Pål Jonson"),
    ]
