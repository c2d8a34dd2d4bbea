"""The Swedish words that code, not a template, puts together: dates, numbers, counts, errors."""

from datetime import date

from index.annotations import DateSpan
from search.query import Sort

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)

SORTS = {Sort.RELEVANCE: "Relevans", Sort.NEWEST: "Nyast", Sort.OLDEST: "Äldst"}

PARAMETER_ERRORS = {
    "repeated_parameter": "”{parameter}” får bara anges en gång.",
    "invalid_year": "”{value}” är inget år. Skriv fyra siffror, till exempel 2017.",
    "invalid_sort": "Sorteringen ”{value}” finns inte. Välj mellan relevance, newest och oldest.",
    "invalid_in": "Det går bara att söka i allt eller i citat, inte i ”{value}”.",
    "invalid_verbatim": "Skriv verbatim=1 för att söka på exakt det du skrev, inte ”{value}”.",
    "invalid_page": "Sidnumret ”{value}” går inte att använda. Skriv ett heltal från 1 och uppåt.",
    "invalid_size": "Antalet träffar per sida, ”{value}”, ska vara ett heltal från 1 till 100.",
    "invalid_date": "”{value}” är inget datum. Skriv år, månad eller dag: 2017, 2017-05 eller 2017-05-23.",
    "from_after_to": "Perioden slutar innan den börjar. Byt plats på från och till.",
    "page_too_deep": "Så långt ner i träfflistan går det inte att bläddra. Begränsa sökningen med ett filter.",
}

ERRORS = {
    400: ("Sökningen gick inte att läsa", "Något i adressen är fel. Börja om från startsidan."),
    404: (
        "Sidan finns inte",
        "Adressen kan vara felskriven, eller så har innehållet aldrig funnits här. Sök efter det i stället.",
    ),
    405: ("Det går inte att göra så här", "Sidan går att läsa, men inte att skicka något till."),
    500: (
        "Något gick fel hos oss",
        "Felet är noterat. Försök igen om en stund, eller gör en annan sökning.",
    ),
    503: (
        "Sökningen är inte i gång",
        "Det finns inget index att söka i just nu. Den som sköter tjänsten får den i gång så här:",
    ),
}
"""A title and an advice for each status that a page can end in."""


def day_in_words(day: date) -> str:
    """ "12 april 2018"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span_in_words(span: DateSpan | None) -> str:
    """When a release was published: a day, a month, between two days, or that it isn't known."""
    if span is None:
        return "okänt datum"
    if span.precision == "day" and span.first == span.last:
        return day_in_words(span.first)
    if span.precision == "month" and (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{MONTHS[span.first.month - 1]} {span.first.year}"
    return f"mellan {day_in_words(span.first)} och {day_in_words(span.last)}"


def interval(first: date | None, last: date | None) -> str:
    """The limits of a search in time: "tiden från 1 januari 2017 till 31 december 2018"."""
    start = f" från {day_in_words(first)}" if first else ""
    return f"tiden{start}" + (f" till {day_in_words(last)}" if last else "")


def stated_in_words(text: str | None) -> str:
    """An ISO day, month or time as stated by a source, in words; what is none is shown as it stands."""
    try:
        if text and len(text) == len("2018-04"):
            first = date.fromisoformat(f"{text}-01")
            return f"{MONTHS[first.month - 1]} {first.year}"
        return day_in_words(date.fromisoformat((text or "")[:10]))
    except ValueError:
        return text or ""


def number(value: int) -> str:
    """A whole number with a no-break space between thousands."""
    return f"{value:,}".replace(",", "\u00a0")


def hits(count: int) -> str:
    """ "1 träff", "12 träffar"."""
    return f"{number(count)} träff" if count == 1 else f"{number(count)} träffar"


def type_label(key: str) -> str:
    """A type as people read it: "Pressmeddelande"."""
    return key.capitalize()


def parameter_error(code: str, parameter: str, value: str) -> str:
    """What is wrong with a parameter, for a person."""
    return PARAMETER_ERRORS[code].format(parameter=parameter, value=value)
