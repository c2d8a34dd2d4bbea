"""The table of agencies against itself and against facts that anyone can look up."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from index.text import clean, fold, key_of

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "index" / "data" / "agencies.csv"
HEADER = "key,name,official,aliases,acronyms,start,end,successors,note"
Row = dict[str, str]


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# How names of one word end when they say of themselves that they are an institution.
ENDINGS = re.compile(
    "(verket|myndigheten|myndigheterna|inspektionen|styrelsen|styrelserna|nämnden|nämnderna|rådet|institutet|ombudsmannen|museet"
    "|museum|museerna|delegationen|kommissionen|arkivet|arkiven|domstolen|rätten|kanslern|ämbetet|kollegiet"
    "|kollegium|högskolan|universitetet|kassan|kassorna|sekretariatet|fonden|revisionen|analys|kontoret|polisen"
    "|makten|bevakningen|vården|förmedlingen|beredningen|anstalten|förvaltningen)$"
)
# Names of one word that end in no such way: each was looked at as it stands in running text.
PROPER = words(
    """Polisen Kronofogden Riksbanken Riksgälden Riksåklagaren Lantmäteriet Sametinget Bergsstaten
    Länsstyrelserna länsstyrelserna Konstfack Rikskonserter Rikstrafiken Riksutställningar Sida Sieps Swedac Vinnova
    Formas Forte Nutek Verva"""
)
# Words that a sentence may begin with, or whose definite form means many things.
ORDINARY = words(
    """aktuellt allmänna analys arbete barn biståndsmyndigheten bra byrån centrum delegationen domstolarna domstolen
    domstolsväsendet etik familj formas forum fonden försvaret försäkringar hälsa högskolan inspektionen institutet
    kassan kommissionen kommittén kontoret kronan kultur kulturen lag lantbruk länsstyrelsen makten media migration
    miljö museet must myndigheten nationella natur nämnden ombudsmannen omsorg plikt polisväsendet post regeringen
    revisionen riksdagen rådet rätten servicecenter sida skatt skog skola skolan skydd stat staten statens styrelsen
    svenska säkerhet tinget trafik tull tullen universitetet utredningen vatten verket vård vården väg åklagaren"""
)
# Names that are ordinary words all the same, because nobody says anything else.
UNAVOIDABLE = words("Sida Formas")
# Texts write these small too, and mean the same by it.
SMALL_TOO = words("Kärnavfallsfonden Länsstyrelserna Polisen Riksåklagaren länsstyrelserna")
ONE_CAPITAL = words(
    """Af Arkdes Bits Brå Delmos Digg Distum Ei Fohm Handisam Ifau Isof Ivo Krus Lnu Mau Mfof Miun Mucf Mynak Npof
    Sadev Sarec Si Sika Sis Sisus Siun Swedecorp Säpo Trafa Uniarts Önep"""
)
AMBIGUOUS = words("AD AF AV BO DO FI FK GU HD IAF JK JO KB KI KO LU NV PM RA SGI SI SIN SKL SMR SPF SU TS VR")
FIRST_SEED = """\
Arbetsförmedlingen
Boverket
Brottsförebyggande rådet
Delegationen mot segregation
Försäkringskassan
Kriminalvården
Polismyndigheten
Skolinspektionen
Skolverket
Socialstyrelsen
Säkerhetspolisen
""".splitlines()


@cache
def rows() -> tuple[Row, ...]:
    return tuple(csv.DictReader(TABLE.read_text("utf-8").splitlines()[1:]))


def by_key() -> dict[str, Row]:
    return {row["key"]: row for row in rows()}


def parts(field: str) -> list[str]:
    return field.split("|") if field else []


def names(row: Row) -> list[str]:
    return [name for name in (row["name"], row["official"], *parts(row["aliases"])) if name]


def sure_acronyms(row: Row) -> list[str]:
    return [acronym for acronym in parts(row["acronyms"]) if not acronym.startswith("?")]


def time_of(row: Row) -> tuple[date, date]:
    start, end = row["start"], row["end"]
    return (
        date.fromisoformat(start) if start else date.min,
        date.fromisoformat(end) if end else date.max,
    )


def test_the_first_line_states_the_day_and_the_second_the_columns() -> None:
    first, second = TABLE.read_text("utf-8").splitlines()[:2]
    stated = re.match(r"# true of (\d{4}-\d\d-\d\d)", first)
    assert stated and date.fromisoformat(stated[1]) >= date(2026, 1, 1)
    assert second == HEADER


def test_keys_are_the_keys_of_the_names_and_in_order() -> None:
    keys = [row["key"] for row in rows()]
    assert [row["key"] for row in rows() if row["key"] != key_of(row["name"])] == []
    assert keys == sorted(set(keys))


def test_no_field_is_left_out_empty_inside_or_ragged() -> None:
    for row in rows():
        assert row["name"] and None not in row and None not in row.values(), row
        for field in ("aliases", "acronyms", "successors"):
            assert all(parts(row[field])) and row[field].count("||") == 0, row
        assert all(value == clean(value) and " |" not in value and "| " not in value for value in row.values()), row


def test_a_name_says_something_that_the_row_did_not_say_already() -> None:
    for row in rows():
        said = [*names(row), *(acronym.lstrip("?") for acronym in parts(row["acronyms"]))]
        repeated = [name for name, n in Counter(said).items() if n > 1]
        assert repeated == [], row["key"]


def test_a_name_means_one_agency_at_a_time() -> None:
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in rows():
        for name in {fold(name) for name in names(row)} | set(sure_acronyms(row)):
            owners[name].append(row)
    for name, shared in owners.items():
        for one, other in combinations(shared, 2):
            (start, end), (other_start, other_end) = time_of(one), time_of(other)
            assert end < other_start or other_end < start, f"{name}: {one['key']} and {other['key']}"


def test_no_agency_ends_before_it_starts() -> None:
    assert [row["key"] for row in rows() if time_of(row)[1] <= time_of(row)[0]] == []


def test_successors_are_in_the_table_and_there_when_the_agency_ends() -> None:
    table = by_key()
    for row in rows():
        assert row["end"] or not row["successors"], f"{row['key']} has successors, but no end"
        for key in parts(row["successors"]):
            assert key in table, f"{row['key']}: {key} is not in the table"
            start, end = time_of(table[key])
            ended = time_of(row)[1]
            assert start.toordinal() <= ended.toordinal() + 31, f"{key} starts long after {row['key']}"
            assert end > ended, f"{key} ended no later than {row['key']}"


def test_names_of_one_word_are_names_and_not_ordinary_words() -> None:
    for row in rows():
        for name in (name for name in names(row) if " " not in name):
            assert ENDINGS.search(name) or name in PROPER, f"{name}: look at it in running text, then list it"
            assert fold(name) not in ORDINARY or name in UNAVOIDABLE, name


def test_names_begin_with_a_capital_unless_they_are_of_a_kind_that_texts_write_small() -> None:
    small = re.compile(
        "länsstyrelse|hovrätten (för|över) |kammarrätten i |förvaltningsrätten i |migrationsdomstolen |mark- och "
        "|hyres|arrendenämnden i |lokala säkerhetsnämnden |eHälsomyndigheten$"
    )
    for name in (name for row in rows() for name in names(row)):
        assert name[0].isupper() or small.match(name), name


def test_acronyms_have_two_capitals_or_were_looked_at() -> None:
    for row in rows():
        for acronym in (acronym.removeprefix("?") for acronym in parts(row["acronyms"])):
            assert " " not in acronym and len(acronym) <= 10, acronym
            assert sum(letter.isupper() for letter in acronym) >= 2 or acronym in ONE_CAPITAL, acronym


@pytest.mark.parametrize(
    "acronym",
    [
        "DO",
        "BO",
        "AD",
        "FI",
        "AV",
        "KO",
        "JO",
        "JK",
        "KI",
        "SI",
        "GU",
        "SU",
        "LU",
        "KB",
        "RA",
        "AF",
        "FK",
        "HD",
        "SMR",
        "SGI",
        "IAF",
        "SIN",
        "SKL",
        "SPF",
        "PM",
        "VR",
        "NV",
        "TS",
    ],
)
def test_acronyms_that_mean_other_things_too_count_only_where_a_text_introduces_them(acronym: str) -> None:
    assert [row["key"] for row in rows() if acronym in sure_acronyms(row)] == []


@pytest.mark.parametrize("name", FIRST_SEED)
def test_the_agencies_of_the_first_seed_are_in_the_table(name: str) -> None:
    assert by_key()[key_of(name)]["name"] == name


# Name, another name or acronym of it, the first day (empty: too old to matter).
KNOWN = """\
Skolverket|Statens skolverk|1991-07-01
Polismyndigheten|Polisen|2015-01-01
Brottsförebyggande rådet|Brå|1974-07-01
Energimyndigheten|Statens energimyndighet|1998-01-01
Jordbruksverket|Statens jordbruksverk|1991-07-01
Sida|Styrelsen för internationellt utvecklingssamarbete|1995-07-01
Svenska kraftnät|Affärsverket svenska kraftnät|1992-01-01
Vinnova|Verket för innovationssystem|2001-01-01
Skolinspektionen|Statens skolinspektion|2008-10-01
Naturvårdsverket|Statens naturvårdsverk|1967-07-01
Riksgälden|Riksgäldskontoret|
Riksbanken|Sveriges riksbank|
Justitieombudsmannen|Riksdagens ombudsmän|
Kungliga Tekniska högskolan|KTH|
Statistiska centralbyrån|SCB|
Inspektionen för vård och omsorg|IVO|2013-06-01
Försvarets radioanstalt|FRA|1942-07-01
Totalförsvarets forskningsinstitut|FOI|2001-01-01
Post- och telestyrelsen|PTS|1994-03-01
Säkerhetspolisen|Säpo|1989-10-01
Forte|Forskningsrådet för hälsa, arbetsliv och välfärd|2013-07-01
Institutet för mänskliga rättigheter|Institutet för mänskliga rättigheter|2022-01-01
Länsstyrelsen i Stockholms län|länsstyrelsen Stockholm|
Länsstyrelserna|länsstyrelserna|
""".splitlines()
# The former, the latter (or several), the last day of the former.
RENAMED = """\
Ungdomsstyrelsen > Myndigheten för ungdoms- och civilsamhällesfrågor > 2014-03-31
Rikspolisstyrelsen > Polismyndigheten > 2014-12-31
Smittskyddsinstitutet > Folkhälsomyndigheten > 2013-12-31
Statens folkhälsoinstitut > Folkhälsomyndigheten > 2013-12-31
Datainspektionen > Integritetsskyddsmyndigheten > 2020-12-31
Högskoleverket > Universitetskanslersämbetet|Universitets- och högskolerådet > 2012-12-31
Vägverket > Trafikverket > 2010-03-31
Banverket > Trafikverket > 2010-03-31
Arbetsmarknadsstyrelsen > Arbetsförmedlingen > 2007-12-31
E-legitimationsnämnden > Myndigheten för digital förvaltning > 2018-08-31
Rekryteringsmyndigheten > Plikt- och prövningsverket > 2021-01-31
Myndigheten för press, radio och tv > Mediemyndigheten > 2023-12-31
Statens medieråd > Mediemyndigheten > 2023-12-31
Lotteriinspektionen > Spelinspektionen > 2018-12-31
Myndigheten för samhällsskydd och beredskap > Myndigheten för civilt försvar > 2025-12-31
Ekonomistyrningsverket > Statskontoret > 2025-12-31
Räddningsverket > Myndigheten för samhällsskydd och beredskap > 2008-12-31
Fastighetsmäklarnämnden > Fastighetsmäklarinspektionen > 2012-06-30
Riksförsäkringsverket > Försäkringskassan > 2004-12-31
Riksskatteverket > Skatteverket > 2003-12-31
Statens invandrarverk > Migrationsverket > 2000-06-30
Regeringsrätten > Högsta förvaltningsdomstolen > 2010-12-31
Delegationen mot segregation >  > 2022-12-31
""".splitlines()


@pytest.mark.parametrize("fact", KNOWN)
def test_well_known_agencies_have_their_names_and_their_first_day(fact: str) -> None:
    name, other, start = fact.split("|")
    row = by_key()[key_of(name)]
    assert other in names(row) + sure_acronyms(row)
    assert (row["start"], row["end"]) == (start, "")


@pytest.mark.parametrize("fact", RENAMED)
def test_well_known_renamings_and_mergers_have_their_day(fact: str) -> None:
    former, latter, end = (part.strip() for part in fact.split(">"))
    row = by_key()[key_of(former)]
    assert (parts(row["successors"]), row["end"]) == ([key_of(name) for name in parts(latter)], end)


@pytest.mark.parametrize("stranger", ["SKR", "Systembolaget", "LKAB", "Samhall", "Postnord", "Röda Korset", "RISE"])
def test_companies_and_associations_are_not_agencies(stranger: str) -> None:
    assert [row["key"] for row in rows() if stranger in names(row) + parts(row["acronyms"])] == []


def test_there_are_21_county_boards_and_all_courts_of_appeal() -> None:
    there = [row["name"] for row in rows() if not row["end"]]
    assert sum(name.startswith("Länsstyrelsen i ") for name in there) == 21
    assert sum("ovrätt" in name for name in there) == 6
    assert sum(name.startswith("Kammarrätten i ") for name in there) == 4
    assert sum(name.startswith("Förvaltningsrätten i ") for name in there) == 12
    assert sum(name.endswith(" tingsrätt") and not name.startswith("Mark-") for name in there) == 48
