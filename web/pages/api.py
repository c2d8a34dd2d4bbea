"""The page about the API, for those who write programs: every operation of the table, and examples that a test runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import current_app, render_template

from index.errors import IndexUnavailable
from search.query import Query, Sort
from web import params, urls
from web.api import examples
from web.api.operations import OPERATIONS, UPDATES, Operation
from web.context import engine
from web.i18n import texts
from web.i18n.translation import gettext as _
from web.i18n.translation import lazy_gettext as _later
from web.settings import Settings

_TITLES: dict[str, str] = {
    "search": _later("Söka"),
    "release": _later("Ett dokument"),
    "similar": _later("Liknande dokument"),
    "versions": _later("Ett dokuments versioner"),
    "suggest": _later("Förslag medan man skriver"),
    "status": _later("Vad som finns"),
    "openapi": _later("Beskrivningen i OpenAPI"),
    "start_update": _later("Uppdatera indexet"),
    "update": _later("Följa en uppdatering"),
}
_TEXTS: dict[str, str] = {
    "search": _later(
        "En sida med träffar, och hur många träffar varje filter skulle ge. I q går det att skriva samma sak som i "
        "sökrutan. När en parameter upprepas räcker ett av värdena; olika parametrar gäller samtidigt. next är "
        "adressen till nästa sida, eller null."
    ),
    "release": _later(
        "Hela texten som källan gav den, och det som har känts igen i den: ministrar, departement, myndigheter och "
        "citat. id står i varje träff."
    ),
    "similar": _later("Upp till fem dokument om samma sak, det mest lika först."),
    "versions": _later(
        "Dokumentet som källan gav det varje gång det hade ändrats, nyast först. seen är när det upptäcktes."
    ),
    "suggest": _later("Namn, fraser och rubriker som börjar så, också med ett skrivfel."),
    "status": _later("Hur många dokument som finns, av vilka typer och från vilka år, och när indexet gjordes."),
    "start_update": _later(
        "Läser källorna i tjänstens inställningar och lägger in det som är nytt eller ändrat. Det kräver den nyckel "
        "som tjänsten startades med, och inget innehåll skickas med. Location säger var uppdateringen kan följas. "
        "Medan en pågår nekas nästa med 409."
    ),
    "update": _later("Om den pågår, är klar eller misslyckades, och vad den sade. Det kräver samma nyckel."),
    "openapi": _later("Allt på den här sidan för program, med varje svars form. Det är skrivet i OpenAPI 3.1."),
}
"""What is shown of each operation: those of the API in Swedish words, which the document has in English."""

_PARAMETERS: dict[str, str] = {
    "q": _later("Det som ska sökas. Tomt: allt."),
    "in": _later("quotes: sök bara i det som någon har sagt."),
    "verbatim": _later("1: sök på exakt det som står, utan att rätta stavningen."),
    "year": _later("Bara det som kan ha kommit ut det året. Kan upprepas."),
    "from": _later("Första dagen, som år, månad eller dag."),
    "to": _later("Sista dagen, som år, månad eller dag."),
    "sort": _later("Ordningen."),
    "page": _later("Vilken sida av träffarna."),
    "size": _later("Antal träffar på en sida."),
    "id": _later("Dokumentets id."),
}
_FACET = _later("%(facet)s: nyckel eller exakt namn. Kan upprepas.")


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter: its name, what it takes, what it is for."""

    name: str
    takes: str
    text: str
    required: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A question that runs: its address without host, the command that asks it, what it gives.

    Without an address the command wants a token, so that a link would not do.
    """

    address: str
    curl: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """An operation as the page shows it. ``method`` is in capitals, ``answer`` an invented answer, as JSON."""

    key: str
    title: str
    path: str
    text: str
    method: str
    rows: tuple[Row, ...]
    examples: tuple[Example, ...]
    answer: str


def show() -> str:
    """What programs can ask for, and how."""
    known = _some_release()
    settings: Settings = current_app.config["PRESSOK"]
    operations = OPERATIONS + (UPDATES if settings.token else ())
    sections = tuple(_section(operation, known) for operation in operations if operation.name in _TITLES)
    newest = _example("/api/v1/search", {"q": "segregation"}, "")
    return render_template(
        "api.html",
        query=Query(),
        sections=sections,
        packed=newest.curl.replace("curl ", "curl --compressed ", 1),
        unchanged=newest.curl.replace("curl ", "curl -i -H 'If-None-Match: W/\"…\"' ", 1),
        failure=_pretty({"error": {"code": "invalid_date", "message": "from can't be …", "parameter": "from"}}),
    )


def _section(operation: Operation, known: str | None) -> Section:
    rows = tuple(_row(row) for row in operation.parameters)
    if operation.by_id:
        text = _("Uppdateringens id.") if operation in UPDATES else str(_PARAMETERS["id"])
        rows = (Row("id", _("text, i adressen"), text, required=True), *rows)
    return Section(
        operation.name,
        str(_TITLES[operation.name]),
        operation.path,
        str(_TEXTS[operation.name]),
        operation.method.upper(),
        rows,
        tuple(_examples(operation, known)),
        "" if operation.name == "openapi" else _pretty(examples.EXAMPLES[operation.schema]),
    )


def _row(row: params.Parameter) -> Row:
    text = str(_PARAMETERS.get(row.name, ""))
    if not text:
        text = str(_FACET) % {"facet": texts.facet_label(row.name)}
    return Row(row.name, _takes(row), text, row.required)


def _takes(row: params.Parameter) -> str:
    """What a value may be, in words."""
    schema = row.schema
    if schema["type"] == "integer":
        found = _("tal, %(least)s till %(most)s", least=schema["minimum"], most=texts.number(schema["maximum"]))
    elif "enum" in schema:
        found = ", ".join(value for value in schema["enum"] if value)
    elif row.name == "year":
        found = "YYYY"
    elif row.name in ("from", "to"):
        found = "YYYY, YYYY-MM, YYYY-MM-DD"
    else:
        found = _("text")
    return (
        _("%(values)s; förval %(default)s", values=found, default=schema["default"]) if "default" in schema else found
    )


def _examples(operation: Operation, known: str | None) -> Iterator[Example]:
    if operation in UPDATES:
        address = urls.below_root(operation.path.replace("{id}", "ID"))
        method = "" if operation.method == "get" else f"-X {operation.method.upper()} "
        command = f"curl {method}-H 'Authorization: Bearer …' {quote(urls.absolute(address))}"
        yield Example("", command, "")
    elif operation.by_id:
        if known:
            yield _example(operation.path.replace("{id}", known), {}, _("Det senaste dokumentet."))
    else:
        for args, text in _asked(operation.name):
            yield _example(operation.path, args, text)


def _asked(name: str) -> list[tuple[Mapping[str, Any], str]]:
    if name == "search":
        return [
            ({"q": "segregation"}, _("Ett ord.")),
            (
                {"q": '"civilt försvar"', "type": "pressmeddelande", "from": "2022", "sort": "newest"},
                _("En fras i pressmeddelanden från 2022 och framåt, nyast först."),
            ),
            (
                {"agency": ["boverket", "skolverket"], "size": 5},
                _("Det som nämner Boverket eller Skolverket, fem i taget."),
            ),
            ({"q": "kärnkraft", "in": "quotes"}, _("Ett ord i det som någon har sagt.")),
        ]
    return [({"q": "segr"}, _("Det som börjar på segr."))] if name == "suggest" else [({}, "")]


def _example(path: str, args: Mapping[str, Any], text: str) -> Example:
    address = urls.below_root(path) + (f"?{urlencode(args, doseq=True)}" if args else "")
    return Example(address, f"curl {quote(urls.absolute(address))}", text)


def _some_release() -> str | None:
    """The id of the newest release; None while there is none to ask for."""
    try:
        hits = engine().search(Query(sort=Sort.NEWEST, size=1)).hits
    except IndexUnavailable:
        return None
    return hits[0].facts.id if hits else None


def _pretty(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
