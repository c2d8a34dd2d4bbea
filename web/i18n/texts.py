"""The words that code, not a template, puts together: dates, numbers, counts, errors. Swedish, translated by Babel."""

from datetime import date
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from index.annotations import DateSpan
from index.facets import FACETS
from search.query import Sort
from web.i18n import languages
from web.i18n.translation import gettext as _
from web.i18n.translation import lazy_gettext as _later
from web.i18n.translation import ngettext as _n

_FACETS = {facet.key: facet for facet in FACETS}

SORTS: dict[Sort, str] = {
    Sort.RELEVANCE: _later("Relevans"),
    Sort.NEWEST: _later("Nyast"),
    Sort.OLDEST: _later("Äldst"),
}

PARAMETER_ERRORS: dict[str, str] = {
    "repeated_parameter": _later("”%(parameter)s” får bara anges en gång."),
    "too_long": _later("”%(parameter)s” får ha högst 500 tecken. Korta det du skrev."),
    "too_many_values": _later("”%(parameter)s” får ha högst 100 värden. Ta bort några."),
    "invalid_year": _later("”%(value)s” är inget år. Skriv fyra siffror, till exempel 2017."),
    "invalid_sort": _later("Sorteringen ”%(value)s” finns inte. Välj mellan relevance, newest och oldest."),
    "invalid_in": _later("Det går bara att söka i allt eller i citat, inte i ”%(value)s”."),
    "invalid_verbatim": _later("Skriv verbatim=1 för att söka på exakt det du skrev, inte ”%(value)s”."),
    "invalid_page": _later("Sidnumret ”%(value)s” går inte att använda. Skriv ett heltal från 1 och uppåt."),
    "invalid_size": _later("Antalet träffar per sida, ”%(value)s”, ska vara ett heltal från 1 till 100."),
    "invalid_date": _later("”%(value)s” är inget datum. Skriv år, månad eller dag: 2017, 2017-05 eller 2017-05-23."),
    "from_after_to": _later("Perioden slutar innan den börjar. Byt plats på från och till."),
    "invalid_choice": _later("”%(parameter)s” kan inte vara ”%(value)s”."),
    "too_many_words": _later("Högst fem ord går att jämföra på en gång."),
    "page_too_deep": _later("Så långt ned i träfflistan går det inte att bläddra. Begränsa sökningen med ett filter."),
}

ERRORS: dict[int, tuple[str, str]] = {
    400: (_later("Sökningen gick inte att läsa"), _later("Något i adressen är fel. Börja om från startsidan.")),
    404: (
        _later("Sidan finns inte"),
        _later("Adressen kan vara felskriven, eller så har innehållet aldrig funnits här. Sök efter det i stället."),
    ),
    405: (
        _later("Det går inte att göra så här"),
        _later("Sidan går att läsa, men inte att skicka något till."),
    ),
    413: (
        _later("Det går inte att göra så här"),
        _later("Sidan går att läsa, men inte att skicka något till."),
    ),
    429: (
        _later("Det blev för många sökningar"),
        _later("Från din adress kommer mer än vi hinner med. Vänta en minut och försök igen."),
    ),
    500: (
        _later("Något gick fel hos oss"),
        _later("Felet är noterat. Försök igen om en stund, eller gör en annan sökning."),
    ),
    503: (
        _later("Sökningen är inte i gång"),
        _later("Det finns inget index att söka i just nu. Den som sköter tjänsten får den i gång så här:"),
    ),
}
"""A title and an advice for each status that a page can end in."""
PAUSE = (_later("Sökningen svarar inte just nu"), _later("Försök igen om en liten stund."))
"""The same for a 503 that may be over soon, with nobody doing anything."""

_TYPES: dict[str, str] = {
    "pressmeddelande": _later("Pressmeddelande"),
    "artikel": _later("Artikel"),
    "tal": _later("Tal"),
    "debattartikel": _later("Debattartikel"),
    "uttalande": _later("Uttalande"),
}


def day_in_words(day: date) -> str:
    """ "12 april 2018"."""
    return _formatted(day, "d MMMM y", languages.locale())


def month_in_words(day: date) -> str:
    """The month of ``day``: "april 2018"."""
    return _formatted(day, "MMMM y", languages.locale())


@lru_cache(maxsize=4096)
def _formatted(day: date, pattern: str, locale: str) -> str:
    """Kept, because Babel reads its pattern and its names of months for each day of each hit."""
    return str(format_date(day, pattern, locale=locale))


def span_in_words(span: DateSpan | None) -> str:
    """When a release was published: a day, a month, between two days, or that it isn't known."""
    if span is None:
        return _("okänt datum")
    if span.precision == "day" and span.first == span.last:
        return day_in_words(span.first)
    if span.precision == "month" and (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return month_in_words(span.first)
    return _("mellan %(first)s och %(last)s", first=day_in_words(span.first), last=day_in_words(span.last))


def interval(first: date | None, last: date | None) -> str:
    """The limits of a search in time: "tiden från 1 januari 2017 till 31 december 2018"."""
    if first and last:
        return _("tiden från %(first)s till %(last)s", first=day_in_words(first), last=day_in_words(last))
    if first:
        return _("tiden från %(first)s", first=day_in_words(first))
    return _("tiden till %(last)s", last=day_in_words(last)) if last else _("tiden")


def stated_in_words(text: str | None) -> str:
    """An ISO day, month or time as stated by a source, in words; what is none is shown as it stands."""
    try:
        if text and len(text) == len("2018-04"):
            return month_in_words(date.fromisoformat(f"{text}-01"))
        return day_in_words(date.fromisoformat((text or "")[:10]))
    except ValueError:
        return text or ""


def number(value: int) -> str:
    """A whole number as the language groups its digits."""
    return str(value) if 0 <= value < 1000 else str(format_decimal(value, locale=languages.locale()))


def decimal(value: float) -> str:
    """A number with at most two digits that say something: 12, 3.4, 0.25."""
    digits = 0 if value >= 10 or value == 0 else 1 if value >= 1 else 2
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=languages.locale()))


def hits(count: int) -> str:
    """ "1 träff", "12 träffar"."""
    return _n("%(number)s träff", "%(number)s träffar", count, number=number(count))


def documents(count: int) -> str:
    """ "1 dokument", "12 dokument"."""
    return _n("%(number)s dokument", "%(number)s dokument", count, number=number(count))


def first_upper(text: str) -> str:
    """A text with its first letter large."""
    return text[:1].upper() + text[1:]


def type_label(key: str) -> str:
    """A type as people read it: "Pressmeddelande". Those that are rare have no translation."""
    return str(_TYPES.get(key, key.capitalize()))


def facet_label(key: str) -> str:
    """What a facet is called."""
    facet = _FACETS[key]
    return facet.label_sv if languages.current() == languages.SWEDISH else facet.label_en


def suggestion_words() -> dict[str, str | dict[str, str]]:
    """What the list of suggestions says, for its script; ``#`` stands for how many there are."""
    return {
        "list": _("Förslag"),
        "one": _("Ett förslag. Nå det med piltangenterna."),
        "many": _("%(count)s förslag. Nå dem med piltangenterna.", count="#"),
        "hit": _("träff"),
        "hits": _("träffar"),
        "kinds": {"title": _("Dokument"), **{facet.key: facet_label(facet.key) for facet in FACETS}},
    }


def value_label(facet: str, value: str, label: str) -> str:
    """What a value of a facet is called: types are translated, names are names."""
    return str(_TYPES.get(value, label)) if facet == "type" else label


def parameter_error(code: str, parameter: str, value: str) -> str:
    """What is wrong with a parameter, for a person."""
    return str(PARAMETER_ERRORS[code]) % {"parameter": parameter, "value": value}
