import pytest

from tests.index.annotate.conftest import Annotate


def agencies(annotate: Annotate, body: str, published: str | None = "2023-05-02") -> list[str]:
    return [agency.id for agency in annotate(body, published).agencies]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Skolverket får uppdraget.", "skolverket"),
        ("Statens skolverks uppdrag.", "skolverket"),
        ("Uppdraget är Polismyndighetens.", "polismyndigheten"),
        ("Polisen får uppdraget.", "polismyndigheten"),
        ("MSB:s uppdrag.", "msb"),
        ("Uppdraget går till Brå.", "brottsforebyggande-radet"),
        ("Uppdraget går till BRÅ.", "brottsforebyggande-radet"),
        ("Myndigheten för\nSamhällsskydd och Beredskap får uppdraget.", "msb"),
        ("• E-hälsomyndigheten", "e-halsomyndigheten"),
        ("Myndigheten för ungdoms- och civilsamhällesfrågor får uppdraget.", "mucf"),
    ],
)
def test_an_agency_is_found_by_any_of_its_names(annotate: Annotate, body: str, key: str) -> None:
    assert agencies(annotate, body) == [key]


@pytest.mark.parametrize(
    "body",
    [
        "Vi ska bygga broar: bra, brå och skolverket.",  # ordinary words begin with a small letter
        "DO you speak English?",
        "Förmsb och MSBX.",
        "Danska Skatteverket får uppdraget.",
        "Den norska Säkerhetspolisen får uppdraget.",
        "Samverkan mellan skolan, socialtjänsten och polisen.",
        "Samverkan mellan polisen, skolan och socialtjänsten.",
        "Rådgivare till polisen i Mali.",
        "Studiebesök hos New York-polisen.",
        "Den skotska polisen kommer.",
        "Skatteverket i Norge får uppdraget.",
        "Test Testsson, Tullverket, Finland",
        "Pengar från Riksbankens Jubileumsfond.",
        "Kulturrådet i Bryssel företräder Sverige.",
    ],
)
def test_what_is_no_swedish_agency(annotate: Annotate, body: str) -> None:
    assert agencies(annotate, body) == []


def test_the_longest_name_wins(annotate: Annotate) -> None:
    assert agencies(annotate, "Säkerhetspolisen och Myndigheten för samhällsskydd och beredskap (MSB).") == [
        "sakerhetspolisen",
        "msb",
    ]


def test_an_ambiguous_acronym_never_brings_an_agency_by_itself(annotate: Annotate) -> None:
    assert agencies(annotate, "DO yttrar sig.") == []
    assert agencies(annotate, "Diskrimineringsombudsmannen (DO) yttrar sig. Enligt DO är det bra.") == ["do"]


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("Jordbruks- och Naturvårdsverket får uppdraget.", ["jordbruksverket", "naturvardsverket"]),
        ("Jordbruks- och naturvårdsverkets uppdrag.", ["jordbruksverket", "naturvardsverket"]),
        ("Skatte-, Tull- och Skolverket", ["skatteverket", "tullverket", "skolverket"]),
        ("Hälso- och sjukvården", []),
        ("Plikt- och prövningsverket får uppdraget.", ["plikt-och-provningsverket"]),
    ],
)
def test_coordinated_names_share_their_ending(annotate: Annotate, body: str, keys: list[str]) -> None:
    assert agencies(annotate, body) == keys


def test_a_name_means_the_agency_that_had_it_at_the_time(annotate: Annotate) -> None:
    assert agencies(annotate, "Polisen kommer.", "2014-05-02") == ["rikspolisstyrelsen"]
    assert agencies(annotate, "Polisen kommer.", "2015-05-02") == ["polismyndigheten"]


def test_a_renamed_agency_is_followed_when_it_has_one_successor(annotate: Annotate) -> None:
    assert agencies(annotate, "Dåvarande Ungdomsstyrelsen gjorde det.", "2018-01-01") == ["mucf"]
    assert agencies(annotate, "Högskoleverket gjorde det.", "2018-01-01") == ["hogskoleverket"]


def test_an_agency_to_come_is_itself(annotate: Annotate) -> None:
    assert agencies(annotate, "Utbetalningsmyndigheten inrättas 2024.") == ["utbetalningsmyndigheten"]


@pytest.mark.parametrize(
    "body", ["Ministern träffar polisen.", "Satsningar på polisens arbete.", "Nu får polisen mer."]
)
def test_the_police_by_itself_is_the_agency_in_small_letters_too(annotate: Annotate, body: str) -> None:
    assert agencies(annotate, body) == ["polismyndigheten"]


def test_something_else_may_stand_beside_the_agency_that_it_is_named_after(annotate: Annotate) -> None:
    assert agencies(annotate, "Kulturrådet i Bryssel talar med Kulturrådet.") == ["kulturradet"]


def test_several_county_boards_in_one_phrase_are_each_found(annotate: Annotate) -> None:
    body = "Länsstyrelserna i Västra Götalands, Skåne och Uppsala län får uppdraget."
    assert agencies(annotate, body) == ["lst-o", "lst-m", "lst-c"]
    assert agencies(annotate, "Uppdraget går till länsstyrelserna i Skånes och Uppsala län.") == ["lst-m", "lst-c"]
    assert agencies(annotate, "Länsstyrelserna i hela landet får uppdraget.") == ["lst"]
