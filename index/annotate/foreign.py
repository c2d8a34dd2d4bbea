"""Whether an office or an agency in a text is another country's."""

import re

from index.annotate.mentions import CAPITAL

# Nationalities in their indefinite form; the text has them with -e or -a.
_NATIONALITIES = """
    afghansk albansk algerisk amerikansk andorransk angolansk argentinsk armenisk australiensisk azerbajdzjansk
    bahrainsk bangladeshisk barbadisk belarusisk belgisk boliviansk bosnisk botswansk brasiliansk brittisk
    bulgarisk burmesisk chilensk colombiansk cypriotisk dansk ecuadoriansk egyptisk emiratisk engelsk eritreansk
    estländsk estnisk etiopisk filippinsk finländsk finsk fransk färöisk georgisk ghanansk grekisk grönländsk holländsk
    indisk indonesisk irakisk iransk irländsk isländsk israelisk italiensk jamaicansk japansk jemenitisk jordansk
    kambodjansk kanadensisk kazakisk kenyansk kinesisk kirgizisk kongolesisk koreansk kosovansk kosovarisk
    kroatisk kubansk kurdisk kuwaitisk lettisk libanesisk liberiansk libysk litauisk luxemburgsk makedonsk
    malaysisk maltesisk marockansk mexikansk moldavisk moldovisk mongolisk montenegrinsk namibisk nederländsk
    nepalesisk nigeriansk nordkoreansk nordmakedonsk norsk nyzeeländsk omansk pakistansk palestinsk peruansk
    polsk portugisisk qatarisk rumänsk rwandisk rysk saudiarabisk saudisk schweizisk senegalesisk serbisk
    singaporiansk skotsk slovakisk slovensk somalisk spansk srilankesisk sudansk sydafrikansk sydkoreansk
    sydsudansk syrisk taiwanesisk tanzanisk thailändsk tjeckisk tunisisk turkisk tysk ugandisk ukrainsk ungersk
    uruguayansk uzbekisk utländsk venezuelansk vietnamesisk vitrysk zambisk zimbabwisk åländsk österrikisk
"""
_FOREIGN = rf"(?:{'|'.join(_NATIONALITIES.split())})[ea]?"

# What may stand between the country and the office: "sin danska kollega, justitieminister …".
_BETWEEN = (
    r"(?: (?:ny[ae]|nyvalda?e?|biträdande|vice|tillförordnade|dåvarande|tidigare|förr[ea]|avgående|tillträdande"
    r"|kolleg(?:a|an|or|er|orna|erna)|motsvarighet(?:en|er)?|regerings?))*,? $"
)
_NATIONALITY_BEFORE = re.compile(rf"(?<!\w){_FOREIGN}{_BETWEEN}", re.IGNORECASE)
_COUNTRY_BEFORE = re.compile(rf"(?<!\w)(?!Sveriges|Regeringens)(?:{CAPITAL}[\w-]*(?:s|:s)){_BETWEEN}")
_COUNTRIES = """
    Albanien Australien Belgien Brasilien Bulgarien Cypern Danmark Egypten England Estland Etiopien Finland Frankrike
    Georgien Grekland Indien Irak Iran Irland Island Israel Italien Japan Kanada Kenya Kina Kosovo Kroatien Lettland
    Litauen Luxemburg Malta Moldavien Montenegro Nederländerna Nordmakedonien Norge Palestina Polen Portugal Rumänien
    Ryssland Saudiarabien Schweiz Serbien Slovakien Slovenien Spanien Storbritannien Sydafrika Sydkorea Tjeckien
    Turkiet Tyskland USA Ukraina Ungern Österrike
"""
_IN_COUNTRY = re.compile(rf"(?:,| i|,? \() ?(?:{'|'.join(_COUNTRIES.split())})(?!\w)")
_COUNTRY_AFTER = re.compile(rf" (?:från {CAPITAL}|\({CAPITAL}\w{{3,}}|i (?:{'|'.join(_COUNTRIES.split())})(?!\w))")
_NEAR = 60


def is_foreign(text: str, start: int, end: int) -> bool:
    """Whether the office from ``start`` to ``end``, with its holder's name, is said to be another country's."""
    near = max(0, start - _NEAR)
    before = _NATIONALITY_BEFORE.search(text, near, start) or _COUNTRY_BEFORE.search(text, near, start)
    return bool(before or _COUNTRY_AFTER.match(text, end))


def is_of_another_nation(text: str, start: int, end: int) -> bool:
    """Whether the agency from ``start`` to ``end`` is another nation's: "danska Skatteverket", "Sametinget i Norge"."""
    before = _NATIONALITY_BEFORE.search(text, max(0, start - _NEAR), start)
    return bool(before or _IN_COUNTRY.match(text, end))
