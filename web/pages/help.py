"""The help page: its parts in order, each with examples that a test runs."""

from dataclasses import dataclass

from flask import render_template

from search.query import Filters, Query, Scope
from web.i18n.translation import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Example:
    """A search, and what it finds. ``chosen`` says what is chosen besides what is typed."""

    query: Query
    finds: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page. ``key`` is its place in the address (``/help#key``)."""

    key: str
    title: str
    texts: tuple[str, ...]
    examples: tuple[Example, ...] = ()


def _typed(text: str, finds: str) -> Example:
    return Example(Query(text), finds)


_WORDS = Part(
    "ord",
    _("Ord"),
    (
        _(
            "Skriv ett eller flera ord. De hittas i rubrik, ingress och text, i sina vanliga böjningar och oavsett "
            "stora och små bokstäver. Ord utan egen betydelse, som ”och” och ”i”, söks bara när de är allt som står."
        ),
    ),
    (
        _typed("segregation", _("Allt som nämner segregation, segregationen …")),
        _typed("vindkraft havet", _("Först det som har båda orden. Är det få, följer det som har mest av dem.")),
        _typed("elpris", _("Också sammansatta ord: elprisstöd, elpriserna …")),
        _typed("klimatmål", _("Också delarna var för sig, när de står nära varandra: mål för klimatet.")),
        _typed('"civilt försvar"', _("Orden intill varandra, i den här ordningen.")),
        _typed(
            "kärnkraft -lagförslag", _("Kärnkraft, men inte det som nämner lagförslag. Minus går före fraser också.")
        ),
        _typed("vindkraft OR kärnkraft", _("Det ena eller det andra. OR och ELLER skrivs med stora bokstäver.")),
        _typed("vaccin*", _("Ord som börjar så: vaccinet, vaccination … Minst tre bokstäver före stjärnan.")),
        _typed("SOU 2023:52", _("En utredning, proposition eller lag med sitt nummer.")),
    ),
)
_NAMES = Part(
    "namn",
    _("Namn"),
    (
        _(
            "Ett namn hittar det som heter så, hur det än skrivs: MSB och Myndigheten för samhällsskydd och "
            "beredskap är samma, också under tidigare namn. En ämbetstitel hittar den som hade ämbetet när "
            "dokumentet kom ut, och ett årtal det som är från det året."
        ),
        _("Namn och årtal som du skriver erbjuds också som filter ovanför träffarna, under Visa bara."),
    ),
    (
        _typed("Brå", _("Brottsförebyggande rådet, hur namnet än skrivs.")),
        _typed("Säpo", _("Säkerhetspolisen.")),
        _typed("finansministern 2023", _("Den som var finansminister, och det som är från 2023.")),
    ),
)
_FIELDS = Part(
    "falt",
    _("Fält"),
    (
        _(
            "Ett fält är ett namn med kolon, direkt följt av ett ord eller av en fras inom citattecken. Det går att "
            "ha flera, att blanda dem med vanliga ord och att sätta minus före dem."
        ),
        _(
            "Namn skrivs som de står i filtren, och början av ett ord räcker: departement:finans är "
            "Finansdepartementet. Två fält med OR emellan är alternativ. Det som inte går att förstå som ett fält "
            "söks som vanliga ord."
        ),
    ),
    (
        _typed("titel:kärnkraft", _("Ordet i rubriken.")),
        _typed('titel:"till Ukraina"', _("Frasen i rubriken.")),
        _typed("minister:busch", _("Det som handlar om Ebba Busch eller som hon står bakom.")),
        _typed('minister:"Ebba Busch" energi', _("Samma person med hela namnet, och ett ord.")),
        _typed("segregation myndighet:boverket", _("Segregation, där Boverket nämns.")),
        _typed("elever -myndighet:skolverket", _("Elever, där Skolverket inte nämns.")),
        _typed("departement:finans", _("Det som kommer från Finansdepartementet.")),
        _typed("typ:tal", _("Tal. De andra typerna är pressmeddelande, artikel, debattartikel, uttalande …")),
        _typed("typ:tal OR typ:debattartikel", _("Tal och debattartiklar.")),
        _typed("område:miljö", _("Ett ämnesområde som regeringen själv har angett.")),
    ),
)
_DATES = Part(
    "tid",
    _("Tid"),
    (
        _(
            "Skriv år, månad eller dag: 2016, 2016-05 eller 2016-05-25. från: räknar från periodens första dag, "
            "till: till och med dess sista."
        ),
        _(
            "Av några dokument är dagen inte känd, bara att de kom ut mellan två dagar. De finns med i varje period "
            "som kan ha varit deras, och räknas i varje år som de kan ha kommit ut. Det som helt saknar tid finns "
            "inte med i någon period."
        ),
    ),
    (
        _typed("Ukraina år:2022", _("Ukraina under ett år.")),
        _typed("från:2016-05 till:2017", _("Från den 1 maj 2016 till och med den 31 december 2017.")),
        _typed("skola -år:2024", _("Skola, alla år utom ett.")),
    ),
)
SPEECH = Part(
    "citat",
    _("Citat"),
    (
        _(
            "Ett citat är ett stycke direkt tal i texten. Rutan Bara i citat gör att orden måste ha sagts av någon: "
            "träffarna visar vad som sades, och av vem när det framgår."
        ),
        _(
            "Under Citerade väljer du vem. Söker du samtidigt i citat är det just den personen som måste ha sagt "
            "orden. Fältet talare: är vidare: personen citeras, men inte nödvändigtvis med de orden."
        ),
    ),
    (
        _typed("citat:kärnkraft", _("Ordet i ett citat. Andra ord söks som vanligt.")),
        _typed("kärnkraft talare:busch", _("Dokument om kärnkraft som citerar Ebba Busch.")),
        Example(
            Query("kärnkraft", scope=Scope.QUOTES), _("Alla ord i citat, vem som än säger dem."), _("Bara i citat")
        ),
        Example(
            Query("kärnkraft", Filters.of(speaker=["ebba-busch"]), scope=Scope.QUOTES),
            _("Det som Ebba Busch har sagt om kärnkraft."),
            _("Bara i citat, Citerade: Ebba Busch"),
        ),
    ),
)
"""Stands apart, because the releases that come with the project quote nobody."""

_FILTERS = Part(
    "filter",
    _("Filter"),
    (
        _(
            "Filtren bredvid träffarna räknar hur många varje val skulle ge. Flera val i samma filter vidgar "
            "sökningen, val i olika filter begränsar den. Ett fält i sökrutan begränsar alla filter, även sitt eget."
        ),
    ),
)
_ORDER = Part(
    "ordning",
    _("Ordning"),
    (
        _(
            "Relevans sätter det som har alla orden före det som bara har några. Därefter väger ord i rubriken "
            "tyngst, sedan i ingressen, sedan i texten, ovanliga ord väger mer än vanliga, och ord nära varandra mer "
            "än ord långt ifrån varandra. Delar av sammansatta ord väger mindre än hela ord, och det nyaste väger "
            "lite mer än det äldsta. Fält som begränsar, till exempel minister: och år:, påverkar inte ordningen. "
            "När inget annat skiljer kommer det nyaste först."
        ),
        _("Nyast och Äldst går efter tid. Där bara en period är känd gäller dess mitt."),
    ),
)
_LIMITS = Part(
    "granser",
    _("Gränser"),
    (
        _(
            "En sökning får ha högst 500 tecken. De 32 första orden, fraserna och fälten räknas, av en fras de tio "
            "första orden, och av ord med stjärna de femtio vanligaste; resten bortses från. En stjärna först i ett "
            "ord betyder ingenting. I träfflistan går det att bläddra till träff 10\u00a0000."
        ),
        _(
            "Från en och samma adress besvaras så många sökningar i minuten som ingen hinner göra för hand. Den som "
            "vill ha många dokument laddar hellre ned dem på en gång."
        ),
    ),
)

PARTS: tuple[Part, ...] = (_WORDS, _NAMES, _FIELDS, _DATES, SPEECH, _FILTERS, _ORDER, _LIMITS)


def show() -> str:
    """What can be typed and how it is answered, with examples that lead to the search."""
    return render_template("help.html", query=Query(), parts=PARTS)
